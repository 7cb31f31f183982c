"""The tables of research and industry: values a reader sees, one unit per chart."""

import math

from gba_analysis.analysis import industry, research
from gba_analysis.analysis.cells import in_words


def test_laboratories(facts, rule, values):
    table = in_words(research.laboratories(facts, rule, values), facts, "en")
    assert list(table["text"]) == ["35", "4", "31"] and set(table["soundness"]) == {"sound"}


def test_people_under_the_readings(facts, rules):
    assert list(in_words(research.people(facts, rules["conventional"]), facts, "en")["text"]) == [
        "2,001–2,999",
        "360–399",
        "90–99",
    ]
    strict = in_words(research.people(facts, rules["strict"]), facts, "en")
    assert list(strict["high"]) == [math.inf, 399.0, 99.0] and list(strict["low"]) == [2001.0, 0.0, 0.0]


def test_research_shares_are_percentages_only(facts, rule, values):
    assert all(
        text.endswith("%") for text in in_words(research.shares(facts, rule, values), facts, "zh")["text"]
    )


def test_facilities_have_their_units(facts, rule):
    table = in_words(research.facilities(facts, rule), facts, "en")
    assert table.loc["supercomputing_core_hours", "reading"] == "310–320 million core-hours"
    assert table.loc["hetao_match_rate", "reading"] == "82.35–82.45\u00a0%"
    assert table.loc["csns_experiments", "printed"] == "超100项"


def test_cores_change_the_machine_years(facts, rule, values):
    few, many = (
        research.computing(facts, rule, {**values, "cores": cores}).loc["research.machine_years", "value"]
        for cores in (10_000, 1_000_000)
    )
    assert few.interval.low == many.interval.low * 100


def test_incubation_chain(facts, rules, values):
    table = in_words(industry.incubation(facts, rules["conventional"], values), facts, "en")
    assert list(table["text"]) == ["141–149", "113–119", "6"]
    assert list(table["soundness"]) == ["sound", "conditional", "conditional"]
    assert list(in_words(industry.incubation(facts, rules["strict"], values), facts, "en")["text"]) == [
        "> 140",
        "> 112",
        "6",
    ]


def test_cross_border_counts_stand_without_a_ratio(facts, rule):
    table = in_words(industry.cross_border(facts, rule), facts, "en")
    assert list(table["reading"]) == ["15 enterprises", "2,788 enterprises", "251–259 enterprises"]
    assert not table["reading"].str.contains("%").any()


def test_pathology(facts, rule):
    readings = in_words(industry.pathology(facts, rule), facts, "zh")["reading"]
    assert list(readings) == ["20,001–29,999例", "21–29个", "14.5%–15.5%", "11–19家"]


def test_money_in_both_currencies(facts, rules, values):
    table = in_words(industry.money(facts, rules["strict"], values), facts, "en")
    assert list(table["usd"]) == ["> 1 billion US dollars", "> 6 billion US dollars"]
    assert list(table["yuan"]) == ["> 7.1 billion yuan", "> 42.6 billion yuan"]
    # The sum is not printed.
    assert list(table["printed"]) == ["超10亿美元", "–"]
    dearer = in_words(industry.money(facts, rules["strict"], {**values, "usd_cny": 8}), facts, "zh")
    assert list(dearer["yuan"]) == ["> 80亿元", "> 480亿元"]


def test_charts_get_one_unit(facts, rule, values):
    """A chart has one axis, so the figures behind its rows must share their unit."""
    units = facts.indicators.loc[list(research.PEOPLE), "unit"]
    assert set(units) == {"persons"}
    for ids in (["jointlabs", "jointlabs_hkm_led"], ["li_firms", "li_unicorns"]):
        assert facts.indicators.loc[ids, "unit"].nunique() == 1
    derived = facts.derived["unit"]
    assert derived["research.mainland_led"] == facts.indicators.loc["jointlabs", "unit"]
    assert derived["industry.li_survivors"] == facts.indicators.loc["li_firms", "unit"]
    assert derived["platforms.hengqin_other"] == facts.indicators.loc["hengqin_hightech", "unit"]
