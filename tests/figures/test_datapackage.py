"""What is wrong with datapackage.json itself is one problem, with its place in it; and it says what the code
knows.
"""

import json

import pytest

from gba_analysis.figures.check import check_data
from gba_analysis.figures.reading import QUALIFIERS
from gba_analysis.figures.schema import DECLARE
from gba_analysis.figures.units import KINDS


def edit_package(copy, change):
    path = copy.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    path.write_text(json.dumps(package), encoding="utf-8")


def resource(package, name):
    return next(item for item in package["resources"] if item["name"] == name)


def test_a_missing_schema_is_one_problem(copy):
    (copy.data / "datapackage.json").unlink()
    (problem,) = check_data(copy)
    assert (problem.file, problem.expected) == ("data/datapackage.json", "a readable file")


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ('{"name": "x",\n  oops}', "line 2, column 3", "malformed JSON"),
        ("[" * 100_000, "", "JSON that cannot be read"),
        ("9" * 5000, "", "JSON that cannot be read"),
        ("[]", "", "no list of resources"),
        ('{"resources": [{"name": "units"}]}', "resource units", "no path, bytes, hash, schema"),
    ],
)
def test_a_malformed_schema_is_one_problem(copy, text, place, found):
    (copy.data / "datapackage.json").write_text(text, encoding="utf-8")
    (problem,) = check_data(copy)
    assert (problem.file, problem.place) == ("data/datapackage.json", place)
    assert problem.found.startswith(found)


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ({"fields": [{"name": "id", "type": "word"}]}, 'field type "word" is not supported'),
        ({"missingValues": "x"}, "'x' is not valid under any of the given schemas"),
    ],
)
def test_a_schema_of_no_sense_is_one_problem(copy, part, found):
    edit_package(copy, lambda package: resource(package, "units")["schema"].update(part))
    (problem,) = check_data(copy)
    assert (problem.file, problem.expected) == ("data/datapackage.json", "a valid Frictionless Data Package")
    assert found in problem.found


def test_a_table_that_the_schema_leaves_out_is_one_problem(copy):
    edit_package(copy, lambda package: package["resources"].remove(resource(package, "links")))
    (problem,) = check_data(copy)
    assert (problem.file, problem.found) == ("data/datapackage.json", "no resource named links")


def described(package):
    yield package
    for item in package["resources"]:
        yield item
        yield from item["schema"]["fields"]


def test_everything_is_described_in_both_languages(project):
    package = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))
    for item in described(package):
        for text in ("title", "description"):
            assert item[text] == item[f"{text}_en"], item["name"]
            assert any("一" <= character <= "鿿" for character in item[f"{text}_zh"]), item["name"]


def test_the_schema_and_the_code_know_the_same_words(project):
    package = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))

    def words(table, column):
        fields = resource(package, table)["schema"]["fields"]
        return set(next(field for field in fields if field["name"] == column)["constraints"]["enum"])

    # The article says neither 约 nor 至少; a reference gives a number or none, and a rank as the place
    # itself.
    assert words("indicators", "qualifier") == set(QUALIFIERS) - {"about", "at_least"}
    assert words("references", "qualifier") == set(QUALIFIERS) - {"rank", "reach", "vague"}
    assert words("units", "kind") == set(KINDS)


def test_every_resource_is_named_as_its_file(project):
    package = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))
    assert all(item["path"] == f"{item['name']}.csv" for item in package["resources"])


def without_field(table, name):
    def change(package):
        schema = resource(package, table)["schema"]
        schema["fields"] = [field for field in schema["fields"] if field["name"] != name]

    return change


def field(package, table, name):
    return next(item for item in resource(package, table)["schema"]["fields"] if item["name"] == name)


# By name: a change of datapackage.json, and the place and the find of its problem there.
DESCRIPTIONS = {
    "no type": (
        lambda package: field(package, "units", "kind").pop("type"),
        "resource units, field 2",
        "no type",
    ),
    "a field that is a text": (
        lambda package: resource(package, "units")["schema"]["fields"].append("id"),
        "resource units, field 5",
        "no name and no type",
    ),
    "a list of paths": (
        lambda package: resource(package, "units").update(path=["units.csv"]),
        "resource units",
        "the path ['units.csv']",
    ),
    "a size as text": (
        lambda package: resource(package, "units").update(bytes="9"),
        "resource units",
        "the bytes '9'",
    ),
    "a limit that is a text": (
        lambda package: field(package, "links", "section")["constraints"].update(maximum="many"),
        "resource links, field section, maximum",
        "'many'",
    ),
    "a pattern that is none": (
        lambda package: field(package, "links", "id")["constraints"].update(pattern="("),
        "resource links, field id, pattern",
        "'('",
    ),
    "a key that is a text": (
        lambda package: resource(package, "units")["schema"].update(primaryKey="id"),
        "resource units, primaryKey",
        "'id'",
    ),
    "a key that is no field": (
        lambda package: resource(package, "units")["schema"].update(primaryKey=["ids"]),
        "resource units, primaryKey",
        "['ids']",
    ),
    "a foreign key without its parts": (
        lambda package: resource(package, "events")["schema"].update(foreignKeys=[{"fields": ["id"]}]),
        "resource events, foreign key 1",
        "{'fields': ['id']}",
    ),
}


@pytest.mark.parametrize("case", DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_damaged_description_is_one_problem(copy, case):
    change, place, found = case
    edit_package(copy, change)
    (problem,) = check_data(copy)
    assert (problem.file, problem.place, problem.found) == ("data/datapackage.json", place, found)


@pytest.mark.parametrize(
    ("table", "column"),
    [("indicators", "paragraph"), ("events", "ongoing"), ("units", "kind"), ("references", "chosen")],
)
def test_a_column_that_nothing_describes_is_named_with_who_asks_for_it(copy, table, column):
    edit_package(copy, without_field(table, column))
    undeclared, missing = copy.problems()
    assert (undeclared.file, undeclared.found) == (f"data/{table}.csv", f"a column '{column}'")
    assert undeclared.hint == DECLARE
    assert missing.file == "data/datapackage.json"
    assert (
        missing.found.startswith(f"no '{column}', which gba_analysis/figures/")
        and "rules.py, line" in missing.found
    )


def test_another_primary_key_is_one_problem(copy):
    edit_package(copy, lambda package: resource(package, "units")["schema"].update(primaryKey=["name_en"]))
    assert copy.problem().file == "data/datapackage.json"
