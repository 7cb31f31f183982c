"""Dates as numbers of years, written in either language: `2021`, `November 2021`, `2024–2025`, `since
2019`.
"""

from __future__ import annotations

import math

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# A month given as a fraction of a year is not exact in binary.
ROUNDING = 1e-6
PATTERNS = {
    "en": {"month": "{name} {year}", "year": "{year}", "years": "{year}–{last}", "since": "since {date}"},
    "zh": {"month": "{year}年{month}月", "year": "{year}年", "years": "{year}–{last}年", "since": "{date}起"},
}


def date_text(start: float, end: float, month_known: bool, ongoing: bool, lang: str) -> str:
    """The date from `start` to `end` (years; 2024 to 2026 = the years 2024 and 2025).

    month_known: write the month of `start`. ongoing: the date is the beginning of something that goes on.
    """
    patterns = PATTERNS[lang]
    year, last = math.floor(start + ROUNDING), last_year(start, end)
    month = math.floor((start - year) * 12 + ROUNDING) + 1
    pattern = patterns["month" if month_known else "years" if last > year and not ongoing else "year"]
    date = pattern.format(year=year, last=last, month=month, name=MONTHS[month - 1])
    return patterns["since"].format(date=date) if ongoing else date


def last_year(start: float, end: float) -> int:
    """The last year of the time from `start` to `end`; a time that ends as a year begins is not in that
    year.
    """
    return max(math.floor(start + ROUNDING), math.ceil(end - ROUNDING) - 1)
