"""How figures are said: with their bound, with their unit's word, within a sentence. In one language each.

Imports nothing heavy. What a cell of a table is belongs to `cells`; how a bare number is written, to
`figures.text`.
"""

from __future__ import annotations

from fractions import Fraction

from gba_analysis.figures.interval import Interval
from gba_analysis.figures.text import exact_text, interval_text, number_text, signed_text
from gba_analysis.figures.units import Unit
from gba_analysis.words import Words, say

# Units whose word follows the number; the others are said by the number itself (a percent sign, a year) or by
# the name.
SPOKEN_KINDS = ("count", "measure")
# The unit of things without a common word for them: "1 item" would say less than "1".
UNSPOKEN = "count"
# English sets the unit off by a space, Chinese does not.
UNIT_SPACE = {"en": " ", "zh": ""}
# The sign of an interval with one end, and the bound that a sentence says instead.
SIGNS = {"<": "under", ">": "over", "≤": "up_to", "≥": "at_least"}
# A source's qualifier, and the bound that a sentence says; the others are said as a chart writes them.
BOUNDS = {"about_under": "under", "over": "over", "at_least": "at_least", "about": "about"}


def label(text: str) -> str:
    """A name from data/ as it begins a row: English with a capital, Chinese as it is."""
    return text[:1].upper() + text[1:]


def inner(text: str) -> str:
    """A name as it stands within a sentence: English begins small, Chinese stays."""
    return text[:1].lower() + text[1:]


def place(words: Words, section: int, paragraph: int, lang: str) -> str:
    """Where a figure stands: `1.2` is part 1, paragraph 2; the opening and the caption are one paragraph
    each. words: with those of the article.
    """
    name = words.say(f"place.{section}", lang)
    return f"{name}.{paragraph}" if name.isdigit() else name


def unit_name(unit: Unit, lang: str) -> str:
    """The unit's word."""
    return {"en": unit.name_en, "zh": unit.name_zh}[lang]


def is_spoken(unit: Unit) -> bool:
    """Whether the unit's word follows its numbers."""
    return unit.kind in SPOKEN_KINDS and unit.id != UNSPOKEN


def plain_number(value: Fraction, lang: str) -> str:
    """A number without a unit: `0.145`, `35,389`. A whole one, such as a count of cores, is not rounded."""
    kind = "count" if value.denominator == 1 else "measure"
    return number_text(value, Unit(id="", kind=kind, name_en="", name_zh=""), lang)


def quantity(interval: Interval, unit: Unit, lang: str) -> str:
    """The text of `interval` with its unit's word, where a word is usual: `2,001–2,999 persons`,
    `2001–2999人`.
    """
    text = interval_text(interval, unit, lang)
    return f"{text}{UNIT_SPACE[lang]}{unit_name(unit, lang)}" if is_spoken(unit) else text


def said(interval: Interval, unit: Unit, lang: str) -> str:
    """`interval` as a sentence says it: `over 2,000`, `超过2000`."""
    sign, ends = signed_text(interval, unit, lang)
    return say(f"bound.{SIGNS[sign]}", lang, number=ends) if sign else ends


def stated(printed: str, value: Fraction, qualifier: str, unit: Unit, lang: str) -> str:
    """A printed figure as running text says it, without the unit's word: `more than 2,000`, `超2000名`."""
    number = number_text(value, unit, lang)
    if unit.kind == "percent" and value.denominator == 1:
        # A decimal that the article does not print would claim more than it says.
        number = number.replace(".0", "")
    return say(f"stated.{qualifier}", lang, number=number, printed=printed)


def reported(value: Fraction, decimals: int, qualifier: str, unit: Unit, lang: str) -> str:
    """Another source's figure with its bound in words, without the unit's word: `more than 60`, `超过60`."""
    return say(f"reported.{qualifier}", lang, number=exact_text(value, decimals, unit, lang))


def short(value: Fraction, decimals: int, qualifier: str, unit: Unit, lang: str) -> str:
    """A figure with its bound as a chart writes it, without the unit's word: `> 60`, `超60`."""
    key = "exact" if qualifier == "reach" else qualifier
    return say(f"short.{key}", lang, number=exact_text(value, decimals, unit, lang))


def reported_within(value: Fraction, decimals: int, qualifier: str, unit: Unit, lang: str) -> str:
    """Another source's figure as a title says it: `over 60`, `超过60`."""
    if qualifier not in BOUNDS:
        return short(value, decimals, qualifier, unit, lang)
    return say(f"bound.{BOUNDS[qualifier]}", lang, number=exact_text(value, decimals, unit, lang))


def axis_title(unit: Unit, lang: str) -> str:
    """The title of a value axis for figures in `unit`: `Number of persons`, `数量（人）`; of kinds other than
    counts the unit's name.
    """
    return say(f"axis.{unit.kind if unit.kind == 'count' else 'other'}", lang, unit=unit_name(unit, lang))
