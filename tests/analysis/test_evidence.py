"""The register and the counts of how firm the figures are, against a recount of the file by plain means."""

import csv
from fractions import Fraction

import pytest

from gba_analysis.analysis import evidence
from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.evidence import (
    EXAMPLES,
    REGISTER,
    figure_table,
    firmness,
    register,
    summary_entries,
    support,
)
from gba_analysis.project import find_project

TITLES = {
    "0": "Opening",
    "1": "1 Platforms",
    "2": "2 Research",
    "3": "3 Industry",
    "4": "4 Openness",
    "5": "Caption",
}


@pytest.fixture(scope="module")
def lines():
    """indicators.csv without pandas."""
    with (find_project().data / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measures(lines):
    return [line for line in lines if line["class"] == "measure"]


def counted(entries):
    return {entry["key"].removeprefix("evidence."): entry for entry in entries}


def cell(table, row, column):
    return int(table.loc[(table["row"] == row) & (table["column"] == column), "count"].iloc[0])


def test_register_holds_every_figure_in_reading_order(facts, rule, lines):
    table = in_words(register(facts, rule), facts, "en")
    assert list(table.columns) == list(REGISTER) and len(table) == len(lines)
    places = [(int(line["section"]), int(line["paragraph"])) for line in lines]
    assert [tuple(facts.indicators.loc[id_, ["section", "paragraph"]]) for id_ in table.index] == sorted(
        places
    )
    assert all(table[column].str.len().gt(0).all() for column in REGISTER)


def test_register_row(facts, rules):
    row = in_words(register(facts, rules["conventional"]), facts, "en").loc["jointlabs_hkm_staff"]
    assert row["place"] == "1.2" and row["printed"] == "近400人" and row["reading"] == "360–399 persons"
    assert row["date"] == "no date"
    strict = in_words(register(facts, rules["strict"]), facts, "zh").loc["jointlabs_hkm_staff"]
    assert strict["reading"] == "< 400人" and strict["date"] == "未注明时间"


@pytest.mark.parametrize(
    ("id_", "column", "text"),
    [
        ("name_p3", "reading", "no number"),
        ("vague_startups", "reading", "no number"),
        ("vague_startups", "date", "in recent years"),
        ("year_forum_first", "reading", "2021"),
        ("year_caption", "place", "Caption"),
        ("unique_latin_center", "reading", "1"),
        ("li_unicorn_valuation", "reading", "1–2 billion US dollars"),
    ],
)
def test_register_cells(facts, rule, id_, column, text):
    assert in_words(register(facts, rule), facts, "en").loc[id_, column] == text


def test_a_date_without_words_is_shown_as_it_is(facts, rule, add_row):
    changed = add_row(facts, "indicators", "dated", "jointlabs", time_from="2025-03")
    assert in_words(register(changed, rule), changed, "en").loc["dated", "date"] == "2025-03"


def test_figure_table_keeps_the_given_order(facts, rule):
    table = in_words(figure_table(facts, rule, ["hk_listed", "hk_unicorns"]), facts, "en")
    assert list(table.index) == ["hk_listed", "hk_unicorns"]
    assert list(table["reading"]) == ["251–259 enterprises", "15 enterprises"]


def test_qualifiers_are_counted(facts, lines):
    table = in_words(firmness(facts), facts, "en")
    for section, title in TITLES.items():
        over = [line for line in lines if line["section"] == section and line["qualifier"] == "over"]
        assert cell(table, title, "over 超") == len(over)
    assert table["count"].sum() == sum(line["class"] != "name" for line in lines)


def test_include_names_adds_a_column_of_names(facts, lines):
    without, with_names = (
        in_words(firmness(facts), facts, "en"),
        in_words(firmness(facts, include_names=True), facts, "en"),
    )
    names = sum(line["class"] == "name" for line in lines)
    assert names > 0 and with_names["count"].sum() == without["count"].sum() + names
    assert "part of a name" not in set(without["column"])
    assert with_names.loc[with_names["column"] == "part of a name", "count"].sum() == names


def test_names_are_not_counted_as_exact(facts):
    without, with_names = (in_words(firmness(facts, include), facts, "en") for include in (False, True))
    assert all(cell(without, title, "exact") == cell(with_names, title, "exact") for title in TITLES.values())


def test_every_pair_has_a_row(facts):
    table = in_words(firmness(facts), facts, "en")
    assert len(table) == table["row"].nunique() * table["column"].nunique()
    assert (table["count"] == 0).any()


def test_support_against_a_recount(facts, lines):
    table = in_words(support(facts), facts, "en").set_index("section")
    for section, title in TITLES.items():
        rows = [line for line in measures(lines) if line["section"] == section]
        if not rows:
            assert title not in table.index
            continue
        assert table.loc[title].to_dict() == {
            "measures": len(rows),
            "exact": sum(line["qualifier"] in ("exact", "reach") for line in rows),
            "dated": sum(bool(line["time_from"] or line["time_to"]) for line in rows),
            "with_base": sum(bool(line["parent_id"]) for line in rows),
        }
    assert table.drop("All parts").sum().to_dict() == table.loc["All parts"].to_dict()


def test_rules_show_one_figure_of_each_qualifier(facts, rules):
    assert facts.indicators.loc[list(EXAMPLES.values()), "qualifier"].to_list() == list(EXAMPLES)
    assert set(EXAMPLES) == set(facts.indicators["qualifier"])
    table = in_words(evidence.rules(facts, rules["tight"]), facts, "en").set_index("printed")
    columns = ["strict", "conventional", "tight"]
    assert table.loc["超2000名", columns].to_list() == [
        "> 2,000 persons",
        "2,001–2,999 persons",
        "2,001–2,200 persons",
    ]
    assert table.loc["一大批", columns].to_list() == ["no number"] * 3
    # Which rule is in use does not matter, its tolerances do.
    assert table.reset_index().equals(
        in_words(evidence.rules(facts, rules["strict"]), facts, "en")[["printed", *table.columns]]
    )


def test_summary_against_a_recount(facts, lines):
    entries, rows = counted(summary_entries(facts)), measures(lines)
    dated = [line for line in rows if line["time_from"] or line["time_to"]]
    phrase = [line for line in rows if line["time_en"] and line not in dated]
    expected = {
        "figures_total": len(lines),
        "figures_counted": sum(line["class"] != "name" for line in lines),
        "measures": len(rows),
        "names": sum(line["class"] == "name" for line in lines),
        "exact": sum(line["qualifier"] in ("exact", "reach") for line in rows),
        "bounds": sum(line["qualifier"] in ("over", "over_round", "about_under") for line in rows),
        "dated": len(dated),
        "phrase_only": len(phrase),
        "undated": len(rows) - len(dated) - len(phrase),
        "with_base": sum(bool(line["parent_id"]) for line in rows),
        "without_base": sum(not line["parent_id"] for line in rows),
        "with_stated_base": sum(line["relation"] == "explicit" for line in rows),
    }
    assert {name: int(entries[name]["low"]) for name in expected} == expected
    share = Fraction(expected["undated"] * 100, expected["measures"])
    assert (
        Fraction(entries["undated_share"]["low"]) == share and entries["undated_share"]["unit"] == "percent"
    )


def test_no_measure_is_exact_dated_and_with_a_base(facts):
    assert counted(summary_entries(facts))["firm"]["text"] == {"en": "0", "zh": "0"}


def test_a_firm_measure_would_be_counted(facts, add_row):
    firm = add_row(facts, "indicators", "made_up", "jointlabs_hkm_led", time_from="2025")
    entry = counted(summary_entries(firm))["firm"]
    assert entry["low"] == "1" and entry["inputs"] == ["made_up"]


def test_include_names_changes_the_figures_counted_alone(facts):
    without, with_names = counted(summary_entries(facts)), counted(summary_entries(facts, include_names=True))
    changed = {name for name in without if without[name] != with_names[name]}
    assert changed == {"figures_counted"}
    names = int(without["names"]["low"])
    assert int(with_names["figures_counted"]["low"]) == int(without["figures_counted"]["low"]) + names
