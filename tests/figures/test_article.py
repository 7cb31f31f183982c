"""Paragraphs are told apart as the data count them, and every figure that is not where the data say is
reported.

The article itself is not in the project: the small one here is made up. GBA_ARTICLE names the real file, if
there is one."""

import hashlib
import os
from pathlib import Path

import pytest

from gba_analysis.figures.article import check_article, split_article
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.tables import load

SMALL = """

第一行题目

第二行题目

开头有3只猫,很安静。

>> 第一部分

院子里超20棵

树开花,其中3棵是梨树。另有3棵不开花。

第二段没有数字!

>> 第二部分

这里有一批鸟。


图为2025年的院子
"""
COLUMNS = ("section", "paragraph", "occurrence", "printed")


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.txt"
    path.write_text(SMALL, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def package():
    return {"article": {"sha256": hashlib.sha256(SMALL.encode()).hexdigest()}}


@pytest.fixture
def facts_of(copy):
    """Facts whose indicators stand at the given places."""

    def make(*places):
        rows = copy.read("indicators")
        positions = [rows[0].index(column) for column in COLUMNS]
        for row, cells in zip(rows[1:], places, strict=False):
            for position, cell in zip(positions, cells, strict=True):
                row[position] = str(cell)
        copy.write("indicators", rows[: len(places) + 1])
        return load(copy)

    return make


def test_paragraphs_are_counted_without_titles_and_page_breaks():
    assert split_article(SMALL) == {
        (0, 1): "开头有3只猫,很安静。",
        (1, 1): "院子里超20棵树开花,其中3棵是梨树。另有3棵不开花。",
        (1, 2): "第二段没有数字!",
        (2, 1): "这里有一批鸟。",
        (3, 1): "图为2025年的院子",
    }


def test_line_endings_do_not_matter():
    assert split_article(SMALL.replace("\n", "\r\n")) == split_article(SMALL)


def test_an_article_without_a_caption_has_no_section_for_it():
    assert list(split_article("开头。\n>> 一\n正文。\n")) == [(0, 1), (1, 1)]


def test_an_empty_text_has_no_paragraphs():
    assert split_article("") == {}


def test_figures_in_their_paragraphs_pass(facts_of, small, package):
    facts = facts_of(
        (0, 1, 1, "3只"), (1, 1, 1, "超20棵树"), (1, 1, 2, "3棵"), (2, 1, 1, "一批"), (3, 1, 1, "2025年")
    )
    assert check_article(facts, path=small, datapackage=package) == []


@pytest.mark.parametrize(
    ("place", "found", "expected"),
    [
        ((1, 1, 1, "4棵"), "'4棵' 0 times in section 1, paragraph 1", "at least 1"),
        ((1, 1, 3, "3棵"), "'3棵' 2 times in section 1, paragraph 1", "at least 3"),
        ((1, 2, 1, "3棵"), "'3棵' 0 times in section 1, paragraph 2", "at least 1"),
        ((5, 9, 1, "3棵"), "'3棵' 0 times in section 5, paragraph 9", "at least 1"),
    ],
)
def test_a_figure_elsewhere_is_reported_with_its_row(facts_of, small, package, place, found, expected):
    (problem,) = check_article(facts_of((0, 1, 1, "3只"), place), path=small, datapackage=package)
    assert (problem.file, problem.place) == ("data/indicators.csv", "row 3, column printed")
    assert (problem.found, problem.expected) == (found, expected)


def test_another_text_is_reported_beside_its_missing_figures(facts_of, small, package):
    small.write_text(SMALL.replace("3只", "5只"), encoding="utf-8", newline="\n")
    problems = check_article(facts_of((0, 1, 1, "3只")), path=small, datapackage=package)
    assert [problem.file for problem in problems] == [str(small), "data/indicators.csv"]
    assert problems[0].expected == f"SHA-256 {package['article']['sha256']}"


def test_a_missing_file_is_one_problem(facts_of, tmp_path, package):
    (problem,) = check_article(facts_of((0, 1, 1, "3只")), path=tmp_path / "none.txt", datapackage=package)
    assert (problem.file, problem.found) == (str(tmp_path / "none.txt"), "No such file or directory")


def test_a_folder_is_not_an_article(facts_of, tmp_path, package):
    (problem,) = check_article(facts_of((0, 1, 1, "3只")), path=tmp_path, datapackage=package)
    assert problem.expected == "the article's text file"


def test_another_encoding_is_one_problem(facts_of, small, package):
    small.write_text(SMALL, encoding="gb18030")
    (problem,) = check_article(facts_of((0, 1, 1, "3只")), path=small, datapackage=package)
    assert (problem.found, problem.expected) == ("bytes that are not UTF-8", "a UTF-8 text")


real = pytest.mark.skipif(
    not os.environ.get("GBA_ARTICLE"),
    reason="the article is not in the project; GBA_ARTICLE can name its file",
)


@real
def test_every_figure_stands_in_the_real_article(project):
    path = Path(os.environ["GBA_ARTICLE"])
    package = read_datapackage(project)
    assert check_article(load(project), path=path, datapackage=package) == []
    paragraphs = split_article(path.read_text(encoding="utf-8"))
    assert len(paragraphs) == package["article"]["paragraphs"]
    assert len({section for section, _ in paragraphs}) == package["article"]["sections"]


@real
def test_every_digit_of_the_real_article_is_in_a_printed_figure(project):
    indicators = load(project).indicators
    for place, text in split_article(Path(os.environ["GBA_ARTICLE"]).read_text(encoding="utf-8")).items():
        here = indicators[(indicators["section"] == place[0]) & (indicators["paragraph"] == place[1])]
        for printed in sorted(here["printed"], key=len, reverse=True):
            text = text.replace(printed, "", 1)
        assert not [character for character in text if character.isdigit()], place


@real
def test_no_sentence_of_the_real_article_is_in_the_data(project):
    """Proper names apart, which are in entities.csv, the data's words are our own."""
    text = "".join(Path(os.environ["GBA_ARTICLE"]).read_text(encoding="utf-8").split())
    names = load(project).entities["name_zh"]
    data = "".join(path.read_text(encoding="utf-8") for path in sorted(project.data.glob("*.*")))
    for name in names:
        data = data.replace(name, " ")
    runs = {text[start : start + 20] for start in range(len(text) - 19)}
    assert not [run for run in runs if run in data]
