"""The agreement of two coders: hand-made cases, and the codings as they stand."""

from fractions import Fraction

import pytest

from gba_analysis.figures.agreement import agreement, coded_pairs


@pytest.mark.parametrize(
    ("pairs", "alike", "kappa"),
    [
        # Both use both words half of the time: chance gives a half.
        (["aa", "aa", "bb", "bb"], 4, Fraction(1)),
        (["aa", "ab", "ba", "bb"], 2, Fraction(0)),
        (["ab", "ba"], 0, Fraction(-1)),
        # 3 of 4 alike; chance: (2 x 1 + 2 x 3) / 16 = 1/2.
        (["aa", "ab", "bb", "bb"], 3, Fraction(1, 2)),
        # One word alone: chance explains all.
        (["aa", "aa"], 2, None),
    ],
)
def test_kappa_by_hand(pairs, alike, kappa):
    found = agreement([tuple(pair) for pair in pairs])
    assert (found.pairs, found.alike, found.kappa) == (len(pairs), alike, kappa)
    assert found.percent == Fraction(100 * alike, len(pairs))


def test_nothing_coded_has_no_agreement():
    with pytest.raises(ZeroDivisionError):
        agreement([])


def test_every_judgement_was_read_twice(facts):
    pairs = coded_pairs(facts)
    judged = facts.crosschecks.index[facts.crosschecks["basis"] == "judgement"]
    assert set(pairs) == set(judged)
    assert [id_ for id_, (one, other) in pairs.items() if one != other] == ["x_forum_record"]
