"""The verdict rule, case by case as data/README.md words it, and on the real cross-checks."""

import math

import pytest

from gba_analysis.analysis.verdicts import verdicts
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.verdict_rule import (
    DEFINITIONS,
    GRADES,
    NOT_FOUND,
    VERDICTS,
    ReferenceFigure,
    all_links,
    crosscheck_verdict,
    links_of,
    verdict_of,
    verdict_with,
    verdicts_by_reference,
)
from gba_analysis.project import find_project

ARTICLE = Interval(100, 199)
BELOW, INSIDE, ABOVE = Interval(20, 30), Interval(150, 250), Interval(300, 310)


def comparison(definition, timing, interval, monotone=False, grade="A"):
    return ReferenceFigure(
        definition=definition, timing=timing, monotone=monotone, grade=grade, interval=interval
    )


# definition, timing, monotone; the verdict for a reference below, inside and above the article's figure.
CASES = [
    ("same", "same", False, "contradicted", "confirmed", "contradicted"),
    ("same", "same", True, "contradicted", "confirmed", "contradicted"),
    ("same", "recent", False, "consistent", "confirmed", "needs_context"),
    ("same", "recent", True, "consistent", "confirmed", "in_tension"),
    ("same", "earlier", False, "consistent", "consistent", "needs_context"),
    ("same", "earlier", True, "consistent", "consistent", "in_tension"),
    ("wider", "same", False, "in_tension", "consistent", "consistent"),
    ("wider", "recent", True, "in_tension", "consistent", "consistent"),
    ("wider", "earlier", False, "needs_context", "consistent", "consistent"),
    ("wider", "earlier", True, "needs_context", "consistent", "consistent"),
    ("narrower", "same", False, "consistent", "consistent", "in_tension"),
    ("narrower", "recent", True, "consistent", "consistent", "in_tension"),
    ("narrower", "earlier", False, "consistent", "consistent", "needs_context"),
    ("narrower", "earlier", True, "consistent", "consistent", "in_tension"),
    ("different", "same", False, "needs_context", "needs_context", "needs_context"),
    ("context", "same", False, NOT_FOUND, NOT_FOUND, NOT_FOUND),
]


@pytest.mark.parametrize("case", CASES, ids=[" ".join(map(str, case[:3])) for case in CASES])
def test_one_reference(case):
    definition, timing, monotone, *expected = case
    found = [
        verdict_of(ARTICLE, [comparison(definition, timing, at, monotone)]) for at in (BELOW, INSIDE, ABOVE)
    ]
    assert found == expected


def test_ends_that_touch_without_a_common_number_are_apart():
    touching = comparison("same", "same", Interval(199, 300, low_open=True))
    assert verdict_of(ARTICLE, [touching]) == "contradicted"
    assert verdict_of(ARTICLE, [comparison("same", "same", Interval(199, 300))]) == "confirmed"
    assert verdict_of(Interval(100, math.inf), [comparison("same", "same", ABOVE)]) == "confirmed"


def test_grade_c_alone_confirms_nothing():
    weak = comparison("same", "same", INSIDE, grade="C")
    assert verdict_of(ARTICLE, [weak]) == "consistent"
    assert verdict_of(ARTICLE, [weak, comparison("same", "same", INSIDE, grade="B")]) == "confirmed"
    # It does contradict.
    assert verdict_of(ARTICLE, [comparison("same", "same", ABOVE, grade="C")]) == "contradicted"


def test_the_most_severe_verdict_counts():
    items = {
        "consistent": comparison("same", "earlier", BELOW),
        "confirmed": comparison("same", "same", INSIDE),
        "needs_context": comparison("different", "same", None),
        "in_tension": comparison("same", "earlier", ABOVE, monotone=True),
        "contradicted": comparison("same", "same", ABOVE),
    }
    given = list(items.values())
    assert [verdict_of(ARTICLE, given[: number + 1]) for number in range(len(given))] == list(items)
    assert verdict_of(ARTICLE, [comparison("context", "same", ABOVE)]) == verdict_of(None, []) == NOT_FOUND


def test_an_unknown_definition_is_refused():
    with pytest.raises(ValueError, match="found the definition 'broader'"):
        verdict_of(ARTICLE, [comparison("broader", "same", INSIDE)])


def test_stored_verdicts_are_what_the_rule_gives(facts, rules):
    """The figures' readings make no difference to any of them."""
    for rule in rules.values():
        for id_, row in facts.crosschecks.iterrows():
            assert crosscheck_verdict(facts, id_, rule) == row["verdict"], (id_, rule.name)


@pytest.mark.parametrize("grade", GRADES)
def test_all_links_are_those_of_each_cross_check(facts, grade):
    grouped = all_links(facts, grade)
    assert list(grouped) == list(facts.crosschecks.index)
    assert grouped == {id_: links_of(facts, id_, grade) for id_ in facts.crosschecks.index}
    used = [(id_, reference) for id_, links in grouped.items() for reference in links]
    good = [
        link for link in facts.crosscheck_references.index if facts.references.at[link[1], "grade"] <= grade
    ]
    assert sorted(used) == sorted(good)


@pytest.mark.parametrize("grade", GRADES)
def test_a_verdict_with_links_at_hand_is_the_same(facts, rules, grade):
    links = all_links(facts, grade)
    for rule in rules.values():
        found = verdicts(facts, rule, grade)
        for id_ in facts.crosschecks.index:
            assert (
                crosscheck_verdict(facts, id_, rule, grade)
                == verdict_with(facts, id_, rule, links[id_])
                == found[id_]
            )


def test_leaving_out_grade_c_loses_what_rests_on_it_alone(facts, rule):
    changed = {
        id_
        for id_, row in facts.crosschecks.iterrows()
        if crosscheck_verdict(facts, id_, rule, "B") == NOT_FOUND != row["verdict"]
    }
    assert changed == {
        "x_macao_zhuhai_rank",
        "x_hengqin_macao_funded",
        "x_nansha_registered",
        "x_hetao_national_labs",
        "x_synchrotron_universities",
        "x_li_unicorns",
        # Judgements.
        "x_hengqin_unicorns",
        "x_synchrotron_building",
        "x_joint_universities",
        "x_forum_cities",
    }
    assert crosscheck_verdict(facts, "x_hengqin_hightech", rule, "B") == "in_tension"
    assert crosscheck_verdict(facts, "x_hengqin_hightech", rule, "A") == NOT_FOUND


def test_each_reference_of_a_row_has_its_own_verdict(facts, rule):
    assert verdicts_by_reference(facts, "x_jointlabs_total", rule) == {
        "jointlabs_total_2022_02": "consistent",
        "jointlabs_total_2024_11": "consistent",
        "jointlabs_total_2026_01": "consistent",
        "jointlabs_funded_2023_04": "consistent",
    }
    assert verdicts_by_reference(facts, "x_cluster_rise", rule) == {}


def test_the_schema_and_the_rule_know_the_same_words():
    lists = {
        (resource["name"], field["name"]): set(field["constraints"]["enum"])
        for resource in read_datapackage(find_project())["resources"]
        for field in resource["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }
    assert lists["crosschecks", "verdict"] == set(VERDICTS)
    assert lists["crosscheck_references", "definition"] == set(DEFINITIONS)
    assert lists["references", "grade"] == set(GRADES)
