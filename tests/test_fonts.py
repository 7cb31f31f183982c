"""The shipped fonts: what they lack is found, what is made from them is small and always the same."""

import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont, woff2

from gba_analysis import fonts, kit
from gba_analysis.errors import EngineError


def test_a_missing_glyph_is_named_once():
    assert fonts.missing_glyphs("横琴 2,001–2,999 ✓✓ 😀\n") == "✓😀"


def test_both_weights_carry_our_family_name_and_the_licence():
    for path in fonts.files():
        names = TTFont(path)["name"]
        assert names.getDebugName(1) == fonts.FAMILY
        assert "SIL Open Font License" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (kit.FOLDER / "fonts" / "OFL.txt").read_text(
        encoding="utf-8"
    )


def test_web_fonts_hold_the_page_and_nothing_else():
    text = "粤港澳 over 2,000"
    made = fonts.web_fonts(text + "\n\t")
    assert set(made) == {f"{name}.woff2" for name in fonts.NAMES}
    for content in made.values():
        assert set(TTFont(BytesIO(content)).getBestCmap()) == {ord(char) for char in text}
        assert len(content) < 20_000


def test_web_fonts_are_the_same_bytes_whatever_the_order():
    assert fonts.web_fonts("港澳ab") == fonts.web_fonts("baab澳港")


def test_web_fonts_keep_what_the_style_sheet_asks_for():
    """Without it English quotation marks would be as wide as Chinese ones."""
    sheet = (kit.FOLDER / "styles" / "briefing.css").read_text(encoding="utf-8")
    (wanted,) = re.findall(r'font-feature-settings: "(\w+)"', sheet)
    for content in fonts.web_fonts("a “b” ’").values():
        assert wanted in {
            record.FeatureTag for record in TTFont(BytesIO(content))["GSUB"].table.FeatureList.FeatureRecord
        }


def test_each_missing_font_file_is_named(kit_copy):
    for path in (kit_copy / "fonts").glob("*.ttf"):
        path.unlink()
    with pytest.raises(EngineError) as caught:
        fonts.files()
    files = [problem.file for problem in caught.value.problems]
    assert files == [str(kit_copy / "fonts" / f"{name}.ttf") for name in fonts.NAMES]


def test_the_compressor_of_others_is_left_as_it_was(kit_copy):
    own = woff2.brotli
    fonts.web_fonts("a")
    assert woff2.brotli is own
    (kit_copy / "fonts" / f"{fonts.NAMES[0]}.ttf").unlink()
    with pytest.raises(EngineError):
        fonts.web_fonts("a")
    assert woff2.brotli is own


def test_a_file_that_is_no_font_is_named_and_no_character_is(kit_copy):
    path = kit_copy / "fonts" / f"{fonts.NAMES[1]}.ttf"
    path.write_text("notafont", encoding="utf-8")
    with pytest.raises(EngineError) as caught:
        fonts.missing_glyphs("a")
    (problem,) = caught.value.problems
    assert (problem.file, problem.found) == (str(path), "a file that is no font")
