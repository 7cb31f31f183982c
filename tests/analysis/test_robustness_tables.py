"""Robustness as readers see it, references among the keys, and everything together: the same again, and
quick.
"""

import math
import time
from dataclasses import replace
from fractions import Fraction as F

import pandas as pd
import pytest

from gba_analysis.analysis.cells import Name, in_words, texts_of
from gba_analysis.analysis.findings import judge, judge_findings, parse_test, parse_tests
from gba_analysis.analysis.grid import tried
from gba_analysis.analysis.key_values import reference_keys, value_source
from gba_analysis.analysis.ordering import rank_intervals
from gba_analysis.analysis.robustness import Flip, flips, tallies
from gba_analysis.analysis.robustness_tables import (
    finding_table,
    rank_table,
    robustness_entries,
    tornado_rows,
    value_cell,
)
from gba_analysis.analysis.sensitivity import tornado
from gba_analysis.errors import DataError
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS, read
from gba_analysis.words import say

INF = math.inf
POINT = Interval.point


@pytest.fixture(scope="session")
def source(facts):
    return value_source(facts)


OUTCOME_TEXTS = {f"{text}_{lang}": "x" for text in ("text", "open", "withdrawn") for lang in ("en", "zh")}
FINDINGS = {
    "staff": {
        "position": 1,
        "name_en": "the staff",
        "name_zh": "人员",
        "test": "research.hkm_staff_share > 10",
        **OUTCOME_TEXTS,
    },
    "platforms": {
        "position": 2,
        "name_en": "the platforms",
        "name_zh": "平台",
        "test": "platforms.shared == 0",
        **OUTCOME_TEXTS,
    },
}


@pytest.fixture(scope="session")
def with_findings(facts):
    """The facts with the findings made up here."""
    return replace(facts, findings=pd.DataFrame.from_dict(FINDINGS, orient="index"))


@pytest.fixture(scope="session")
def robust(source, values):
    tests = parse_tests(FINDINGS)
    judged = judge_findings(FINDINGS, lookup=source(values))
    return judged, tallies(tests, source, values), flips(tests, source, values)


def test_the_table_for_readers(robust, with_findings):
    table = in_words(finding_table(*robust), with_findings, "en")
    assert list(table.columns) == ["finding", "outcome", "strict", "conventional", "tight", "flips"]
    assert list(table.loc["staff"]) == [
        "The staff",
        "holds",
        "0 of 1",
        "5 of 6",
        "40 of 42",
        "Reading of the bounds, Strict: open; "
        "Shortfall of 近 (nearly), 0.2525 and above: open (Conventional)",
    ]
    assert (
        table.loc["platforms", "flips"] == "never within the ranges"
        and table.loc["platforms", "strict"] == "1 of 1"
    )
    assert in_words(finding_table(*robust), with_findings, "zh").loc["staff", "flips"] == (
        "界限的读法取严格读法：未定；“近”的下浮比例升至0.2525起：未定（通常读法）"
    )


def test_flips_that_are_alike_are_said_once(robust, with_findings):
    judged, counts, _ = robust
    everywhere = [
        Flip("staff", reading, "min_grade", "set", value=grade, before="holds", after="open")
        for reading in READINGS
        for grade in "AB"
    ]
    lists = {"value": ["hengqin", "hetao"], "before": "holds", "after": "fails"}
    once = Flip("staff", "tight", "platforms", "set", **lists)
    table = in_words(finding_table(judged, counts, [*everywhere, once]), with_findings, "en")
    assert table.loc["staff", "flips"] == (
        "Lowest grade of a source, A or B: open; Platforms compared, Hengqin, Hetao: does not hold (Tight)"
    )


def test_flips_are_alike_by_their_values_not_by_the_words_for_them(robust, with_findings):
    judged, counts, _ = robust
    # Written alike, as 0.2525, and not the same.
    values = {"strict": F("0.2525"), "tight": F("0.25250000001")}
    near = [
        Flip("staff", reading, "near_shortfall", "up", value=value, before="holds", after="open")
        for reading, value in values.items()
    ]
    table = in_words(finding_table(judged, counts, near), with_findings, "en")
    assert table.loc["staff", "flips"] == (
        "Shortfall of 近 (nearly), 0.2525 and above: open (Strict); "
        "Shortfall of 近 (nearly), 0.2525 and above: open (Tight)"
    )


def test_counts_for_the_prose(robust, facts):
    entries = {entry["key"]: entry["text"]["en"] for entry in robustness_entries(robust[1], facts)}
    assert entries == {
        "robustness.staff_holds": "45",
        "robustness.staff_cells": "49",
        "robustness.platforms_holds": "3",
        "robustness.platforms_cells": "3",
    }


