"""The shipped fonts: what they lack is found, what is made from them is small and always the same."""

import pytest
from fontTools.ttLib import TTFont

from gba_analysis import fonts
from gba_analysis.errors import EngineError
from gba_analysis.project import Project, find_project

PROJECT = find_project()


def test_a_missing_glyph_is_named_once():
    assert fonts.missing_glyphs("横琴 2,001–2,999 ✓✓ 😀\n", PROJECT) == "✓😀"


def test_both_weights_carry_our_family_name_and_the_licence():
    for path in fonts.files(PROJECT):
        names = TTFont(path)["name"]
        assert names.getDebugName(1) == fonts.FAMILY
        assert "SIL Open Font License" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (PROJECT.fonts / "OFL.txt").read_text(encoding="utf-8")


def test_web_fonts_hold_the_page_and_nothing_else(tmp_path):
    text = "粤港澳 over 2,000"
    for path in fonts.write_woff2(text, tmp_path, PROJECT):
        assert set(TTFont(path).getBestCmap()) == {ord(char) for char in text}
        assert path.stat().st_size < 20_000


def test_web_fonts_are_the_same_bytes_whatever_the_order(tmp_path):
    first = fonts.write_woff2("港澳ab", tmp_path / "1", PROJECT)
    second = fonts.write_woff2("baab澳港", tmp_path / "2", PROJECT)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_missing_font_file_is_an_engine_error(tmp_path):
    with pytest.raises(EngineError, match="GBASansSC-Bold.ttf"):
        fonts.files(Project(tmp_path))
