"""The headline findings themselves: what holds, under what, and what becomes of them when it does not.

Needs `facts.findings`, `facts.references` and `facts.read_reference(id, rule)`.
"""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from gba_analysis.analysis.finding_texts import fill, finding_problems, placeholders
from gba_analysis.analysis.findings import TEXTS, judge_findings, parse_tests
from gba_analysis.analysis.key_values import reference_keys, value_source
from gba_analysis.analysis.robustness import flips, tallies
from gba_analysis.fonts import missing_glyphs

IDS = ["figures", "cluster", "hengqin", "laboratories", "incubation", "forum"]
FORMS = ("", "_printed", "_stated", "_period")


def source_of(facts):
    return value_source(facts, reference_keys(facts.rows("references"), facts.read_reference))


@pytest.fixture(scope="module")
def source(facts):
    return source_of(facts)


def judged(facts, values, **changes):
    """The judged findings by id."""
    lookup = source_of(facts)({**values, **changes})
    return {finding.id: finding for finding in judge_findings(facts.rows("findings"), lookup)}


def those(found, outcome):
    """The ids of the findings with that outcome."""
    return [id_ for id_, finding in found.items() if finding.outcome == outcome]


def with_value(facts, indicator, value):
    """The facts with another value of one indicator."""
    cells = [value if id_ == indicator else old for id_, old in facts.indicators["value"].items()]
    column = pd.Series(cells, index=facts.indicators.index, dtype=object)
    return replace(facts, indicators=facts.indicators.assign(value=column))


def test_every_finding_keeps_the_rules(facts, source, values):
    keys = {f"{key}{form}" for key in source(values) for form in FORMS}
    assert finding_problems(facts.rows("findings"), keys) == []


def test_all_findings_hold_as_published(facts, values):
    assert those(judged(facts, values), "holds") == IDS


@pytest.mark.parametrize(
    ("changes", "open_ones"),
    [
        ({"reading": "tight"}, []),
        # 近400人 may be few, 超80 many.
        ({"reading": "strict"}, ["laboratories", "incubation"]),
        ({"near_shortfall": 0.14}, []),
        ({"near_shortfall": 0.145}, ["laboratories"]),
        ({"min_grade": "C"}, []),
        # The high-tech count of 2024-02, the laboratories of 2022, the base in Songshan Lake and the forum of
        # 2024 rest on grade C.
        ({"min_grade": "B"}, ["hengqin", "laboratories", "incubation", "forum"]),
        # Only WIPO is left, and only for 2025.
        ({"min_grade": "A"}, ["cluster", "hengqin", "laboratories", "incubation", "forum"]),
    ],
)
def test_parameters_change_the_text(facts, values, changes, open_ones):
    found = judged(facts, values, **changes)
    assert those(found, "open") == open_ones and those(found, "fails") == []
    for id_ in IDS:
        column = "open_zh" if id_ in open_ones else "text_zh"
        assert found[id_].text["zh"] == facts.findings.loc[id_, column]


@pytest.mark.parametrize(
    ("indicator", "value", "finding"),
    [
        ("hengqin_hightech", 300, "hengqin"),
        ("hengqin_macao_funded", 200, "hengqin"),
        ("jointlabs_hkm_led", 20, "laboratories"),
        ("jointlabs", 18, "laboratories"),
        ("li_firms", 60, "incubation"),
        ("li_unicorns", 7, "incubation"),
        ("year_forum_fourth", 2023, "forum"),
    ],
)
def test_a_finding_that_no_longer_holds_is_withdrawn(facts, values, indicator, value, finding):
    found = judged(with_value(facts, indicator, Fraction(value)), values)
    assert those(found, "fails") == [finding] and those(found, "open") == []
    assert found[finding].text["en"].startswith("Withdrawn")
    assert found[finding].text["zh"].startswith("此项撤回")


def test_a_finding_is_withdrawn_when_its_source_changes(facts, values):
    # 榜首 stays first, but the list has the cluster second.
    ranks = {**facts.references["value"], "gii_cluster_rank_2025": Fraction(2)}
    column = pd.Series(ranks, dtype=object)
    found = judged(replace(facts, references=facts.references.assign(value=column)), values)
    assert those(found, "fails") == ["cluster"]


def test_in_how_many_sets_each_holds(facts, source, values):
    found = tallies(parse_tests(facts.rows("findings")), source, values)
    assert not any(tally.fails for tally in found)
    holds = {id_: tuple(tally.holds for tally in found if tally.finding == id_) for id_ in IDS}
    sets = {id_: tuple(tally.sets for tally in found if tally.finding == id_) for id_ in IDS}
    assert [tally.reading for tally in found] == ["strict", "conventional", "tight"] * len(IDS)
    assert holds == {
        "figures": (1, 1, 1),
        # Grades A, B and C: with A alone there is no rank of 2024, with A and B no count of 282, no number of
        # laboratories in 2022 and none of academicians in 2024.
        "cluster": (2, 2, 2),
        "hengqin": (1, 1, 1),
        "laboratories": (0, 4, 38),
        "incubation": (0, 1, 7),
        "forum": (1, 1, 7),
    }
    assert sets == {
        "figures": (1, 1, 1),
        "cluster": (3, 3, 3),
        "hengqin": (3, 3, 3),
        "laboratories": (3, 8, 44),
        "incubation": (3, 3, 9),
        "forum": (3, 3, 9),
    }


def test_where_each_flips(facts, source, values):
    found = flips(parse_tests(facts.rows("findings")), source, values)
    grades = [flip for flip in found if flip.parameter == "min_grade"]
    assert {flip.after for flip in grades} == {"open"}
    resting_on_c = {"hengqin", "laboratories", "incubation", "forum"}
    assert {flip.finding for flip in grades if flip.value == "B"} == resting_on_c
    assert {flip.finding for flip in grades if flip.value == "A"} == set(IDS) - {"figures"}
    others = [flip for flip in found if flip.parameter != "min_grade"]
    assert [(flip.finding, flip.parameter, flip.value, flip.after) for flip in others] == [
        ("laboratories", "reading", "strict", "open"),
        # 342 of 2999 are fewer than 4 of 35; 400 * (1 - s) rounds up to 342 from s = 58/400.
        ("laboratories", "near_shortfall", Fraction(58, 400), "open"),
        ("incubation", "reading", "strict", "open"),
    ]


def test_texts_can_be_filled_and_printed(facts):
    for column in (f"{text}_{lang}" for text in TEXTS.values() for lang in ("en", "zh")):
        for template in facts.findings[column]:
            filled = fill(template, lambda key: "0")
            assert "{" not in filled and placeholders(filled) == ()
            assert not missing_glyphs(filled)
