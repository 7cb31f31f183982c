"""Comparability of the platforms, computed and not taken for granted; Hengqin's make-up; shares."""

import pytest

from gba_analysis.analysis.platforms import (
    comparability,
    comparability_table,
    makeup,
    platform_figures,
    platform_of,
    same_unit,
    shared_indicators,
    shares,
    summary_entries,
    without_numbers,
)
from gba_analysis.errors import ParameterError

ALL = ["hengqin", "qianhai", "nansha", "hetao"]


def texts(table):
    return {(row["row"], row["column"]): row["text"] for _, row in table.iterrows() if row["text"]}


def test_no_indicator_is_printed_for_two_platforms(facts):
    assert shared_indicators(facts, ALL) == []


@pytest.mark.parametrize("platform", ["nansha", "qianhai"])
def test_a_shared_indicator_would_be_found(facts, add_row, platform):
    made_up = add_row(facts, "indicators", f"{platform}_hightech", "hengqin_hightech", entity_id=platform)
    assert shared_indicators(made_up, ALL) == ["hightech (firms)"]
    assert shared_indicators(made_up, ["hengqin", "hetao"]) == []


def test_the_same_word_in_another_unit_is_another_definition(facts, add_row):
    made_up = add_row(
        facts, "indicators", "nansha_hightech", "hengqin_hightech", entity_id="nansha", unit="projects"
    )
    assert shared_indicators(made_up, ALL) == []


def test_two_figures_of_one_platform_are_not_shared(facts, add_row):
    # Without the platform's id before it, this id gives the same definition.
    made_up = add_row(facts, "indicators", "hightech", "hengqin_hightech")
    assert shared_indicators(made_up, ALL) == []


def test_qianhai_has_no_number(facts):
    assert without_numbers(facts, ALL) == ["qianhai"]
    assert without_numbers(facts, ["nansha", "hetao"]) == []


def test_a_number_for_qianhai_would_be_found(facts, add_row):
    made_up = add_row(facts, "indicators", "qianhai_firms", "hengqin_platforms", entity_id="qianhai")
    assert without_numbers(made_up, ALL) == []


def test_an_indefinite_word_is_no_number(facts):
    rows = platform_figures(facts, ["qianhai", "nansha"])
    qianhai = rows[rows["platform"] == "qianhai"]
    assert not qianhai.empty and set(qianhai["class"]) == {"vague"}


def test_a_figure_belongs_to_the_platform_its_entity_lies_in(facts):
    assert platform_of("hksp_shenzhen", facts.entities) == "hetao"
    assert platform_of("hengqin", facts.entities) == "hengqin"
    assert platform_of("supercomputing_nansha", facts.entities) == ""
    assert platform_of("no_such_entity", facts.entities) == ""
    for id_, row in platform_figures(facts, ["nansha", "hetao"]).iterrows():
        assert row["platform"] == platform_of(facts.indicators.at[id_, "entity_id"], facts.entities)
    # The rate of Hetao stands in another section than the platforms.
    assert "hetao_match_rate" in platform_figures(facts, ["hetao", "nansha"]).index


def test_a_circle_of_parents_ends(facts):
    entities = facts.entities.copy()
    entities.loc["guangdong", "parent_id"] = "guangzhou"
    assert platform_of("guangzhou", entities) == ""


@pytest.mark.parametrize("function", [shared_indicators, without_numbers, summary_entries])
@pytest.mark.parametrize(
    ("platforms", "found"), [(["hengqn"], "hengqn"), (["hetao", "hetao"], "'hetao', 'hetao'"), ([], r"\[\]")]
)
def test_unknown_repeated_or_no_platforms_are_refused(facts, function, platforms, found):
    with pytest.raises(ParameterError, match=found):
        function(facts, platforms)


def test_unknown_platform_is_refused_by_the_tables(facts, rule):
    for function in (comparability, comparability_table, shares):
        with pytest.raises(ParameterError, match="at least 2 of hengqin, qianhai, nansha, hetao"):
            function(facts, ["hengqin", "shenzhen"], rule, "en")


def test_comparability_shows_the_printed_figures(facts, rule):
    table = comparability(facts, ALL, rule, "en")
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
    table = comparability(
        add_row(facts, "indicators", "nansha_hightech", "hengqin_hightech", **more), ALL, rule, "en"
    )
    row = table[table["row"] == "National high-tech enterprises cultivated in Hengqin"]
    assert dict(zip(row["column"], row["text"], strict=True)) == {
        "Hengqin": "238家",
        "Qianhai": "",
        "Nansha": "50家",
        "Hetao": "",
    }


def test_the_parameter_chooses_and_orders_the_platforms(facts, rule):
    table = comparability_table(facts, ["nansha", "hengqin"], rule, "zh")
    assert list(table.columns) == ["indicator", "南沙", "横琴"]
    assert list(table["南沙"])[:2] == ["超100个", "49家"] and set(table["南沙"][2:]) == {"–"}


def test_same_unit_names_the_nearest_figures(facts):
    table = same_unit(facts, ALL, "en")
    assert set(table["printed"]) >= {"30余家", "10余个"} and "68家" not in set(table["printed"])
    assert table.groupby("unit")["platform"].nunique().gt(1).all()
    assert same_unit(facts, ["qianhai", "nansha"], "en").empty


def test_makeup_of_hengqin(facts, rule):
    table = makeup(facts, rule, "en")
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
    table = shares(facts, ["hetao", "qianhai", "hengqin"], rule, "en")
    assert list(table["group"]) == ["Hetao", "Hengqin", "Hengqin"]
    assert list(table["text"]) == ["15.8–27.3\u00a0%", "13.9\u00a0%", "6.7\u00a0%"]


def test_summary(facts):
    counts = {entry["key"]: int(entry["low"]) for entry in summary_entries(facts, ALL)}
    assert counts["platforms.compared"] == 4 and counts["platforms.shared"] == 0
    assert counts["platforms.without_numbers"] == 1 and counts["platforms.figures_qianhai"] == 0
    figures = sum(count for key, count in counts.items() if key.startswith("platforms.figures_"))
    assert figures == counts["platforms.indicators"]


def test_languages_give_the_same_numbers(facts, rule):
    english, chinese = (comparability(facts, ALL, rule, lang) for lang in ("en", "zh"))
    assert list(english["text"]) == list(chinese["text"]) and list(english["count"]) == list(chinese["count"])
    for function in (makeup, lambda *rest: shares(facts, ALL, *rest[1:])):
        english, chinese = (function(facts, rule, lang) for lang in ("en", "zh"))
        assert list(english["low"]) == list(chinese["low"]) and list(english["high"]) == list(chinese["high"])
