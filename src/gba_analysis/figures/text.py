"""Writing an interval in English or Chinese, as a reader expects it: `12.0–19.9 %`, `3.1亿–3.2亿`, `> 2,000`.

The unit's word is added by the caller, except for the percent sign, which belongs to the number. What an
interval means, and the markup around its text, do not belong here.

Rounding: an end is rounded to the nearest multiple of a power of ten, half to even, on exact fractions. Both
ends take the same power, the coarsest for which neither moves by more than a tenth of the interval's width
nor by more than half a percent of itself, so that ends that differ are written differently. A single number
moves by no more than 1/2000 of itself. Percentages have at least one decimal. Scientific notation is not
used."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from gba_analysis.figures.interval import Interval, finite
from gba_analysis.figures.units import WHOLE_KINDS, Unit

WIDTH_SHARE = Fraction(1, 10)
# A lower bound that is rounded up claims more than the figures support: it must stay small.
END_SHARE = Fraction(1, 200)
SINGLE_PERCENT_SHARE = Fraction(1, 20)
SINGLE_SHARE = Fraction(1, 2000)
# A number in millions or 亿 with more decimals is harder to read than in full. So only measures take a scale:
# counts and percentages, rounded to ones or finer, would have more.
SCALE_DECIMALS = 3
SCALES = {
    "en": {12: " trillion", 9: " billion", 6: " million"},
    "zh": {12: "万亿", 8: "亿", 4: "万"},
}
# English sets the sign off by a space that must not break (ISO 80000-1); Chinese does not.
PERCENT = {"en": "\N{NO-BREAK SPACE}%", "zh": "%"}
# Grouping starts at four digits in English, at five in Chinese (GB/T 15835-2011 lets four stand ungrouped).
UNGROUPED_BELOW = {"en": 1_000, "zh": 10_000}
# A dash next to a minus sign cannot be told from it.
TO = {"en": " to ", "zh": "至"}
UNLIMITED = {"en": "any value", "zh": "任意值"}


@cache
def interval_text(interval: Interval, unit: Unit, lang: str) -> str:
    """The text of `interval`, a figure in `unit`, without the unit's word.

    lang: `en` or `zh`. An interval from zero, or from minus infinity, is written by its upper end alone; one
    without an upper end by its lower end. Open and closed ends are told apart only there (`<` and `≤`). Whole
    numbers above 2000, [2001, ∞), are written as `> 2,000`. Money and other measures take million or 亿;
    counts do not."""
    sign, text = signed_text(interval, unit, lang)
    return f"{sign} {text}" if sign else text


@cache
def signed_text(interval: Interval, unit: Unit, lang: str) -> tuple[str, str]:
    """The sign before an interval that is written by one end (`<`, `≤`, `>`, `≥`, else ""), and the rest of
    its text, as `interval_text` has it.
    """
    if unit.kind == "calendar_year" and interval.bounded:
        interval = _years(interval)
    sign, ends = _written_ends(interval, unit.kind)
    if not ends:
        return "", UNLIMITED[lang]
    dash = TO[lang] if ends[0] < 0 else "–"
    return sign, dash.join(_end_texts(ends, unit.kind, lang))


def number_text(value: Fraction | int, unit: Unit, lang: str) -> str:
    """The text of one number in `unit`, as `interval_text` writes it."""
    return interval_text(Interval.point(value), unit, lang)


def exact_text(value: Fraction | int, decimals: int, unit: Unit, lang: str) -> str:
    """All digits of a number in `unit` as its source gives them, nothing rounded.

    decimals: how many the source gives; they matter for percentages, where 9.0 % says more than 9 %.
    """
    power = -decimals
    while unit.kind == "measure" and value and value % Fraction(10) ** (power + 1) == 0:
        power += 1
    multiple = round(value / Fraction(10) ** power)
    scale = _scale([multiple], power, lang) if unit.kind == "measure" else 0
    number = _grouped(Decimal(f"{multiple}e{power - scale}"), unit.kind, lang)
    return number + (PERCENT[lang] if unit.kind == "percent" else SCALES[lang].get(scale, ""))


def _years(interval: Interval) -> Interval:
    """The calendar years that `interval`, a span of time, touches."""
    last = math.ceil(interval.high) - 1 if interval.high_open else math.floor(interval.high)
    return Interval(math.floor(interval.low), last)


def _written_ends(interval: Interval, kind: str) -> tuple[str, tuple[Fraction, ...]]:
    """The sign to write, and the ends that are written: both, one, or none."""
    low, high = finite(interval.low), finite(interval.high)
    if low is not None and low == high:
        return "", (low,)
    if low is not None and high is not None and low != 0:
        return "", (low, high)
    if high is not None:
        if not interval.high_open and _is_whole(high, kind):
            # Print names the first whole number outside: 399 and fewer is "below 400".
            return "<", (high + 1,)
        return "<" if interval.high_open else "≤", (high,)
    if low is not None:
        if not interval.low_open and _is_whole(low, kind):
            return ">", (low - 1,)
        return ">" if interval.low_open else "≥", (low,)
    return "", ()


def _is_whole(end: Fraction, kind: str) -> bool:
    return kind in WHOLE_KINDS and end.denominator == 1


def _end_texts(ends: Sequence[Fraction], kind: str, lang: str) -> list[str]:
    """Each end's text; in English a scale or percent sign that the ends share is written once, at the
    last.
    """
    power = _rounding_power(ends, kind)
    multiples = [round(end / Fraction(10) ** power) for end in ends]
    scales = _scales(multiples, power, lang)
    numbers = [
        _grouped(Decimal(f"{multiple}e{power - scale}"), kind, lang)
        for multiple, scale in zip(multiples, scales, strict=True)
    ]
    suffixes = [PERCENT[lang] if kind == "percent" else SCALES[lang].get(scale, "") for scale in scales]
    if lang == "en":
        suffixes[:-1] = [""] * (len(suffixes) - 1)
    return [number + suffix for number, suffix in zip(numbers, suffixes, strict=True)]


def _rounding_power(ends: Sequence[Fraction], kind: str) -> int:
    """The power of ten to whose multiples `ends` are rounded; see the module's text."""
    # One power above the first digit, as 999,999.9 is best written as 1 million.
    power = {"percent": -1, "measure": _magnitude(max(ends, key=abs)) + 1}.get(kind, 0)
    while any(abs(end - _rounded(end, power)) > _allowed(end, ends, kind) for end in ends):
        power -= 1
    return power


