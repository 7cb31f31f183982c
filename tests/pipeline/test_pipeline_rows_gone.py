"""A row of charts.csv or findings.csv that is misspelled or gone: `gba check` names the row first, then what
follows from it.
"""

import shutil

import pytest

from gba_analysis.pipeline.check import check_project
from gba_analysis.pipeline.update import update
from gba_analysis.project import Project


@pytest.fixture
def copy(repository, tmp_path):
    project = Project(tmp_path / "project")
    for folder in ("data", "notebooks", "report"):
        shutil.copytree(repository.root / folder, project.root / folder)
    return project


def problems(project, table, old, new):
    """What is wrong after a change of a table, as file and found with hint, without stale notebooks."""
    path = project.data / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    update(project)
    found = check_project(project).problems
    return [
        (problem.file, f"{problem.found} ({problem.hint})")
        for problem in found
        if problem.file != "notebooks/"
    ]


FIRMNESS = "\nfirmness,count,firmness,figure,exact=qualifier.exact,\n"
TITLE = ("var title.firmness (data/charts.csv has no row 'firmness': add it, or take the key out here)",)
# What is changed in charts.csv; the first problem, and how many follow.
CHANGES = {
    "a label": (
        FIRMNESS.replace("\nfirmness", "\nfirmnes"),
        ("data/charts.csv", "'firmnes', which no notebook draws (did you mean 'firmness'?)"),
    ),
    "no row": (
        "\n",
        ("notebooks/01_evidence.ipynb", "the chart 'firmness' without a row in data/charts.csv ()"),
    ),
    "a sentence": (
        FIRMNESS.replace(",firmness,", ",firmnes,"),
        ("data/charts.csv", "no sentence title.firmnes (did you mean 'firmness'?)"),
    ),
    "a noun": (
        FIRMNESS.replace(",figure,", ",figur,"),
        ("data/charts.csv", "'figur' (did you mean 'figure'?)"),
    ),
}
# What follows, after the first.
FOLLOWING = {
    "a label": [("report/briefing.en.qmd", *TITLE), ("report/briefing.zh.qmd", *TITLE)],
    "no row": [
        ("data/words.en.yml", "a key that nothing uses (use it, or remove it in every language)"),
        ("data/words.en.yml", "a key that nothing uses (use it, or remove it in every language)"),
        ("report/briefing.en.qmd", *TITLE),
        ("report/briefing.zh.qmd", *TITLE),
    ],
    "a sentence": [("data/words.en.yml", "a key that nothing uses (did you mean 'title.firmnes'?)")],
    "a noun": [("data/words.en.yml", "a key that nothing uses (did you mean 'noun.figur'?)")],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_chart_s_row_is_named_before_what_follows_from_it(copy, change):
    row, first = CHANGES[change]
    assert problems(copy, "charts", FIRMNESS, row) == [first, *FOLLOWING[change]]


def test_a_finding_that_a_page_names_and_that_has_no_row_is_named(copy):
    path = copy.data / "findings.csv"
    (row,) = [line for line in path.read_text(encoding="utf-8").splitlines(True) if line.startswith("forum,")]
    hint = "data/findings.csv has no row 'forum': add it, or take the key out here"
    assert problems(copy, "findings", row, "") == [
        (f"report/briefing.{lang}.qmd", f"var findings.forum ({hint})") for lang in ("en", "zh")
    ]
