"""What holds for every chart: its bytes, its font, its colours, its lines of text."""

import hashlib
import os
import re
import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from chart_looks import texts
from chart_samples import DRAWN, LANGS, figure
from chart_tables import LONG_EN, LONG_ZH, intervals, plain_intervals
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis.charts.kinds.intervals import interval_chart
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.palette import contrast, ink_on, luminance, shades, tint
from gba_analysis.charts.look.style import WIDE
from gba_analysis.charts.look.wrap import pieces, text_width, wrap

pytestmark = pytest.mark.filterwarnings("error", "default::pytest.PytestUnraisableExceptionWarning")
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def every_chart():
    """One SVG of each chart in each language."""
    return [to_svg(figure(name, lang, WIDE)) for lang in LANGS for name in DRAWN]


PRINT_HASH = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_charts_style import every_chart
print(hashlib.sha256("".join(every_chart()).encode()).hexdigest())
"""
# A user's own settings, found in the current folder, that would change every chart.
MATPLOTLIBRC = (
    "savefig.bbox: tight\nfont.size: 30\naxes.facecolor: red\nsvg.fonttype: none\nfigure.dpi: 300\n"
)


def test_bytes_do_not_depend_on_the_process(tmp_path):
    (tmp_path / "matplotlibrc").write_text(MATPLOTLIBRC)
    settings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "SOURCE_DATE_EPOCH": "1"}
    environment = {**os.environ, **settings, "GBA_PROJECT": str(ROOT), "MPLCONFIGDIR": str(tmp_path)}
    command = [sys.executable, "-c", PRINT_HASH, str(HERE)]
    there = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == hashlib.sha256("".join(every_chart()).encode()).hexdigest()


def test_threads_do_not_disturb_each_other():
    alone, together = every_chart(), {}
    threads = [threading.Thread(target=lambda n=n: together.update({n: every_chart()})) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {0: alone, 1: alone}


def test_a_figure_can_be_written_twice():
    figure = interval_chart(plain_intervals(), "en", "Firms")
    assert to_svg(figure) == to_svg(figure)


def test_an_svg_holds_paths_of_the_shipped_font_and_nothing_of_the_machine():
    for svg in every_chart():
        assert svg.startswith("<svg ") and svg.endswith("</svg>\n")
        assert f'width="{WIDE}pt"' in svg
        assert not any(
            part in svg for part in ("<text", "metadata", "<image", "matplotlib", ".ttf", str(ROOT))
        )
        assert not re.search(r"\d{4}-\d\d-\d\d", svg), "a date"
        assert set(re.findall(r'href="#([A-Za-z]+-[A-Za-z]+)-', svg)) <= {
            "GBASansSC-Regular",
            "GBASansSC-Bold",
        }


def test_texts_are_upright_and_large_enough():
    for text in texts(interval_chart(intervals(), "en", "Firms")):
        assert text.get_fontsize() >= 8.5
        assert text.get_fontstyle() == "normal" and text.get_rotation() == 0


def test_matplotlibs_settings_are_left_as_they_were():
    before = dict(matplotlib.rcParams)
    to_svg(interval_chart(intervals(), "en", "Firms"))
    assert dict(matplotlib.rcParams) == before


def test_a_character_the_font_lacks_is_refused():
    table = plain_intervals().assign(label=["a 🚀", "b", "c"])
    with pytest.raises(ValueError, match="found the characters '🚀'"):
        to_svg(interval_chart(table, "en", "Firms"))


def test_dollar_signs_are_text_not_mathematics():
    table = pd.DataFrame({"label": ["$a_1$"], "low": [1], "high": [2], "text": ["US$10–US$20"]})
    svg = to_svg(interval_chart(table, "en", "US$ to US$"))
    glyphs = svg.split("<!-- $a_1$ -->")[1].split("</g>")[0]
    assert glyphs.count("<use") == len("$a_1$")


@pytest.mark.parametrize("number", range(1, 9))
def test_shades_keep_their_order_in_grey_and_their_numbers_readable(number):
    faces = shades(number)
    assert len(set(faces)) == number
    assert all(luminance(a) < luminance(b) for a, b in pairwise(faces))
    assert all(contrast(ink_on(face), face) >= 4.5 for face in faces)


def test_tints_darken_with_the_count_and_keep_numbers_readable():
    faces = [tint(step / 20) for step in range(21)]
    assert all(luminance(a) > luminance(b) for a, b in pairwise(faces))
    assert all(contrast(ink_on(face), face) >= 4.5 for face in faces)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_chinese_breaks_between_characters_english_between_words():
    assert pieces("横琴30余家") == ["横", "琴", "30", "余", "家"]
    assert pieces("Hong Kong–Macao") == ["Hong ", "Kong–", "Macao"]
    assert pieces("12.0–19.9\u00a0% of it") == ["12.0–19.9\u00a0% ", "of ", "it"]


def test_punctuation_keeps_to_its_side():
    assert pieces("“湾区”（大），好") == ["“湾", "区”", "（大），", "好"]


def test_lines_are_few_and_even():
    assert wrap("短", 100) == ("短",)
    assert wrap("一二三四五六七八九十一二", 10 * 9.5) == ("一二三四五六", "七八九十一二")
    assert (
        max(map(len, wrap("一二三四五六七", 3 * 9.5))) - min(map(len, wrap("一二三四五六七", 3 * 9.5))) == 1
    )


@pytest.mark.parametrize("text", [LONG_EN, LONG_ZH])
@pytest.mark.parametrize("width", [40, 90, 180])
def test_wrapped_lines_keep_the_text_and_the_width(text, width):
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line in text and text_width(line) <= width for line in lines)


@given(st.text(alphabet="ab WQ–/-（、。”湾区科技1，", min_size=1).filter(str.strip), st.floats(20, 300))
def test_any_text_wraps_without_loss(text, width):
    lines = wrap(text.strip(), width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.strip() and line in text and text_width(line) <= width + 1e-6 for line in lines)
