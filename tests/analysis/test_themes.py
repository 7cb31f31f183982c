"""The tables of research and industry: values a reader sees, one unit per chart, equal in both languages."""

import math

import pandas as pd
import pytest

from gba_analysis.analysis import industry, research

WITH_PARAMETERS = [
    research.laboratories,
    research.shares,
    research.computing,
    research.hours_per_team,
    research.machine_years,
    research.funding,
    industry.incubation,
    industry.incubation_values,
    industry.money,
]
WITHOUT = [research.people, research.facilities, industry.cross_border, industry.pathology]


@pytest.fixture
def tables(facts, values):
    """A function: every table of both themes under a rule, in a language, by its function."""

    def make(rule, lang):
        with_parameters = {function: function(facts, rule, values, lang) for function in WITH_PARAMETERS}
        return with_parameters | {function: function(facts, rule, lang) for function in WITHOUT}

    return make


def test_laboratories(facts, rule, values):
    table = research.laboratories(facts, rule, values, "en")
    assert list(table["text"]) == ["35", "4", "31"] and set(table["soundness"]) == {"sound"}


def test_people_under_the_readings(facts, rules):
    assert list(research.people(facts, rules["conventional"], "en")["text"]) == [
        "2,001–2,999",
        "360–399",
        "90–99",
    ]
    strict = research.people(facts, rules["strict"], "en")
    assert list(strict["high"]) == [math.inf, 399.0, 99.0] and list(strict["low"]) == [2001.0, 0.0, 0.0]


def test_research_shares_are_percentages_only(facts, rule, values):
    assert all(text.endswith("%") for text in research.shares(facts, rule, values, "zh")["text"])


def test_facilities_have_their_units(facts, rule):
    table = research.facilities(facts, rule, "en")
    assert table.loc["supercomputing_core_hours", "reading"] == "310–320 million core-hours"
    assert table.loc["hetao_match_rate", "reading"] == "82.35–82.45\u00a0%"
    assert table.loc["csns_experiments", "printed"] == "超100项"


def test_cores_change_the_machine_years(facts, rule, values):
    few, many = (
        research.machine_years(facts, rule, {**values, "cores": cores}, "en") for cores in (10_000, 1_000_000)
    )
    assert list(few["low"]) == pytest.approx([low * 100 for low in many["low"]])


def test_funding_in_both_currencies(facts, rule, values):
    [row] = research.funding(facts, rule, {**values, "usd_cny": 7.6}, "en").to_dict("records")
    # 38 million yuan at 7.6 are 5 million dollars.
    assert (row["printed"], row["yuan"], row["usd"]) == (
        "3800万元",
        "38 million yuan",
        "5 million US dollars",
    )


def test_incubation_chain(facts, rules, values):
    table = industry.incubation(facts, rules["conventional"], values, "en")
    assert list(table["text"]) == ["141–149", "113–119", "6"]
    assert list(table["soundness"]) == ["sound", "conditional", "conditional"]
    assert list(industry.incubation(facts, rules["strict"], values, "en")["text"]) == ["> 140", "> 112", "6"]


def test_cross_border_counts_stand_without_a_ratio(facts, rule):
    table = industry.cross_border(facts, rule, "en")
    assert list(table["reading"]) == ["15 enterprises", "2,788 enterprises", "251–259 enterprises"]
    assert not table["reading"].str.contains("%").any()


def test_pathology(facts, rule):
    readings = industry.pathology(facts, rule, "zh")["reading"]
    assert list(readings) == ["20,001–29,999例", "21–29个", "14.5%–15.5%", "11–19家"]


def test_money_in_both_currencies(facts, rules, values):
    table = industry.money(facts, rules["strict"], values, "en")
    assert list(table["usd"]) == ["> 1 billion US dollars", "> 6 billion US dollars"]
    assert list(table["yuan"]) == ["> 7.1 billion yuan", "> 42.6 billion yuan"]
    # The sum is not printed.
    assert list(table["printed"]) == ["超10亿美元", "–"]
    dearer = industry.money(facts, rules["strict"], {**values, "usd_cny": 8}, "zh")
    assert list(dearer["yuan"]) == ["> 80亿元", "> 480亿元"]


@pytest.mark.parametrize("reading", ["strict", "conventional", "tight"])
def test_languages_give_the_same_numbers(tables, rules, reading):
    english, chinese = tables(rules[reading], "en"), tables(rules[reading], "zh")
    for function, table in english.items():
        same = [name for name in table.columns if name in ("low", "high", "printed")]
        assert list(table.columns) == list(chinese[function].columns), function
        pd.testing.assert_frame_equal(table[same], chinese[function][same])


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
