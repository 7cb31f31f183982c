"""Each table of the web page lies in a region with a name of its own that the keyboard can reach."""

import pytest
from render_sample import LANGS, XHTML, change, find, page_file, text_of, tree

NAMES = {"en": ["Register", "Limits: Indicator"], "zh": ["登记表", "局限：指标"]}
DATA = "\n::: {.data}\nSource.\n\n{{< embed notebooks/02_platforms.ipynb#table >}}\n:::\n"


def regions(page):
    return find(page, "div", role="region")


@pytest.mark.parametrize("lang", LANGS)
def test_each_table_has_its_region_named_by_caption_or_heading(rendered, lang):
    page = tree(rendered[lang, "html"])
    assert [region.get("aria-label") for region in regions(page)] == NAMES[lang]
    assert all(region.get("tabindex") == "0" for region in regions(page))
    assert [[child.tag for child in region] for region in regions(page)] == [[XHTML + "table"]] * len(
        find(page, "table")
    )


@pytest.mark.parametrize(("lang", "name"), [("en", "Data: A second chart"), ("zh", "数据：另一张图")])
def test_the_data_of_a_chart_are_named_after_it(staged, lang, name):
    page = staged / f"briefing.{lang}.qmd"
    page.write_text(page.read_text(encoding="utf-8") + DATA, encoding="utf-8")
    assert regions(tree(page_file(staged, lang, "html")))[-1].get("aria-label") == name


def test_tables_under_one_title_get_different_names(staged):
    change(
        staged / "briefing.en.qmd",
        "# Limits {#sec-limits}\n",
        "# Limits {#sec-limits}\n\n| Indicator |\n|:--|\n| x |\n",
    )
    names = [region.get("aria-label") for region in regions(tree(page_file(staged, "en", "html")))]
    assert names == ["Register", "Limits: Indicator", "Limits: Indicator (2)"]


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_changes(staged, rendered, lang):
    change(staged / "_quarto.yml", "  - at: post-quarto\n    path: filters/regions.lua\n", "")
    without = tree(page_file(staged, lang, "html"))
    assert text_of(without).split() == text_of(tree(rendered[lang, "html"])).split()
