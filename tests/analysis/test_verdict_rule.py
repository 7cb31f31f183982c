"""The verdict rule, case by case as data/README.md words it, and on the real cross-checks."""

import math
from dataclasses import replace

import pytest

from gba_analysis.analysis.verdicts import verdicts
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.grade_rule import GRADES
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.verdict_rule import (
    DEFINITIONS,
    NOT_FOUND,
    VERDICTS,
    ReferenceFigure,
    ReferenceUse,
    all_links,
    crosscheck_verdict,
    deciding,
    deciding_link,
    highest,
    is_after,
    links_of,
    may_confirm,
    verdict_of,
    verdict_with,
    verdicts_by_reference,
)
from gba_analysis.project import find_project

ARTICLE = Interval(100, 199)
BELOW, INSIDE, ABOVE = Interval(20, 30), Interval(150, 250), Interval(300, 310)


def link(definition="same", timing="same", monotone=False, grade="A", confirms=True, **other):
    return ReferenceUse(
        definition=definition, timing=timing, monotone=monotone, grade=grade, confirms=confirms, **other
    )


def comparison(definition, timing, interval, monotone=False, **source):
    return ReferenceFigure(use=link(definition, timing, monotone, **source), interval=interval)


# definition, timing, monotone; the verdict for a reference below, inside and above the article's figure.
CASES = [
    ("same", "same", False, "contradicted", "confirmed", "contradicted"),
    ("same", "same", True, "contradicted", "confirmed", "contradicted"),
    ("same", "recent", False, "consistent", "consistent", "needs_context"),
    ("same", "recent", True, "consistent", "consistent", "in_tension"),
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


def test_a_source_that_may_not_confirm_gives_consistent():
    weak = comparison("same", "same", INSIDE, grade="B", confirms=False)
    assert verdict_of(ARTICLE, [weak]) == "consistent"
    assert verdict_of(ARTICLE, [weak, comparison("same", "same", INSIDE, grade="B")]) == "confirmed"
    # What it excludes it excludes, whoever says it.
    assert verdict_of(ARTICLE, [comparison("same", "same", ABOVE, confirms=False)]) == "contradicted"


def test_grade_c_alone_contradicts_nothing():
    repost = comparison("same", "same", ABOVE, grade="C", confirms=False)
    assert verdict_of(ARTICLE, [repost]) == "in_tension"
    assert verdict_of(ARTICLE, [repost, comparison("same", "same", ABOVE, grade="B")]) == "contradicted"


SOURCE = {
    "grade": "B",
    "independence": "independent",
    "date_inferred": False,
    "published_on": "2024-11-19",
    "event_on": "2024-11-18",
    "period": "2024-11",
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"grade": "A"}, True),
        ({"published_on": "2024-11-18"}, True),
        ({"event_on": "", "published_on": "2024-11"}, True),
        ({"grade": "C"}, False),
        ({"independence": "party"}, False),
        ({"independence": ""}, False),
        ({"date_inferred": True}, False),
        ({"published_on": "2024-11-07"}, False),
        ({"published_on": "2024-11"}, False),
        ({"published_on": "2024"}, False),
        ({"event_on": "", "published_on": "2024-10-31"}, False),
    ],
)
def test_who_may_confirm(changed, expected):
    """A party, an announcement, a repost, and a day that is not known confirm nothing."""
    assert may_confirm(SOURCE | changed) is expected


@pytest.mark.parametrize(
    ("published", "done", "expected"),
    [
        ("2025", "2024-12", True),
        ("2024-12", "2025", False),
        ("2025-01-02", "2025", True),
        ("2025", "2025-01-02", False),
        ("2025-02-01", "2025-01-31", True),
        ("2025-01-30", "2025-01-31", False),
    ],
)
def test_dates_of_unlike_precision(published, done, expected):
    assert is_after(published, done) is expected


@pytest.mark.parametrize(
    ("verdict", "links", "expected"),
    [
        ("confirmed", [link()], "confirmed"),
        ("confirmed", [link(confirms=False), link("wider")], "consistent"),
        ("confirmed", [link("narrower"), link(timing="recent")], "consistent"),
        ("confirmed", [link("context")], "consistent"),
        ("contradicted", [link("different", grade="B")], "contradicted"),
        ("contradicted", [link(grade="C"), link("context", grade="A")], "in_tension"),
        ("in_tension", [link(grade="C", confirms=False)], "in_tension"),
        ("needs_context", [link(grade="C", confirms=False)], "needs_context"),
    ],
)
def test_no_judgement_above_what_its_sources_carry(verdict, links, expected):
    assert highest(verdict, dict(enumerate(links))) == expected


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
    better = {id_: crosscheck_verdict(facts, id_, rule, "B") for id_ in facts.crosschecks.index}
    stored = facts.crosschecks["verdict"]
    assert {id_ for id_, verdict in better.items() if verdict == NOT_FOUND != stored[id_]} == {
        "x_macao_zhuhai_rank",
        "x_hengqin_macao_funded",
        "x_nansha_registered",
        "x_hetao_national_labs",
        "x_hetao_national_platforms",
        "x_synchrotron_universities",
        "x_hk_listed",
        "x_li_unicorns",
        # Judgements.
        "x_synchrotron_building",
        "x_joint_universities",
    }
    # The other set that made it need context is told of by a repost and an account alone.
    assert {id_ for id_, verdict in better.items() if verdict not in (NOT_FOUND, stored[id_])} == {
        "x_nansha_projects"
    }
    assert better["x_hengqin_hightech"] == "in_tension"
    assert crosscheck_verdict(facts, "x_hengqin_hightech", rule, "A") == NOT_FOUND


def test_a_judgement_falls_with_the_source_that_carries_it(facts, rule):
    links = links_of(facts, "x_nansha_pilot_open")
    assert verdict_with(facts, "x_nansha_pilot_open", rule, links) == "confirmed"
    party = {id_: replace(item, confirms=False) for id_, item in links.items()}
    assert verdict_with(facts, "x_nansha_pilot_open", rule, party) == "consistent"
    assert verdict_with(facts, "x_nansha_pilot_open", rule, {}) == NOT_FOUND


def test_by_rule_those_decide_that_give_the_verdict_alone(facts, rule):
    links = links_of(facts, "x_forum_first")
    assert deciding(facts, "x_forum_first", rule, links) == ["forum_founded_2021"]
    assert deciding_link(facts, "x_forum_first", rule, links).grade == "B"
    # The announcement is left, which confirms nothing.
    del links["forum_founded_2021"]
    assert deciding(facts, "x_forum_first", rule, links) == ["forum_edition_2021_12"]
    assert deciding_link(facts, "x_forum_first", rule, links).party
    assert deciding(facts, "x_four_platforms", rule, {}) == []
    assert deciding_link(facts, "x_four_platforms", rule, {}) is None


def test_a_judgement_says_what_it_rests_on(facts, rule):
    links = links_of(facts, "x_cluster_rise")
    found = deciding(facts, "x_cluster_rise", rule, links)
    assert "gii_method_2025" in found and "gii_cluster_rank_intensity_2025" not in found
    assert deciding_link(facts, "x_cluster_rise", rule, links).grade == "A"
    better = links_of(facts, "x_cluster_rise", "A")
    assert deciding(facts, "x_cluster_rise", rule, better) == ["gii_method_2025"]


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
