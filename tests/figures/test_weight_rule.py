"""Weights: four things that are known beforehand, and nothing of what was found."""

from dataclasses import replace

import pytest

from gba_analysis.figures.weight_rule import HEAVIEST, weight


@pytest.mark.parametrize(
    ("crosscheck", "expected"),
    [
        # Soft, no figure, no card.
        ("x_forum_record", 1),
        # Hard, no figure.
        ("x_nansha_pilot_open", 2),
        # Hard, a year.
        ("x_forum_first", 3),
        # Hard, a figure that counts.
        ("x_li_unicorns", 4),
        # The same on a card.
        ("x_hengqin_hightech", HEAVIEST),
        # Soft and without a figure of its own, on a card.
        ("x_li_same_base", 2),
    ],
)
def test_each_of_four_things_adds_one(facts, crosscheck, expected):
    assert weight(facts, crosscheck) == expected


def test_an_unknown_cross_check_has_no_weight(facts):
    with pytest.raises(KeyError):
        weight(facts, "x_nothing")


def test_what_was_found_changes_no_weight(facts):
    """Other verdicts, bases, reasons, sources and grades leave every weight as it is."""
    before = {id_: weight(facts, id_) for id_ in facts.crosschecks.index}
    found = {"verdict": "contradicted", "basis": "judgement", "reason_en": "", "reason_zh": ""}
    other = replace(
        facts,
        crosschecks=facts.crosschecks.assign(**found),
        references=facts.references.assign(grade="C"),
        crosscheck_references=facts.crosscheck_references.head(0),
    )
    assert {id_: weight(other, id_) for id_ in before} == before
    assert set(before.values()) == set(range(1, HEAVIEST + 1))
