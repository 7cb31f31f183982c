"""Each way to break a file or a constraint of data/ is found, alone and with others, with file, row and
column.
"""

import json

import pytest

from gba_analysis.errors import DataError
from gba_analysis.figures.check import check_data
from gba_analysis.figures.schema import DECLARE, UPDATE
from gba_analysis.figures.tables import TABLES, load
from gba_analysis.pipeline.update import update


def edit_package(copy, change):
    path = copy.data / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(package)
    path.write_text(json.dumps(package), encoding="utf-8")


def resource(package, name):
    return next(item for item in package["resources"] if item["name"] == name)


def test_the_real_data_are_right(project):
    assert check_data(project) == []


# By name: table, key of the row, changed cells; column of the problem, how found begins, a part of expected.
SCHEMA_CASES = {
    "type number": (
        "indicators",
        "hengqin_hightech",
        {"value": "many"},
        "value",
        "'many'",
        "a number, at least 0",
    ),
    "type not finite": (
        "indicators",
        "hengqin_hightech",
        {"value": "NaN"},
        "value",
        "'NaN'",
        "a number, at least 0",
    ),
    "type integer": ("links", "qianhai_center_hku", {"section": "one"}, "section", "'one'", "an integer"),
    "type boolean": (
        "indicators",
        "jointlabs",
        {"cumulative": "yes"},
        "cumulative",
        "'yes'",
        "true or false",
    ),
    "required": ("entities", "um", {"name_en": ""}, "name_en", "an empty cell", "text"),
    "required key": ("links", "qianhai_center_hku", {"id": ""}, "id", "an empty cell", "text, of the form"),
    "unique": (
        "entities",
        "um",
        {"name_zh": "香港大学"},
        "name_zh",
        "'香港大学', the same as",
        "a different one",
    ),
    "a name of two rows of a chart": (
        "indicators",
        "jointlabs_hkm_staff",
        {"name_zh": "粤港澳联合实验室"},
        "name_zh",
        "'粤港澳联合实验室', the same as",
        "a different one",
    ),
    "enum": ("entities", "um", {"kind": "college"}, "kind", "'college'", "one of "),
    "minimum": (
        "links",
        "qianhai_center_hku",
        {"paragraph": "0"},
        "paragraph",
        "'0'",
        "an integer, at least 1",
    ),
    "maximum": ("links", "qianhai_center_hku", {"section": "6"}, "section", "'6'", "at least 0, at most 5"),
    "pattern": (
        "events",
        "open_funding",
        {"date_from": "May 2019"},
        "date_from",
        "'May 2019'",
        "text, of the form",
    ),
    "pattern of a key": (
        "links",
        "qianhai_center_hku",
        {"id": "HKU 1"},
        "id",
        "'HKU 1'",
        "text, of the form",
    ),
    "foreign key": (
        "links",
        "qianhai_center_hku",
        {"to_entity_id": "hkx"},
        "to_entity_id",
        "'hkx'",
        "data/entities.csv",
    ),
    "foreign key to itself": (
        "entities",
        "um",
        {"parent_id": "makao"},
        "parent_id",
        "'makao'",
        "data/entities.csv",
    ),
    "foreign key to a unit": (
        "derived",
        "research.mainland_led",
        {"unit": "labs"},
        "unit",
        "'labs'",
        "data/units.csv",
    ),
}


@pytest.mark.parametrize("case", SCHEMA_CASES.values(), ids=SCHEMA_CASES)
def test_a_broken_constraint_is_found(copy, case):
    copy.check_found(case)


def test_a_repeated_key_is_found_in_the_later_row(copy):
    rows = copy.read("links")
    copy.write("links", [*rows, rows[3]])
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/links.csv", f"row {len(rows) + 1}, column id")
    assert problem.found == f"'{rows[3][0]}', the same as in the row at position 4"


def test_a_changed_table_is_reported_until_its_hash_is_renewed(copy):
    copy.set("fields", "chips", name_en="Chips")
    (problem,) = check_data(copy)
    assert (problem.file, problem.hint) == ("data/fields.csv", UPDATE)
    update(copy)
    assert check_data(copy) == []


def test_a_wrong_size_alone_is_reported(copy):
    edit_package(copy, lambda package: resource(package, "fields").update(bytes=1))
    (problem,) = check_data(copy)
    assert problem.file == "data/fields.csv"
    assert problem.expected.startswith("1 bytes")


def test_an_update_does_not_change_what_is_up_to_date(copy):
    path = copy.data / "datapackage.json"
    before = path.read_bytes()
    assert update(copy) == []
    assert path.read_bytes() == before


