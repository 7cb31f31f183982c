"""The cells of the tables of `analysis`: keys, ids and intervals, and the one place where they become texts.

A table holds no word of any language. What a reader sees of a cell is made at the edge, where a chart or a
table leaves a notebook or a title is published:

    cell = Word("verdict.in_tension")
    text_of(cell, facts, "en")              # in tension
    in_words(table, facts, "zh")            # the same table with texts in Chinese

A cell that is no cell of this module, such as a printed figure or a number, is the same in every language.
How a number is written belongs to `figures.text`, which words there are to the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis import phrases
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.text import interval_text
from gba_analysis.figures.units import Unit
from gba_analysis.languages import LANGS
from gba_analysis.markdown import Link

# Catalogues' groups that hold the heads of columns.
HEADS = ("column", "reading")


@dataclass(frozen=True)
class Word:
    """A word of a catalogue by its key, `group.name`. inner: it stands within a sentence and begins small."""

    key: str
    inner: bool = False


@dataclass(frozen=True)
class Name:
    """A text that data/ has in each language: of the row `id` of `table`, the column without its language.

    begins: it begins a row, in English with a capital."""

    table: str
    id: Any
    column: str = "name"
    begins: bool = False


@dataclass(frozen=True)
class Quantity:
    """An interval in a unit (an id of units.csv). style: `range`, `full` (with the unit's word) or `said` (as
    a sentence says it).
    """

    interval: Interval
    unit: str
    style: str = "range"


@dataclass(frozen=True)
class Figure:
    """A figure as its source bounds it, with the digits that the source gives; unit: an id of units.csv.

    style: `short` (as a chart writes it), `reported` (as running text does) or `said` (as a title does)."""

    value: Fraction
    decimals: int
    qualifier: str
    unit: str
    style: str = "short"


@dataclass(frozen=True)
class Number:
    """A number without a unit, such as a parameter's value."""

    value: Fraction


@dataclass(frozen=True)
class Place:
    """Where a figure stands in the article."""

    section: int
    paragraph: int


@dataclass(frozen=True)
class Phrase:
    """A text of a catalogue with cells in its placeholders. number: the one that chooses its form."""

    key: str
    values: tuple[tuple[str, Cell], ...] = ()
    number: Cell = None


@dataclass(frozen=True)
class Listed:
    """Cells beside each other, texts that are equal once. joint: the word that stands between them."""

    cells: tuple[Cell, ...]
    joint: str = "joint.listed"


@dataclass(frozen=True)
class Axis:
    """The title of a chart's value axis for figures in `unit`, an id of units.csv."""

    unit: str


Plain = str | int | float | bool | None
Cell = Word | Name | Quantity | Figure | Number | Place | Phrase | Listed | Link | Axis | Plain

# How each style of a quantity and of a figure is said.
QUANTITIES: Mapping[str, Callable[[Interval, Unit, str], str]] = {
    "range": interval_text,
    "full": phrases.quantity,
    "said": phrases.said,
}
FIGURES: Mapping[str, Callable[[Fraction, int, str, Unit, str], str]] = {
    "short": phrases.short,
    "reported": phrases.reported,
    "said": phrases.reported_within,
}


def phrase(key: str, number: Cell = None, **values: Cell) -> Phrase:
    """A text of a catalogue with `values` in its placeholders, see `Phrase`."""
    return Phrase(key, tuple(values.items()), number)


def name_or(facts: Facts, name: Name, other: Cell) -> Cell:
    """`name` if data/ has a text for it, in any language; else `other`."""
    row = facts.rows(name.table)[name.id]
    return name if any(row[f"{name.column}_{lang}"] for lang in LANGS) else other


def said(cell: Cell) -> Cell:
    """A figure's cell as it stands within a sentence; any other as it is."""
    return replace(cell, style="said") if isinstance(cell, Quantity | Figure) else cell


def text_of(cell: Cell, facts: Facts, lang: str) -> Any:
    """What a reader in `lang` sees of `cell`: a text, or the cell itself if it is the same in every language.

    Raises KeyError for a word that the catalogues lack, or a row that data/ lacks."""
    match cell:
        case Word(key, inner):
            text = facts.words.say(key, lang)
            return phrases.inner(text) if inner else text
        case Name(table, id_, column, begins):
            text = facts.rows(table)[id_][f"{column}_{lang}"]
            return phrases.label(text) if begins else text
        case Quantity(interval, unit, style):
            return QUANTITIES[style](interval, facts.unit(unit), lang)
        case Figure(value, decimals, qualifier, unit, style):
            return FIGURES[style](value, decimals, qualifier, facts.unit(unit), lang)
        case Number(value):
            return phrases.plain_number(value, lang)
        case Place(section, paragraph):
            return phrases.place(facts.words, section, paragraph, lang)
        case Phrase(key, values, number):
            texts = {name: text_of(value, facts, lang) for name, value in values}
            return facts.words.say(key, lang, number=text_of(number, facts, lang), **texts)
        case Listed(cells, joint):
            texts = dict.fromkeys(text_of(item, facts, lang) for item in cells)
            return facts.words.say(joint, lang).join(texts)
        case Link(text, address):
            return Link(text_of(text, facts, lang), address)
        case Axis(unit):
            return phrases.axis_title(facts.unit(unit), lang)
        case _:
            return cell


def texts_of(cell: Cell, facts: Facts) -> dict[str, str]:
    """The text of `cell` in each language."""
    return {lang: text_of(cell, facts, lang) for lang in LANGS}


def in_words(table: pd.DataFrame, facts: Facts, lang: str) -> pd.DataFrame:
    """`table` with the texts of its cells in `lang`; its index and its columns' names stay."""
    # By place, not by the index: two rows may have one id.
    columns = {
        name: [text_of(cell, facts, lang) for cell in column] if column.dtype == object else column.array
        for name, column in table.items()
    }
    return pd.DataFrame(columns, index=table.index)


def headed(table: pd.DataFrame, facts: Facts, lang: str) -> pd.DataFrame:
    """`table` with the words for its columns as their heads; a name that is no key, such as a text, stays."""
    keys: Mapping[str, str] = {
        name: key for group in HEADS for name in table.columns if (key := f"{group}.{name}") in facts.words
    }
    return table.rename(columns={name: facts.words.say(key, lang) for name, key in keys.items()})
