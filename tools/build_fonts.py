"""Rebuild the shipped fonts from the static TTFs of Noto Sans SC: subset, rename, write byte-identically.

Maintenance only; nothing at run time needs it. Get the npm package `@expo-google-fonts/noto-sans-sc`
(its static TTFs are the OFL font Noto Sans SC), then: python tools/build_fonts.py PACKAGE_FOLDER
[OUTPUT_FOLDER]"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "GBA Sans SC"
WEIGHTS = {"Regular": "400Regular/NotoSansSC_400Regular.ttf", "Bold": "700Bold/NotoSansSC_700Bold.ttf"}
FONTS = Path(__file__).parent.parent / "src" / "gba_analysis" / "kit" / "fonts"
# Latin with its marks, punctuation, superscripts, currency, number forms, arrows, mathematics, circled
# numbers, box drawing and shapes, CJK punctuation, full-width forms.
RANGES = (
    (0x20, 0x17F),
    (0x2B0, 0x2FF),
    (0x370, 0x3FF),
    (0x2000, 0x206F),
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2150, 0x218F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2460, 0x24FF),
    (0x2500, 0x25FF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
)
# Traditional characters in names and titles of sources from Hong Kong, Macao and Taiwan.
TRADITIONAL = (
    "陸創數量稱聚冠個產業擠進強見讓眾來對係機幫發動時報經濟際開園實驗區灣學術號會廣東門澳為與國際資訊網導記者說從於總統計處"
    "專業統關鍵設備務體現這裡還沒麼樣種類點線條長張萬億兩雙單獨聯盟館覽賽錄續階層構築範圍歷屆論壇領軍標誌優勢舉辦參賓講談話"
    "協議簽署約應該電腦軟體硬體雲計算製藥醫療衛護環節能源飛鐵車輛製造試測檢驗證據顯示項目課題組織財稅貿易貨幣匯率債價"
    "錢銀戶籍責華僑愛過後內將無氣運當團隊員購買賣銷售試點擬攜橫權歸獸籌粵聞識質連達選邁駐"
)


def characters() -> set[int]:
    """Code points to keep: GB2312, the ranges above and the traditional extras."""
    simplified = {
        ord(bytes((high, low)).decode("gb2312", errors="ignore") or " ")
        for high in range(0xA1, 0xF8)
        for low in range(0xA1, 0xFF)
    }
    ranges = {point for first, last in RANGES for point in range(first, last + 1)}
    return simplified | ranges | set(map(ord, TRADITIONAL))


def rename(font: TTFont, style: str) -> None:
    """Put the family name of our own into every name record, as the licence asks of a changed font."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: postscript, 4: f"{FAMILY} {style}", 6: postscript}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)


def build(source: Path, target: Path, style: str) -> None:
    """Write the subset of `source` to `target`; the same input gives the same bytes."""
    options = Options()
    # pwid: quotation marks as narrow as Latin text needs them; English asks for it.
    options.layout_features = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "palt", "halt", "pwid"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    rename(font, style)
    font["OS/2"].usWeightClass = {"Regular": 400, "Bold": 700}[style]
    font.save(target)


def main(package: str, output: str = str(FONTS)) -> None:
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for style, path in WEIGHTS.items():
        build(Path(package) / path, folder / f"GBASansSC-{style}.ttf", style)
    shutil.copyfile(Path(package) / "LICENSE_FONT", folder / "OFL.txt")


if __name__ == "__main__":
    main(*sys.argv[1:])
