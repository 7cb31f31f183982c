"""The key figures: their values are the ledger's under any parameters, and what is said of them is what the
data say.
"""

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from gba_analysis.analysis import derived
from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.key_figures import COLUMNS, card_entries, cards
from gba_analysis.analysis.key_values import value_source
from gba_analysis.analysis.verdicts import verdict_entries
from gba_analysis.figures.verdict_rule import VERDICTS

LANGS = ("en", "zh")
READINGS = ("strict", "conventional", "tight")


@pytest.fixture
def made(facts, rules, values):
    """A function: the cards by key under a reading."""

    def make(reading="conventional", lang="en", min_grade="C"):
        table = cards(facts, rules[reading], values, min_grade)
        return in_words(table, facts, lang).set_index("key")

    return make


def ledger(facts, rule, values):
    """What the theme's notebooks publish, by key."""
    printed = derived.indicator_entries(facts, rule, facts.indicators.index)
    return {
        entry["key"]: entry
        for entry in [*printed, *derived.ledger_entries(derived.evaluate(facts, rule, values), facts)]
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("reading", READINGS)
def test_values_and_texts_are_the_ledgers(facts, rules, values, made, reading, lang):
    published = ledger(facts, rules[reading], values)
    lookup = value_source(facts)({**values, "reading": reading})
    table = made(reading, lang)
    assert list(table.reset_index().columns) == list(COLUMNS)
    assert list(table.index) == list(facts.key_figures.index) and len(table) >= 8
    for key, row in table.iterrows():
        low, high = (published[key][end] for end in ("low", "high"))
        assert row["low"] == (-math.inf if low is None else float(Fraction(low))) == float(lookup[key].low)
        assert row["high"] == (math.inf if high is None else float(Fraction(high))) == float(lookup[key].high)
        assert row["text"] == published[key]["text"][lang]
        assert row["unit_id"] == published[key]["unit"]


def test_a_card_by_hand(made):
    """Against the article: 超2000名固定科研人员; 4 of 35 laboratories; 近400人 of 超2000名."""
    staff = made().loc["research.jointlabs_staff"]
    assert (staff["label"], staff["detail"]) == (
        "Permanent research staff",
        "of the joint laboratories; no date",
    )
    assert (staff["printed"], staff["text"], staff["unit"]) == ("超2000名", "2,001–2,999", "persons")
    assert (staff["mark"], staff["verdict"], staff["computed"]) == ("○", "not found", False)
    share = made(lang="zh").loc["research.hkm_staff_share"]
    assert (share["printed"], share["text"], share["unit"]) == ("近400人、超2000名", "12.0%–19.9%", "")
    assert (share["soundness"], share["mark"], share["computed"]) == ("conditional", "", True)
    assert made().loc["research.hkm_led_share", "low"] == pytest.approx(400 / 35)


def test_readings_change_the_ends_and_strict_leaves_them_open(made):
    strict, usual, tight = (made(reading) for reading in READINGS)
    assert (strict["high"] == math.inf).sum() == 3 and not (usual["high"] == math.inf).any()
    assert strict.loc["research.jointlabs_staff", "text"] == "> 2,000"
    assert strict.loc["industry.hk_listed", "high"] == math.inf
    assert (
        tight.loc["research.jointlabs_staff", "high"]
        == 2200
        < usual.loc["research.jointlabs_staff", "high"]
        == 2999
    )
    exact = usual.index[usual["low"] == usual["high"]]
    assert list(strict.loc[exact, "text"]) == list(usual.loc[exact, "text"])


def test_a_tolerance_changes_the_cards(facts, rules, values):
    rule = replace(rules["conventional"], near_shortfall=Fraction(1, 2))
    wide = cards(facts, rule, values).set_index("key")
    assert wide.loc["research.hkm_staff_share", "low"] == pytest.approx(200 / 2999 * 100)


@pytest.mark.parametrize("min_grade", ["A", "B", "C"])
def test_verdicts_are_those_of_the_cross_checks(facts, rule, made, min_grade):
    said = {entry["key"]: entry["text"] for entry in verdict_entries(facts, rule, min_grade)}
    marks = {
        facts.words.say(f"verdict.{name}", "en"): facts.words.say(f"verdict_mark.{name}", "en")
        for name in VERDICTS
    }
    for key, row in made(min_grade=min_grade).iterrows():
        crosscheck = facts.key_figures.loc[key, "crosscheck_id"]
        expected = said[f"verdict.{crosscheck.removeprefix('x_')}"]["en"] if crosscheck else ""
        assert (row["verdict"], row["mark"]) == (expected, marks.get(expected, ""))


def test_sources_of_a_lower_grade_can_be_left_out(made):
    assert made()["verdict"]["platforms.hengqin_macao_funded"] == "consistent"
    assert made(min_grade="A")["verdict"]["platforms.hengqin_macao_funded"] == "not found"


def test_times_are_the_texts(made):
    assert made().loc["openness.forum_cadence", "detail"].endswith("; 2021–2025")
    assert made().loc["platforms.hengqin_hightech", "detail"].endswith("; in total, no date")
    assert made(lang="zh").loc["platforms.hengqin_hightech", "detail"].endswith("；累计，未注明时间")


def test_a_phrase_stands_where_a_year_is_missing(facts, rule, values):
    figures = facts.key_figures.rename(index={"research.jointlabs": "platforms.nansha_projects"})
    changed = replace(facts, key_figures=figures)
    table = in_words(cards(changed, rule, values), changed, "en").set_index("key")
    assert table.loc["platforms.nansha_projects", "detail"].endswith(
        "; in total, since the pilot start-up area opened"
    )


def by_key(facts, table, min_grade="C"):
    return {entry["key"]: entry for entry in card_entries(facts, table, min_grade)}


@pytest.mark.parametrize("reading", READINGS)
def test_the_title_counts_exact_values_and_ranges(facts, made, reading):
    table = made(reading)
    entries = by_key(facts, table)
    exact = sum(low == high for low, high in zip(table["low"], table["high"], strict=True))
    assert 0 < exact < len(table)
    counts = {name: entries[f"cards.{name}"]["text"]["en"] for name in ("total", "exact", "ranges")}
    assert counts == {"total": "12", "exact": str(exact), "ranges": str(12 - exact)}
    title = entries["title.cards"]["text"]
    assert (
        title["en"]
        == f"Of 12 key figures, the article supports {exact} exactly and {12 - exact} only as ranges."
    )
    assert title["zh"] == f"12项关键数字中，文章支持确数的有{exact}项，只支持区间的有{12 - exact}项。"
    assert len(title["en"].split()) <= 15


def test_the_title_follows_the_figures(facts, rule, values):
    one = replace(facts, key_figures=facts.key_figures.loc[["research.jointlabs_staff"]])
    title = by_key(one, cards(one, rule, values))["title.cards"]["text"]["en"]
    assert title == "Of 1 key figures, the article supports 0 exactly and 1 only as ranges."


def test_the_note_names_the_sources_of_the_verdicts(facts, made):
    note = by_key(facts, made())["note.cards"]["text"]
    assert note["en"].startswith("Source: the article; of the verdicts: grade A [1]; grade B [19]")
    assert note["zh"].startswith("来源：文章；核对结论的来源：A级[1]；B级[19]")
    best = by_key(facts, made(), "A")["note.cards"]["text"]["en"]
    assert best == "Source: the article; of the verdicts: grade A [1]."
    none = replace(facts, key_figures=facts.key_figures.assign(crosscheck_id=""))
    assert by_key(none, made())["note.cards"]["text"]["en"] == "Source: the article."
