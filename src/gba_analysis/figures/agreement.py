"""How far two readers agree who gave verdicts on the same cross-checks (data/codings.csv).

    agreement([("consistent", "consistent"), ("confirmed", "consistent")])   # Agreement(2, 1, 0.0)

Which verdict is shown is stored in crosschecks.csv and bounded by `verdict_rule`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gba_analysis.figures.tables import Facts

CODERS = (1, 2)


@dataclass(frozen=True)
class Agreement:
    """pairs: how many things both have judged. alike: how many alike. kappa: Cohen's, from -1 to 1; None if
    chance alone would make them agree on everything.
    """

    pairs: int
    alike: int
    kappa: Fraction | None

    @property
    def percent(self) -> Fraction:
        """The share judged alike, in percent."""
        return Fraction(100 * self.alike, self.pairs)


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of two coders. pairs: the two words given to each thing, at least one pair.

    kappa = (observed - expected) / (1 - expected); expected: the share of agreement if each coder had drawn
    from their own words at random (J. Cohen, 1960)."""
    count = len(pairs)
    alike = sum(one == other for one, other in pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = Fraction(sum(first[word] * second[word] for word in first), count * count)
    observed = Fraction(alike, count)
    return Agreement(count, alike, None if expected == 1 else (observed - expected) / (1 - expected))


def coded_pairs(facts: Facts) -> dict[str, tuple[str, str]]:
    """What the two coders gave to each cross-check that both have judged, by its id in the file's order."""
    rows = facts.rows("codings")
    ids = dict.fromkeys(crosscheck for crosscheck, _ in rows)
    return {
        id_: (rows[id_, CODERS[0]]["verdict"], rows[id_, CODERS[1]]["verdict"])
        for id_ in ids
        if all((id_, coder) in rows for coder in CODERS)
    }
