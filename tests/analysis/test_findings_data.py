"""The headline findings themselves: what holds, under what, and what becomes of them when it does not.

Needs `facts.findings`, `facts.references` and `facts.read_reference(id, rule)`.
"""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from gba_analysis.analysis.finding_texts import fill, finding_problems, placeholders
from gba_analysis.analysis.findings import TEXTS, evaluate_findings, parse_tests
from gba_analysis.analysis.key_values import reference_keys, value_source
from gba_analysis.analysis.robustness import flips, outcomes
from gba_analysis.figures.reading import READINGS
from gba_analysis.fonts import missing_glyphs
from gba_analysis.project import find_project

IDS = ["figures", "cluster", "hengqin", "laboratories", "incubation", "forum"]
FORMS = ("", "_printed", "_stated", "_period")


def source_of(facts):
    return value_source(facts, reference_keys(facts.references, facts.read_reference))


@pytest.fixture(scope="module")
def source(facts):
    return source_of(facts)


def judged(facts, values, **changes):
    return evaluate_findings(facts.findings, source_of(facts)({**values, **changes}))


def with_value(facts, indicator, value):
    """The facts with another value of one indicator."""
    cells = [value if id_ == indicator else old for id_, old in facts.indicators["value"].items()]
    column = pd.Series(cells, index=facts.indicators.index, dtype=object)
    return replace(facts, indicators=facts.indicators.assign(value=column))


def test_every_finding_keeps_the_rules(facts, source, values):
    keys = {f"{key}{form}" for key in source(values) for form in FORMS}
    assert finding_problems(facts.rows("findings"), keys) == []


def test_all_findings_hold_as_published(facts, values):
    table = judged(facts, values)
    assert list(table.index) == IDS and set(table["outcome"]) == {"holds"}


@pytest.mark.parametrize(
    ("changes", "open_ones"),
    [
        ({"reading": "tight"}, []),
        # 近400人 may be few, 超80 many.
        ({"reading": "strict"}, ["laboratories", "incubation"]),
        ({"near_shortfall": 0.14}, []),
        ({"near_shortfall": 0.145}, ["laboratories"]),
        ({"min_grade": "C"}, []),
        # The high-tech count of 2024-02 and the base in Songshan Lake rest on grade C.
        ({"min_grade": "B"}, ["hengqin", "incubation"]),
        # Only WIPO is left, and only for 2025.
        ({"min_grade": "A"}, ["cluster", "hengqin", "laboratories", "incubation", "forum"]),
    ],
)
def test_parameters_change_the_text(facts, values, changes, open_ones):
    table = judged(facts, values, **changes)
    assert list(table.index[table["outcome"] == "open"]) == open_ones and "fails" not in set(table["outcome"])
    for id_ in IDS:
        column = "open_zh" if id_ in open_ones else "text_zh"
        assert table.loc[id_, "text_zh"] == facts.findings.loc[id_, column]


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
    table = judged(with_value(facts, indicator, Fraction(value)), values)
    assert table.loc[finding, "outcome"] == "fails"
    assert table.loc[finding, "text_en"].startswith("Withdrawn") and table.loc[finding, "text_zh"].startswith(
        "此项撤回"
    )
    assert list(table.index[table["outcome"] != "holds"]) == [finding]


def test_a_finding_is_withdrawn_when_its_source_changes(facts, values):
    # 榜首 stays first, but the list has the cluster second.
    ranks = {**facts.references["value"], "gii_cluster_rank_2025": Fraction(2)}
    column = pd.Series(ranks, dtype=object)
    table = judged(replace(facts, references=facts.references.assign(value=column)), values)
    assert list(table.index[table["outcome"] == "fails"]) == ["cluster"]


def test_in_how_many_sets_each_holds(facts, source, values):
    table = outcomes(parse_tests(facts.findings), source, values)
    assert not table["fails"].any()
    found = {id_: tuple(table.loc[table["finding"] == id_, "holds"]) for id_ in IDS}
    cells = {id_: tuple(table.loc[table["finding"] == id_, "cells"]) for id_ in IDS}
    assert READINGS == ("strict", "conventional", "tight")
    assert found == {
        "figures": (1, 1, 1),
        # Grades A, B and C: with A alone there is no rank of 2024, with A and B no count of 282.
        "cluster": (2, 2, 2),
        "hengqin": (1, 1, 1),
        "laboratories": (0, 5, 39),
        "incubation": (0, 1, 7),
        "forum": (2, 2, 8),
    }
    assert cells == {
        "figures": (1, 1, 1),
        "cluster": (3, 3, 3),
        "hengqin": (3, 3, 3),
        "laboratories": (3, 8, 44),
        "incubation": (3, 3, 9),
        "forum": (3, 3, 9),
    }


def test_where_each_flips(facts, source, values):
    table = flips(parse_tests(facts.findings), source, values)
    grades = table[table["parameter"] == "min_grade"]
    assert set(grades["after"]) == {"open"}
    assert set(grades.loc[grades["value"] == "B", "finding"]) == {"hengqin", "incubation"}
    assert set(grades.loc[grades["value"] == "A", "finding"]) == set(IDS) - {"figures"}
    table = table[table["parameter"] != "min_grade"]
    assert [
        tuple(row) for row in table[["finding", "parameter", "value", "after"]].itertuples(index=False)
    ] == [
        ("laboratories", "reading", "strict", "open"),
        # 342 of 2999 are fewer than 4 of 35; 400 * (1 - s) rounds up to 342 from s = 58/400.
        ("laboratories", "near_shortfall", Fraction(58, 400), "open"),
        ("incubation", "reading", "strict", "open"),
    ]


def test_texts_can_be_filled_and_printed(facts):
    project = find_project()
    for column in (f"{text}_{lang}" for text in TEXTS.values() for lang in ("en", "zh")):
        for template in facts.findings[column]:
            filled = fill(template, lambda key: "0")
            assert "{" not in filled and placeholders(filled) == ()
            assert not missing_glyphs(filled, project)
