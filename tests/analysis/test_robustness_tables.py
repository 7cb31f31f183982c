"""Robustness as readers see it, references among the keys, and everything together: the same again, and
quick.
"""

import math
import time
from dataclasses import replace
from fractions import Fraction as F

import pandas as pd
import pytest

from gba_analysis.analysis.findings import evaluate_findings, judge, parse_test
from gba_analysis.analysis.grid import tried
from gba_analysis.analysis.key_values import reference_keys, value_source
from gba_analysis.analysis.ordering import rank_intervals
from gba_analysis.analysis.robustness import flips, outcomes
from gba_analysis.analysis.robustness_tables import (
    finding_table,
    rank_table,
    robustness_entries,
    tornado_rows,
)
from gba_analysis.analysis.robustness_words import WORDS, value_text
from gba_analysis.analysis.sensitivity import sensitivity, tornado
from gba_analysis.errors import DataError
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS, read

INF = math.inf
POINT = Interval.point


@pytest.fixture(scope="session")
def source(facts):
    return value_source(facts)


FINDINGS = pd.DataFrame(
    {
        "position": [1, 2],
        "theme": ["research", "platforms"],
        "name_en": ["the staff", "the platforms"],
        "name_zh": ["人员", "平台"],
        "test": ["research.hkm_staff_share > 10", "platforms.shared == 0"],
        **{f"{text}_{lang}": ["x", "x"] for text in ("text", "open", "withdrawn") for lang in ("en", "zh")},
    },
    index=["staff", "platforms"],
)


@pytest.fixture(scope="session")
def robust(source, values):
    judged = evaluate_findings(FINDINGS, source(values))
    tests = {id_: parse_test(test) for id_, test in FINDINGS["test"].items()}
    return judged, outcomes(tests, source, values), flips(tests, source, values)


def test_the_table_for_readers(robust):
    table = finding_table(*robust, "en")
    assert list(table.columns) == ["finding", "outcome", "strict", "conventional", "tight", "flips"]
    assert list(table.loc["staff"]) == [
        "The staff",
        "holds",
        "0 of 1",
        "5 of 6",
        "40 of 42",
        "Reading of the bounds, Strict: open; Shortfall of 近 (nearly), 0.2525 and above: open (Conventional)",
    ]
    assert (
        table.loc["platforms", "flips"] == "never within the ranges"
        and table.loc["platforms", "strict"] == "1 of 1"
    )
    assert finding_table(*robust, "zh").loc["staff", "flips"] == (
        "界限的读法取严格读法：未定；“近”的下浮比例升至0.2525起：未定（通常读法）"
    )


def test_flips_that_are_alike_are_said_once(robust):
    judged, counts, _ = robust
    columns = ["finding", "reading", "parameter", "direction", "value", "before", "after"]
    everywhere = [
        ["staff", reading, "min_grade", "", grade, "holds", "open"] for reading in READINGS for grade in "AB"
    ]
    once = [["staff", "tight", "platforms", "", ["hengqin", "hetao"], "holds", "fails"]]
    table = finding_table(judged, counts, pd.DataFrame([*everywhere, *once], columns=columns), "en")
    assert table.loc["staff", "flips"] == (
        "Lowest grade of a source, A or B: open; Platforms compared, Hengqin, Hetao: does not hold (Tight)"
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
    rows = tornado_rows(tornado(facts, rule, values, "research.hkm_staff_share"), facts, "en")
    assert list(rows["group"]) == ["", *["Reading of the bounds"] * 2, *["Shortfall of 近 (nearly)"] * 2]
    assert list(rows["label"]) == ["Chosen values", "Strict", "Tight", "0.01", "0.5"]
    assert list(rows["text"])[:2] == ["12.0–19.9\u00a0%", "≤ 19.9\u00a0%"]
    assert set(rows["soundness"]) == {"conditional"} and rows["low"].dtype == float
    chinese = tornado_rows(tornado(facts, rule, values, "research.hkm_staff_share"), facts, "zh")
    assert list(chinese["low"]) == list(rows["low"]) and chinese["label"][1] == "严格读法"


def test_a_table_of_ranks(facts):
    intervals = {"enterprises": Interval(251, 299), "others": Interval(260, INF), "more": POINT(1)}
    table = rank_table(rank_intervals(intervals), facts.unit("firms"), "en")
    assert list(table["rank"]) == ["1–2", "1–2", "3"] and table["value"][0] == "251–299 enterprises"


def test_every_parameter_that_is_tried_has_a_name(values):
    assert {item.name for item in tried(values)} <= set(WORDS["parameter"])
    for name, words in WORDS["parameter"].items():
        assert words["en"] and words["zh"] and words["en"] != words["zh"], name


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
def test_values_as_readers_see_them(parameter, value, english, chinese):
    assert (value_text(parameter, value, "en"), value_text(parameter, value, "zh")) == (english, chinese)


def test_everything_is_the_same_again_and_quick(facts, rule, values):
    started = time.process_time()
    first = everything(facts, rule, values)
    assert time.process_time() - started < 4, "about half a second on a free machine"
    for before, after in zip(first, everything(facts, rule, values), strict=True):
        pd.testing.assert_frame_equal(before, after)


def everything(facts, rule, values):
    source = value_source(facts)
    tests = {id_: parse_test(test) for id_, test in FINDINGS["test"].items()}
    return outcomes(tests, source, values), flips(tests, source, values), sensitivity(facts, rule, values)


def test_facts_are_not_changed(facts, rule, values):
    before = replace(facts, derived=facts.derived.copy(), indicators=facts.indicators.copy())
    everything(facts, rule, values)
    pd.testing.assert_frame_equal(before.derived, facts.derived)
    pd.testing.assert_frame_equal(before.indicators, facts.indicators)


@pytest.fixture
def references():
    columns = ["id", "value", "qualifier", "grade"]
    rows = [["old", F(80), "over", "C"], ["count", F(33), "exact", "B"], ["method", None, "", "A"]]
    return pd.DataFrame(rows, columns=columns).set_index("id")


def with_references(facts, references):
    def read_reference(id_, rule):
        return read(references.at[id_, "value"], references.at[id_, "qualifier"], "count", 0, rule)

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
