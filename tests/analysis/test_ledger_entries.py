"""The form of ledger entries, of derived, printed and counted values."""

import json
from fractions import Fraction

import pytest

from gba_analysis.analysis.derived import (
    count_entry,
    evaluate,
    indicator_entries,
    ledger_entries,
    parameter_entries,
)

FORM = {
    "key",
    "text",
    "low",
    "high",
    "low_open",
    "high_open",
    "unit",
    "inputs",
    "expression",
    "soundness",
    "condition",
    "printed",
    "word",
}


@pytest.fixture
def entries(facts, rules, values):
    """All derived and printed figures in the strict reading, where ends are open."""
    rule = rules["strict"]
    return ledger_entries(evaluate(facts, rule, values), facts) + indicator_entries(
        facts, rule, facts.indicators.index
    )


def test_every_entry_has_the_form(entries):
    for entry in entries:
        assert set(entry) == FORM
        assert all(entry["text"][lang] and lang in entry["condition"] for lang in ("en", "zh")), entry["key"]
        for end in ("low", "high"):
            # An end is a fraction as text, or none; an end that is missing is open.
            assert entry[f"{end}_open"] if entry[end] is None else Fraction(entry[end]) is not None


def test_entries_are_json(entries):
    assert json.loads(json.dumps(entries)) == entries


def test_keys_are_unique(entries):
    keys = [entry["key"] for entry in entries]
    assert len(keys) == len(set(keys))


def test_derived_entry(facts, rules, values):
    entry = by_key(
        ledger_entries(evaluate(facts, rules["conventional"], values), facts), "research.hkm_staff_share"
    )
    assert (entry["low"], entry["high"], entry["unit"]) == ("36000/2999", "13300/667", "percent")
    assert entry["text"] == {"en": "12.0–19.9\u00a0%", "zh": "12.0%–19.9%"}
    assert entry["inputs"] == ["jointlabs_hkm_staff", "jointlabs_staff"]
    assert entry["expression"] == "jointlabs_hkm_staff / jointlabs_staff * 100"
    assert entry["soundness"] == "conditional" and entry["condition"]["en"] and entry["printed"] == ""


def test_an_open_end_is_null(entries):
    entry = by_key(entries, "research.hours_per_team")
    assert (
        entry["high"] is None and entry["high_open"] and entry["low"] == "310000000/599" and entry["low_open"]
    )


def test_printed_figure_has_three_entries(facts, rules):
    reading, printed, stated = indicator_entries(facts, rules["conventional"], ["jointlabs_staff"])
    assert (reading["key"], printed["key"]) == (
        "research.jointlabs_staff",
        "research.jointlabs_staff_printed",
    )
    assert stated["key"] == "research.jointlabs_staff_stated"
    assert stated["text"] == {"en": "more than 2,000", "zh": "超2000名"}
    assert reading["text"] == {"en": "2,001–2,999", "zh": "2001–2999"}
    # In English, too, the printed form stays Chinese.
    assert printed["text"] == {"en": "超2000名", "zh": "超2000名"}
    assert reading["printed"] == printed["printed"] == "超2000名"
    assert reading["inputs"] == ["jointlabs_staff"] and (reading["low"], reading["high"]) == ("2001", "2999")


@pytest.mark.parametrize("id_", ["vague_startups", "name_p3"])
def test_a_figure_without_a_value_has_its_printed_form_only(facts, rule, id_):
    [entry] = indicator_entries(facts, rule, [id_])
    assert entry["key"].endswith("_printed") and entry["low"] is None and entry["high"] is None


@pytest.mark.parametrize(
    ("id_", "english"),
    [
        ("hengqin_hightech", "238"),
        ("hetao_match_rate", "82.4\u00a0%"),
        ("forum_scientists", "400-odd"),
        ("jointlabs_hkm_staff", "nearly 400"),
        ("li_unicorn_valuation", "more than 1 billion"),
        ("macao_zhuhai_rank", "top 100"),
        ("year_forum_first", "2021"),
    ],
)
def test_figures_as_running_text_states_them(facts, rules, id_, english):
    for rule in rules.values():
        stated = indicator_entries(facts, rule, [id_])[2]
        # The words are the article's, whatever the reading.
        assert stated["text"] == {"en": english, "zh": facts.indicators.loc[id_, "printed"]}


def test_parameter_entries(values):
    entries = parameter_entries("research", {**values, "usd_cny": 6.9}, ["usd_cny", "cores"])
    texts = {entry["key"]: entry["text"] for entry in entries}
    assert texts["research.cores"]["en"] == "10,000" and texts["research.usd_cny"] == {
        "en": "6.9",
        "zh": "6.9",
    }
    assert entries[1]["low"] == "69/10" and all(set(entry) == FORM for entry in entries)


def test_count_entry(facts):
    entry = count_entry(
        "evidence.share", Fraction(100, 7), facts.unit("percent"), ["jointlabs"], "1 / 7 * 100"
    )
    assert set(entry) == FORM and entry["low"] == entry["high"] == "100/7"
    assert entry["text"] == {"en": "14.3\u00a0%", "zh": "14.3%"} and entry["soundness"] == "sound"
    assert entry["expression"] == "1 / 7 * 100" and entry["inputs"] == ["jointlabs"]


def by_key(entries, key):
    return next(entry for entry in entries if entry["key"] == key)
