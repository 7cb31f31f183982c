"""What one language has and another lacks is found: titles, columns, cells."""

import json

import pytest

from gba_analysis.figures.translation_rules import ALL


def edited(copy, change):
    path = copy.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package, {resource["name"]: resource for resource in package["resources"]})
    path.write_text(json.dumps(package), encoding="utf-8")
    return copy.problem()


def test_a_title_without_a_language_is_found(copy):
    problem = edited(copy, lambda package, tables: tables["units"].pop("title_zh"))
    assert (problem.file, problem.place) == ("data/datapackage.json", "resource units")
    assert (problem.found, problem.expected) == ("a title without title_zh", ALL)


@pytest.mark.parametrize(
    ("change", "place", "found"),
    [
        (
            lambda package, tables: package.update(description_en=""),
            "",
            "a description without description_en",
        ),
        (
            lambda package, tables: tables["units"]["schema"]["fields"][1].pop("title_en"),
            "resource units, field kind",
            "a title without title_en",
        ),
    ],
)
def test_other_descriptions_without_a_language_are_found(copy, change, place, found):
    problem = edited(copy, change)
    assert (problem.place, problem.found) == (place, found)


def test_a_column_without_a_language_is_found(copy):
    def change(package, tables):
        fields = tables["events"]["schema"]["fields"]
        fields[:] = [field for field in fields if field["name"] != "note_zh"]

    copy.write("events", [row[:-1] for row in copy.read("events")])
    problem = edited(copy, change)
    assert (problem.place, problem.found) == ("resource events", "the column note without note_zh")


@pytest.mark.parametrize(("given", "missing"), [("note_en", "note_zh"), ("note_zh", "note_en")])
def test_a_cell_without_a_language_is_found(copy, given, missing):
    row = copy.set("entities", "um", **{given: "x", missing: ""})
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/entities.csv", f"row {row}, column {missing}")
    assert (problem.found, problem.expected) == ("an empty cell", "a text, as another language has a note")


def test_cells_empty_in_all_languages_are_well(copy):
    copy.set("entities", "um", note_en="", note_zh="")
    assert copy.problems() == []
