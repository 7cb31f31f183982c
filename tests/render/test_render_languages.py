"""The other script carries its language, in both languages, and no text changes for it."""

import re

import pytest
from render_sample import EPOCH

from gba_analysis.render import embedded

INSERTS = {
    "en": ("A 多个、其他 word, **香港** and `珠海`.", ["多个、其他", "香港"], "zh-Hans"),
    "zh": ("来自Yangcheng Evening News和Nature，另有WIPO和`Python`。", ["Yangcheng Evening News", "Nature"], "en"),
}


def page_of(folder, lang):
    return embedded.render(folder, lang, "html", EPOCH).read_text(encoding="utf-8")


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
    without = settings.read_text(encoding="utf-8").replace("  - at: post-quarto\n    path: filters/languages.lua\n", "")
    settings.write_text(without, encoding="utf-8")
    assert plain(page_of(staged, lang)) == plain(marked)
