"""Loading gives typed, exact values, quickly, and says which cell cannot be loaded."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from gba_analysis.errors import DataError
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import TABLES, load

CONVENTIONAL = ReadingRule(name="conventional", near_shortfall=Fraction(1, 10), over_excess=Fraction(1, 10))


@pytest.fixture(scope="module")
def facts(project):
    return load(project)


def problems(project):
    with pytest.raises(DataError) as caught:
        load(project)
    return caught.value.problems


def test_values_are_exact(facts):
    assert facts.indicators.at["hetao_match_rate", "value"] == Fraction(412, 5)
    assert facts.indicators.at["supercomputing_core_hours", "value"] == Fraction(310_000_000)
    assert facts.indicators.at["vague_platform_universities", "value"] is None


def test_types_are_those_of_the_schema(facts):
    row = facts.indicators.loc["forum_scientists"]
    assert (row["section"], row["paragraph"], row["occurrence"]) == (4, 2, 1)
    assert row["cumulative"] == True  # noqa: E712 - a numpy bool is not the object True
    assert row["time_to"] == ""
    assert not facts.events.at["forum_first", "ongoing"]


def test_tables_are_indexed_by_their_keys_in_file_order(facts, project):
    lines = (project.data / "derived.csv").read_text(encoding="utf-8").splitlines()
    assert list(facts.derived.index) == [line.partition(",")[0] for line in lines[1:]]
    assert facts.fields.at["chips", "name_zh"] == "芯片与光通信"


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_of_a_table_hold_its_cells_by_key_in_order(facts, table):
    df, rows = getattr(facts, table), facts.rows(table)
    assert list(rows) == list(df.index)
    for place, row in enumerate(rows.values()):
        assert row == {column: df[column].iloc[place] for column in df.columns}
        # A number of numpy would be written in another way.
        assert {type(cell) for cell in row.values()} <= {str, int, bool, Fraction, type(None)}


def test_rows_are_those_of_the_facts_at_hand(facts):
    assert facts.rows("units")["firms"]["kind"] == "count"
    changed = replace(facts, units=facts.units.assign(kind="measure"))
    assert changed.unit("firms").kind == "measure" and facts.unit("firms").kind == "count"


def test_a_figure_is_read_in_its_unit(facts):
    assert facts.read("jointlabs_staff", CONVENTIONAL) == Interval(2001, 2999)
    assert facts.read("hetao_match_rate", CONVENTIONAL) == Interval(
        Fraction(8235, 100), Fraction(8245, 100), high_open=True
    )
    assert facts.read("vague_platform_universities", CONVENTIONAL) is None
    assert facts.read("name_p3", CONVENTIONAL) is None


def test_every_figure_with_a_value_can_be_read(facts):
    for indicator, row in facts.indicators.iterrows():
        interval = facts.read(indicator, CONVENTIONAL)
        assert (interval is None) == (row["value"] is None), indicator


def test_a_reference_is_read_by_the_same_rules(facts):
    assert facts.read_reference("hengqin_hightech_2023_09", CONVENTIONAL) == Interval(282, 282)
    assert facts.read_reference("csns_hkm_projects_2023_12", CONVENTIONAL) == Interval(61, 69)
    assert facts.read_reference("gii_method_2025", CONVENTIONAL) is None
    # 9.0 % has one decimal, though its value is the whole number 9.
    assert facts.read_reference("gii_share_pct_2025_szhkgz", CONVENTIONAL) == Interval(
        Fraction(895, 100), Fraction(905, 100), high_open=True
    )


def test_every_reference_with_a_value_can_be_read(facts):
    for reference, row in facts.references.iterrows():
        assert (facts.read_reference(reference, CONVENTIONAL) is None) == (row["value"] is None), reference


def test_a_table_of_pairs_is_indexed_by_both(facts):
    row = facts.crosscheck_references.loc[("x_jointlabs_total", "jointlabs_total_2022_02")]
    assert (row["definition"], row["timing"], row["monotone"]) == ("same", "earlier", True)


def test_a_unit_is_found_by_its_id(facts):
    unit = facts.unit("core_hours")
    assert (unit.id, unit.kind, unit.name_zh) == ("core_hours", "measure", "核时")


def test_all_cells_that_cannot_be_loaded_are_named(copy):
    first = copy.set("indicators", "hengqin_hightech", value="many", cumulative="yes")
    second = copy.set("events", "forum_first", section="four")
    assert [(p.file, p.place, p.found) for p in problems(copy)] == [
        ("data/indicators.csv", f"row {first}, column value", "'many'"),
        ("data/indicators.csv", f"row {first}, column cumulative", "'yes'"),
        ("data/events.csv", f"row {second}, column section", "'four'"),
    ]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1/3"])
def test_only_a_number_is_a_value(copy, value):
    copy.set("indicators", "hengqin_hightech", value=value)
    assert [p.found for p in problems(copy)] == [f"'{value}'"]


def test_a_missing_file_and_column_are_named(copy):
    copy.path("links").unlink()
    rows = copy.read("units")
    copy.write("units", [row[:-1] for row in rows])
    assert [(p.file, p.place, p.expected) for p in problems(copy)] == [
        ("data/links.csv", "", "a readable file"),
        ("data/units.csv", "row 1", "a column name_zh"),
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "broken CSV"), (b'id,kind\n"open', "broken CSV"), (b"id\n\xff\n", "bytes that are not UTF-8")],
)
def test_a_file_that_is_no_table_is_named(copy, content, found):
    copy.path("units").write_bytes(content)
    (problem,) = problems(copy)
    assert problem.file == "data/units.csv"
    assert found in problem.found


def test_loading_does_not_import_frictionless():
    code = "import sys, gba_analysis.figures.tables; sys.exit('frictionless' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