def test_rows_of_a_tornado_chart(facts, rule, values):
    keyed = tornado_rows(tornado(facts, rule, values, "research.hkm_staff_share"), facts)
    rows = in_words(keyed, facts, "en")
    assert list(rows["group"]) == ["", *["Reading of the bounds"] * 2, *["Shortfall of 近 (nearly)"] * 2]
    assert list(rows["label"]) == ["Chosen values", "Strict", "Tight", "0.01", "0.5"]
    assert list(rows["text"])[:2] == ["12.0–19.9\u00a0%", "≤ 19.9\u00a0%"]
    assert set(rows["soundness"]) == {"conditional"} and rows["low"].dtype == float
    assert in_words(keyed, facts, "zh")["label"][1] == "严格读法"


def test_a_table_of_ranks(facts):
    intervals = {"jointlabs": Interval(251, 299), "hk_listed": Interval(260, INF), "hk_unicorns": POINT(1)}
    ranks = rank_table(rank_intervals(intervals), table="indicators", unit="firms")
    table = in_words(ranks, facts, "en")
    assert list(ranks["what"]) == [Name("indicators", id_, begins=True) for id_ in intervals]
    assert list(table["rank"]) == ["1–2", "1–2", "3"] and table["value"][0] == "251–299 enterprises"


def test_every_parameter_that_is_tried_has_a_name(values):
    for item in tried(values):
        assert say(f"parameter.{item.name}", "en") != say(f"parameter.{item.name}", "zh"), item.name


@pytest.mark.parametrize(
    ("parameter", "value", "english", "chinese"),
    [
        ("near_shortfall", F(29, 200), "0.145", "0.145"),
        ("cores", F(35_389), "35,389", "35,389"),
        ("include_names", True, "yes", "是"),
        ("platforms", ["hengqin", "nansha"], "Hengqin, Nansha", "横琴、南沙"),
        ("reading", "tight", "Tight", "紧贴读法"),
        ("min_grade", "B", "B", "B"),
    ],
)
def test_values_as_readers_see_them(facts, parameter, value, english, chinese):
    assert texts_of(value_cell(parameter, value), facts) == {"en": english, "zh": chinese}


def test_everything_is_the_same_again_and_quick(facts, rule, values):
    started = time.process_time()
    first = everything(facts, rule, values)
    assert time.process_time() - started < 4, "about half a second on a free machine"
    assert everything(facts, rule, values) == first


def everything(facts, rule, values):
    source, tests = value_source(facts), parse_tests(FINDINGS)
    moved = [tornado(facts, rule, values, key) for key in facts.derived.index]
    return tallies(tests, source, values), flips(tests, source, values), moved


def test_facts_are_not_changed(facts, rule, values):
    before = replace(facts, derived=facts.derived.copy(), indicators=facts.indicators.copy())
    everything(facts, rule, values)
    pd.testing.assert_frame_equal(before.derived, facts.derived)
    pd.testing.assert_frame_equal(before.indicators, facts.indicators)


@pytest.fixture
def references():
    return {
        "old": {"value": F(80), "qualifier": "over", "grade": "C"},
        "count": {"value": F(33), "qualifier": "exact", "grade": "B"},
        "method": {"value": None, "qualifier": "", "grade": "A"},
    }


def with_references(facts, references):
    def read_reference(id_, rule):
        row = references[id_]
        return read(row["value"], row["qualifier"], "count", 0, rule)

    return value_source(facts, reference_keys(references, read_reference))


def test_references_are_read_by_the_same_rules(facts, values, references):
    source = with_references(facts, references)
    intervals = {name: source({**values, "reading": name})["ref.old"] for name in READINGS}
    assert intervals == {
        "strict": Interval(81, INF),
        "conventional": Interval(81, 89),
        "tight": Interval(81, 88),
    }
    assert source(values)["ref.count"] == POINT(33) and "ref.method" not in source(values)
    # More than 80 and more than 140: certain only if the first has an upper end.
    test = parse_test("ref.old < industry.li_firms")
    outcomes = [judge(test, source({**values, "reading": name})) for name in READINGS]
    assert outcomes == ["open", "holds", "holds"]


@pytest.mark.parametrize(("grade", "outcome"), [("A", "open"), ("B", "holds"), ("C", "holds")])
def test_a_finding_is_open_without_its_reference(facts, values, references, grade, outcome):
    lookup = with_references(facts, references)({**values, "min_grade": grade})
    assert judge(parse_test("ref.count < research.jointlabs"), lookup) == outcome


def test_a_mistyped_key_is_named_with_the_nearest(facts, values, references):
    with pytest.raises(DataError) as caught:
        judge(parse_test("ref.cuont < research.joint_labs"), with_references(facts, references)(values))
    hints = [problem.hint for problem in caught.value.problems]
    assert hints == ["did you mean 'ref.count'?", "did you mean 'research.jointlabs'?"]
