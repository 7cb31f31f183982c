"""Merging a page's settings as Quarto does, and reading its front matter."""

import pytest
from render_sample import change

from gba_analysis.render.page import read_page, split_front_matter
from gba_analysis.render.settings import merge


@pytest.mark.parametrize(
    ("base", "over", "merged"),
    [
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
        ({"a": [1]}, {"a": [2]}, {"a": [1, 2]}),
        ({"a": [1]}, {"a": [1]}, {"a": [1]}),
        ({"a": [1]}, {"a": "x"}, {"a": "x"}),
        ({}, {"a": {"b": 1}}, {"a": {"b": 1}}),
    ],
)
def test_merge(base, over, merged):
    assert merge(base, over) == merged


@pytest.mark.parametrize(
    ("text", "front_matter", "body"),
    [
        ("---\ntitle: x\n---\nBody\n", "title: x\n", "Body\n"),
        ("Body\n---\n", "", "Body\n---\n"),
        ("---\ntitle: x\n", "", "---\ntitle: x\n"),
        ("", "", ""),
    ],
)
def test_split_front_matter(text, front_matter, body):
    assert split_front_matter(text) == (front_matter, body)


def test_the_page_overrides_the_folder_and_that_the_profile_and_that_the_project(staged):
    change(staged / "_quarto.yml", "date-format: iso", "date-format: iso\nlang: fr\nsource: project")
    change(staged / "_quarto-zh.yml", "lang: zh", "lang: zh\ndate: 2000-01-01\nsource: profile")
    change(staged / "briefing.zh.qmd", "description:", "date: 2025-02-02\ndescription:")
    metadata = read_page(staged, lang="zh", format_name="html").metadata
    assert metadata["lang"] == "zh-Hans"
    assert metadata["source"] == "profile"
    assert str(metadata["date"]) == "2025-02-02"


def test_the_folder_s_date_overrides_the_profile_s(staged):
    change(staged / "_quarto-zh.yml", "lang: zh", "lang: zh\ndate: 2000-01-01")
    assert str(read_page(staged, lang="zh", format_name="html").metadata["date"]) == "2025-01-31"


def test_options_and_filters_are_the_format_s(staged):
    page = read_page(staged, lang="en", format_name="typst")
    assert page.options["pdf-standard"] == ["ua-1", "a-2b"]
    names = ("files", "numbers", "portable", "columns", "keep", "regions", "anchors", "languages", "spoken")
    assert page.filters == tuple(f"filters/{name}.lua" for name in names)
    assert not {"project", "format", "filters"} & set(page.metadata)
