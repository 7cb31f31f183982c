"""ISO years, and years with a month, as stretches of time. How a date is written does not belong here."""

from __future__ import annotations

from fractions import Fraction

MONTHS = 12


def period_ends(period: str) -> tuple[Fraction, Fraction]:
    """The beginning and the end, in years, of `2021` (2021 to 2022) or `2021-11`.

    Raises ValueError for a text of another form.
    """
    year, _, month = period.partition("-")
    if not month:
        return Fraction(int(year)), Fraction(int(year) + 1)
    end = int(year) + Fraction(int(month), MONTHS)
    return end - Fraction(1, MONTHS), end
