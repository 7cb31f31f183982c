"""Dates as numbers of years, written in either language: `2021`, `November 2021`, `2024–2025`, `since
2019`.
"""

from __future__ import annotations

import math

from gba_analysis.figures.period import MONTHS
from gba_analysis.words import say

# A month given as a fraction of a year is not exact in binary.
ROUNDING = 1e-6


def date_text(start: float, end: float, lang: str, *, month_known: bool, ongoing: bool) -> str:
    """The date from `start` to `end` (years; 2024 to 2026 = the years 2024 and 2025).

    month_known: write the month of `start`. ongoing: the date is the beginning of something that goes on.
    """
    year, last = math.floor(start + ROUNDING), last_year(start, end)
    if month_known:
        month = math.floor((start - year) * MONTHS + ROUNDING) + 1
        date = say("period.month", lang, year=year, month=say(f"month.{month}", lang))
    elif last > year and not ongoing:
        date = say("event_date.years", lang, year=year, last=last)
    else:
        date = say("period.year", lang, year=year)
    return say("event_date.since", lang, date=date) if ongoing else date


def last_year(start: float, end: float) -> int:
    """The last year of the time from `start` to `end`; a time that ends as a year begins is not in that
    year.
    """
    return max(math.floor(start + ROUNDING), math.ceil(end - ROUNDING) - 1)
