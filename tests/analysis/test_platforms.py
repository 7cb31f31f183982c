"""Comparability of the platforms, computed and not taken for granted; Hengqin's make-up; shares."""

from dataclasses import replace

import pytest

from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.platforms import (
    comparability,
    makeup,
    platform_figures,
    shares,
    summary_entries,
)
from gba_analysis.errors import ParameterError

ALL = ["hengqin", "qianhai", "nansha", "hetao"]


def texts(table):
    return {(row["row"], row["column"]): row["text"] for _, row in table.iterrows() if row["text"]}


def counted(facts, platforms, name):
    """A count of the summary."""
    [entry] = [item for item in summary_entries(facts, platforms) if item["key"] == f"platforms.{name}"]
    return int(entry["low"])


def test_no_indicator_is_printed_for_two_platforms(facts):
    assert counted(facts, ALL, "shared") == 0


@pytest.mark.parametrize("platform", ["nansha", "qianhai"])
def test_a_shared_indicator_would_be_found(facts, add_row, platform):
    made_up = add_row(facts, "indicators", f"{platform}_hightech", "hengqin_hightech", entity_id=platform)
    assert counted(made_up, ALL, "shared") == 1
    assert counted(made_up, ["hengqin", "hetao"], "shared") == 0


def test_the_same_word_in_another_unit_is_another_definition(facts, add_row):
    other = {"entity_id": "nansha", "unit": "projects"}
    made_up = add_row(facts, "indicators", "nansha_hightech", "hengqin_hightech", **other)
    assert counted(made_up, ALL, "shared") == 0


def test_two_figures_of_one_platform_are_not_shared(facts, add_row):
    # Without the platform's id before it, this id gives the same definition.
    made_up = add_row(facts, "indicators", "hightech", "hengqin_hightech")
    assert counted(made_up, ALL, "shared") == 0


def test_qianhai_has_no_number(facts, add_row):
    assert counted(facts, ["hengqin", "qianhai"], "without_numbers") == 1
    assert counted(facts, ["nansha", "hetao"], "without_numbers") == 0
    made_up = add_row(facts, "indicators", "qianhai_firms", "hengqin_platforms", entity_id="qianhai")
    assert counted(made_up, ALL, "without_numbers") == 0


def test_an_indefinite_word_is_no_number(facts):
    rows = platform_figures(facts, ["qianhai", "nansha"])
    qianhai = rows[rows["platform"] == "qianhai"]
    assert not qianhai.empty and set(qianhai["class"]) == {"vague"}


def test_a_figure_belongs_to_the_platform_its_entity_lies_in(facts, add_row):
    owners = platform_figures(facts, ["nansha", "hetao"])["platform"]
    # The rate of Hetao stands in another section than the platforms, of an entity within it.
    assert owners["hetao_match_rate"] == "hetao" and "supercomputing_teams" not in owners
    lost = add_row(facts, "indicators", "lost", "hetao_match_rate", entity_id="no_such_entity")
    assert "lost" not in platform_figures(lost, ["nansha", "hetao"]).index


def test_a_circle_of_parents_ends(facts):
    entities = facts.entities.copy()
    entities.loc["guangdong", "parent_id"] = "guangzhou"
    round_ = replace(facts, entities=entities)
    assert list(platform_figures(round_, ALL).index) == list(platform_figures(facts, ALL).index)


@pytest.mark.parametrize(
    ("platforms", "found"),
    [
        (["hengqn"], "hengqn"),
        (["hetao", "hetao"], "'hetao', 'hetao'"),
        ([], r"\[\]"),
        (["hengqin", "shenzhen"], "at least 2 of hengqin, qianhai, nansha, hetao"),
    ],
)
def test_unknown_repeated_or_no_platforms_are_refused(facts, rule, platforms, found):
    for function in (platform_figures, summary_entries):
        with pytest.raises(ParameterError, match=found):
            function(facts, platforms)
    for table in (comparability, shares):
        with pytest.raises(ParameterError, match=found):
            table(facts, platforms, rule)


def test_the_parameter_chooses_and_orders_the_platforms(facts, rule):
    table = in_words(comparability(facts, ["nansha", "hengqin"], rule), facts, "zh")
    assert list(dict.fromkeys(table["column"])) == ["南沙", "横琴"]
    nansha = table[table["column"] == "南沙"]["text"]
    assert list(nansha)[:2] == ["超100个", "49家"] and set(nansha[2:]) == {""}


def test_comparability_shows_the_printed_figures(facts, rule):
    table = in_words(comparability(facts, ALL, rule), facts, "en")
    cells = texts(table)
    assert cells["Unicorn enterprises of Hengqin", "Hengqin"] == "16家"
    assert "近" not in "".join(cells.values()) and "超100个" in cells.values()
    # No row is filled twice, and Qianhai's column is there but empty.
    assert table.groupby("row")["count"].sum().eq(1).all()
    assert table.loc[table["column"] == "Qianhai", "text"].eq("").all() and "Qianhai" in set(table["column"])
    assert table["count"].eq(table["text"].ne("").astype(int)).all()
    projects = table[table["text"] == "超100个"]
    assert list(projects["reading"]) == ["101–199 projects"]


def test_comparability_puts_a_shared_indicator_into_one_row(facts, rule, add_row):
    more = {"entity_id": "nansha", "printed": "50家", "name_en": "another name"}
    made_up = add_row(facts, "indicators", "nansha_hightech", "hengqin_hightech", **more)
    table = in_words(comparability(made_up, ALL, rule), made_up, "en")
    row = table[table["row"] == "National high-tech enterprises cultivated in Hengqin"]
    assert dict(zip(row["column"], row["text"], strict=True)) == {
        "Hengqin": "238家",
        "Qianhai": "",
        "Nansha": "50家",
        "Hetao": "",
    }


def test_makeup_of_hengqin(facts, rule):
    table = in_words(makeup(facts, rule), facts, "en")
    assert list(table["low"]) == list(table["high"]) == [238.0, 33.0, 205.0, 16.0]
    assert list(table["text"]) == ["238", "33", "205", "16"]
    # Whether the unicorns are among the 238 is left open, so they stand apart.
    assert list(table["soundness"]) == ["sound", "sound", "sound", "conditional"]
    assert list(table["group"]) == [
        "",
        "By source of capital",
        "By source of capital",
        "Place in the total left open",
    ]


def test_shares_by_platform(facts, rule):
    table = in_words(shares(facts, ["hetao", "qianhai", "hengqin"], rule), facts, "en")
    assert list(table["group"]) == ["Hetao", "Hengqin", "Hengqin"]
    assert list(table["text"]) == ["15.8–27.3\u00a0%", "13.9\u00a0%", "6.7\u00a0%"]


def test_summary(facts):
    counts = {entry["key"]: int(entry["low"]) for entry in summary_entries(facts, ALL)}
    assert counts["platforms.compared"] == 4 and counts["platforms.shared"] == 0
    assert counts["platforms.without_numbers"] == 1 and counts["platforms.figures_qianhai"] == 0
    figures = sum(count for key, count in counts.items() if key.startswith("platforms.figures_"))
    assert figures == counts["platforms.indicators"]