def test_a_missing_column_is_one_problem(copy):
    copy.write("events", [row[:-1] for row in copy.read("events")])
    problem = copy.problem()
    assert (problem.file, problem.place, problem.expected) == ("data/events.csv", "row 1", "a column note_zh")


def test_a_missing_key_column_is_not_reported_by_the_tables_that_refer_to_it(copy):
    copy.write("units", [row[1:] for row in copy.read("units")])
    problem = copy.problem()
    assert (problem.file, problem.expected) == ("data/units.csv", "a column id")


def test_an_extra_column_is_one_problem(copy):
    copy.write("events", [["remark", *row] for row in copy.read("events")])
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/events.csv", "row 1")
    assert problem.expected == "only the columns that datapackage.json describes"
    assert problem.hint == DECLARE


def test_a_doubled_column_is_one_problem(copy):
    copy.write("events", [[*row, row[-1]] for row in copy.read("events")])
    problem = copy.problem()
    assert problem.file == "data/events.csv"
    assert "unique labels" in problem.found


@pytest.mark.parametrize("table", TABLES)
def test_a_missing_file_is_one_problem(copy, table):
    copy.path(table).unlink()
    problem = copy.problem()
    assert (problem.file, problem.found) == (f"data/{table}.csv", "No such file or directory")


def test_another_encoding_is_one_problem(copy):
    copy.path("entities").write_text(copy.path("entities").read_text(encoding="utf-8"), encoding="gb18030")
    problem = copy.problem()
    assert problem.file == "data/entities.csv"
    assert (problem.found, problem.expected) == ("bytes that are not UTF-8", "a UTF-8 text")


@pytest.mark.parametrize("change", [lambda row: [*row, "more"], lambda row: row[:-1]])
def test_a_row_of_another_length_is_found(copy, change):
    rows = copy.read("events")
    rows[2] = change(rows[2])
    copy.write("events", rows)
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/events.csv", "row 3")
    assert problem.expected == f"{len(rows[0])} cells, as in the header"


def test_an_empty_row_is_found(copy):
    rows = copy.read("fields")
    copy.write("fields", [*rows[:3], [""] * len(rows[0]), *rows[3:]])
    assert ("row 4", "an empty row") in [(problem.place, problem.found) for problem in copy.problems()]


@pytest.mark.parametrize("content", [b"", b'id,name_en,name_zh\nchips,"open,\n'])
def test_a_broken_csv_is_found(copy, content):
    copy.path("fields").write_bytes(content)
    assert "data/fields.csv" in [problem.file for problem in copy.problems()]


def test_everything_wrong_is_reported_at_once(copy):
    rows = [
        ("entities", copy.set("entities", "um", kind="college"), "kind"),
        ("indicators", copy.set("indicators", "jointlabs", entity_id="labs"), "entity_id"),
        ("links", copy.set("links", "qianhai_center_hku", field="magic"), "field"),
        ("indicators", copy.set("indicators", "hengqin_hightech", value="239"), "value"),
        ("derived", copy.set("derived", "research.hkm_led_share", expression="jointlabs ** 2"), "expression"),
    ]
    copy.path("events").write_bytes(b"\xff")
    found = {(problem.file, problem.place) for problem in copy.problems()}
    # events.csv cannot be loaded, so the rules between cells wait; with it, the rest is found as well.
    assert found == {("data/events.csv", "byte 1")} | {
        (f"data/{table}.csv", f"row {row}, column {column}") for table, row, column in rows[:3]
    }


def test_the_rules_between_cells_are_checked_beside_the_schema(copy):
    rows = [
        ("entities", copy.set("entities", "um", kind="college"), "kind"),
        ("indicators", copy.set("indicators", "jointlabs", entity_id="labs"), "entity_id"),
        ("indicators", copy.set("indicators", "hengqin_hightech", value="239"), "value"),
        ("derived", copy.set("derived", "research.hkm_led_share", expression="jointlabs ** 2"), "expression"),
    ]
    problems = check_data(copy)
    content = {(problem.file, problem.place) for problem in problems if problem.hint != UPDATE}
    assert content == {(f"data/{table}.csv", f"row {row}, column {column}") for table, row, column in rows}
    changed = [problem.file for problem in problems if problem.hint == UPDATE]
    assert sorted(changed) == ["data/derived.csv", "data/entities.csv", "data/indicators.csv"]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_stands_twice_is_found_in_every_table(copy, table):
    rows = copy.read(table)
    copy.write(table, [*rows, rows[-1]])
    update(copy)
    for problem in check_data(copy):
        assert problem.file == f"data/{table}.csv" and problem.place.startswith(f"row {len(rows) + 1},")
    with pytest.raises(DataError, match=f"which row {len(rows)} has already"):
        load(copy)
