"""The grading rule, case by case as data/README.md words it, and each way in which a row can break it."""

import csv

import pytest

from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.grade_rule import OWN_PAGE, Origin, grade_of, origin_of


def origin(outlet, carrier="", summary=False, address=True):
    return Origin(outlet, carrier, machine_summary=summary, has_address=address)


@pytest.mark.parametrize(
    ("found", "grade"),
    [
        (origin("official"), "A"),
        (origin("primary"), "A"),
        (origin("press"), "B"),
        (origin("agency"), "B"),
        (origin("institution"), "B"),
        (origin("other"), "C"),
        # An agency's text on an outlet's site is no repost; every other text elsewhere is one.
        (origin("agency", "press"), "B"),
        (origin("agency", "agency"), "B"),
        (origin("agency", "official"), "C"),
        (origin("agency", "other"), "C"),
        (origin("press", "press"), "C"),
        (origin("official", "press"), "C"),
        (origin("official", "official"), "C"),
        (origin("official", summary=True), "C"),
        (origin("agency", "press", summary=True), "C"),
        (origin("official", address=False), "C"),
    ],
)
def test_a_grade_follows_from_who_published_and_where_it_was_read(found, grade):
    assert grade_of(found) == grade


def test_an_unknown_kind_has_no_grade():
    with pytest.raises(KeyError):
        grade_of(origin("blog"))


def test_stored_grades_are_what_the_rule_gives(facts):
    found = {id_: grade_of(origin_of(row)) for id_, row in facts.rows("references").items()}
    assert found == facts.references["grade"].to_dict()
    assert set(found.values()) == {"A", "B", "C"}


def test_the_schema_and_the_rule_know_the_same_kinds(project):
    [references] = [item for item in read_datapackage(project)["resources"] if item["name"] == "references"]
    fields = {field["name"]: field.get("constraints", {}) for field in references["schema"]["fields"]}
    assert set(fields["outlet_kind"]["enum"]) == set(fields["carrier_kind"]["enum"]) == set(OWN_PAGE)


# By name: key of the row, changed cells; column of the problem, how found begins, a part of expected.
CASES = {
    "a grade that its columns do not give": (
        "jointlabs_total_2024_11",
        {"grade": "B"},
        "grade",
        "'B'",
        "'C', as a page without an address is graded",
    ),
    "a repost on an outlet's site": (
        "jointlabs_total_2022_02",
        {"grade": "B"},
        "grade",
        "'B'",
        "'C', as a text of press read at press is graded",
    ),
    "a machine summary of an official page": (
        "hku_qianhai_2024",
        {"machine_summary": "true"},
        "grade",
        "'A'",
        "'C', as a machine summary is graded",
    ),
    "an address lost": (
        "hku_qianhai_2024",
        {"address": ""},
        "grade",
        "'A'",
        "'C', as a page without an address is graded",
    ),
    "a newspaper graded as an authority": (
        "alliance_members_2024_12",
        {"grade": "A"},
        "grade",
        "'A'",
        "'B', as a text of press on its own page is graded",
    ),
    "a carrier without a kind": (
        "jointlabs_total_2024_11",
        {"carrier_kind": ""},
        "carrier_kind",
        "an empty cell",
        "as another cell of the carrier has one",
    ),
    "a title and a description": (
        "alliance_members_2024_12",
        {"title_ours_zh": "总结会议"},
        "title_ours_zh",
        "'总结会议'",
        "an empty cell, as there is a title",
    ),
    "neither title nor description": (
        "alliance_members_2024_12",
        {"title": "", "title_ours_en": "report on a meeting"},
        "title_ours_zh",
        "an empty cell",
        "a description, as there is no title",
    ),
    "an address that follows the reader": (
        "alliance_members_2024_12",
        {"address": "https://example.org/page?id=1&utm_source=rss"},
        "address",
        "'utm_source=rss'",
        "without what follows the reader",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_broken_rule_is_found(copy, case):
    key, cells, column, found, expected = case
    row = copy.set("references", key, **cells)
    problems = [problem for problem in copy.problems() if problem.place == f"row {row}, column {column}"]
    assert {problem.file for problem in problems} == {"data/references.csv"}
    assert [one for one in problems if one.found.startswith(found) and expected in one.expected]


def test_nothing_in_the_list_of_sources_is_without_a_name(project):
    """What cannot be cited is no source: each page has an outlet and a title, or a description of ours."""
    with (project.data / "references.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    vague = ("news portal", "news repost", "book text", "repost")
    assert not [row["id"] for row in rows if any(word in row["outlet_en"].lower() for word in vague)]
    assert all(row["title"] or (row["title_ours_en"] and row["title_ours_zh"]) for row in rows)