def _rounded(end: Fraction, power: int) -> Fraction:
    unit = Fraction(10) ** power
    return round(end / unit) * unit


def _allowed(end: Fraction, ends: Sequence[Fraction], kind: str) -> Fraction:
    """How far `end` may move when it is rounded."""
    if len(ends) == 1:
        return abs(end) * (SINGLE_PERCENT_SHARE if kind == "percent" else SINGLE_SHARE)
    return min(abs(end) * END_SHARE, (ends[1] - ends[0]) * WIDTH_SHARE)


def _magnitude(end: Fraction) -> int:
    """The power of ten of the first digit of `end`; 0 for zero."""
    power = 0
    while abs(end) >= Fraction(10) ** (power + 1):
        power += 1
    while 0 < abs(end) < Fraction(10) ** power:
        power -= 1
    return power


def _scales(multiples: Sequence[int], power: int, lang: str) -> list[int]:
    """The power of ten in whose multiples each end, `multiples` of 10^power, is written: 6 for million, 0 for
    none.
    """
    if lang == "zh":
        return [_scale([multiple], power, lang) for multiple in multiples]
    return [_scale(multiples, power, lang)] * len(multiples)


def _scale(multiples: Sequence[int], power: int, lang: str) -> int:
    sizes = [abs(multiple) * Fraction(10) ** power for multiple in multiples if multiple]
    fits = (
        scale
        for scale in SCALES[lang]
        if scale - power <= SCALE_DECIMALS and min(sizes, default=0) >= 10**scale
    )
    return next(fits, 0)


def _grouped(number: Decimal, kind: str, lang: str) -> str:
    """All digits of `number`, in groups of three if there are many, with a true minus sign; a year is not
    grouped.
    """
    plain = kind == "calendar_year" or abs(number) < UNGROUPED_BELOW[lang]
    return f"{number:{'' if plain else ','}f}".replace("-", "\N{MINUS SIGN}")
