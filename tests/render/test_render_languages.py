"""The other script carries its language, in both languages, and no text changes for it."""

import re

import pytest
from render_sample import EPOCH, ROOT

from gba_analysis import kit
from gba_analysis.render import embedded
from gba_analysis.render.pandoc import run_pandoc

FILTER = kit.FOLDER / "filters" / "languages.lua"

INSERTS = {
    "en": ("A 多个、其他 word, **香港** and `珠海`.", ["多个、其他", "香港"], "zh-Hans"),
    "zh": (
        "来自Yangcheng Evening News和Nature，另有WIPO和`Python`。",
        ["Yangcheng Evening News", "Nature"],
        "en",
    ),
}


def page_of(folder, lang):
    return embedded.render(folder, lang=lang, to="html", epoch=EPOCH).decode()


def plain(html):
    return re.sub(r"<[^>]+>", "", html[html.index("<body") :])


@pytest.mark.parametrize("lang", INSERTS)
def test_runs_of_the_other_script_are_marked_and_no_text_changes(staged, lang):
    text, expected, tag = INSERTS[lang]
    page = staged / f"briefing.{lang}.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\n\n" + text + "\n", encoding="utf-8")
    marked = page_of(staged, lang)
    found = re.findall(rf'<span lang="{tag}">([^<]*)</span>', marked)
    assert [run for run in expected if run not in found] == []
    assert not {"珠海", "WIPO", "Python"} & set(found)
    settings = staged / "_quarto.yml"
    without = settings.read_text(encoding="utf-8").replace(
        "  - at: post-quarto\n    path: filters/languages.lua\n", ""
    )
    settings.write_text(without, encoding="utf-8")
    assert plain(page_of(staged, lang)) == plain(marked)


def test_a_note_and_a_table_are_marked_where_the_text_around_them_is_not(staged):
    text = "Text.[^other]\n\n[^other]: See 香港.\n\n| A | B |\n|:--|:--|\n| a | b |\n| c | 珠海 |\n"
    page = staged / "briefing.en.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\n\n" + text, encoding="utf-8")
    found = re.findall(r'<span lang="zh-Hans">([^<]*)</span>', page_of(staged, "en"))
    assert found.count("香港") == found.count("珠海") == 1


def marked_by_the_filter(text, lang):
    return run_pandoc(
        ["--from=markdown", "--to=html", f"--metadata=lang:{lang}", f"--lua-filter={FILTER}"],
        text,
        folder=ROOT,
    )


@pytest.mark.parametrize("code", [0x3400, 0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0x20000, 0x323AF])
def test_no_chinese_character_is_overlooked(code):
    assert (
        marked_by_the_filter(f"a {chr(code)} b", "en")
        == f'<p>a <span lang="zh-Hans">{chr(code)}</span> b</p>\n'
    )


@pytest.mark.parametrize("word", ["ßàéÿ", "Āāăſ", "ƀƁǿɎ", "ɏɏɏɏ", "abcd"])
def test_no_latin_word_is_overlooked(word):
    assert marked_by_the_filter(f"在{word}。", "zh-Hans") == f'<p>在<span lang="en">{word}</span>。</p>\n'
