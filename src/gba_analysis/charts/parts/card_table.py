"""The table of a chart of cards, read and put into words: what each card says, in the chart and in its alt
text.

How a card looks is said in `cards`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from gba_analysis.charts.parts.bars import IntervalRow
from gba_analysis.charts.parts.sentences import clauses, story
from gba_analysis.charts.parts.table_rows import (
    CellError,
    as_flag,
    as_text_or_none,
    cell,
    read_rows,
)
from gba_analysis.languages import check_lang
from gba_analysis.words import say

# There is no rank before the first; everything else begins at zero.
FIRST_RANK = 1.0


@dataclass(frozen=True)
class Card(IntervalRow):
    """One row of the table: an interval, and texts of which each may be empty."""

    computed: bool = cell(as_flag)
    detail: str = cell(as_text_or_none)
    printed: str = cell(as_text_or_none)
    unit: str = cell(as_text_or_none)
    unit_id: str = cell(as_text_or_none)
    kind: str = cell(as_text_or_none)
    mark: str = cell(as_text_or_none)
    verdict: str = cell(as_text_or_none)

    def __post_init__(self) -> None:
        super().__post_init__()
        for column, end in (("low", self.low), ("high", self.high)):
            if -math.inf < end < self.begin:
                raise CellError(f"{end:g}", f"at least {self.begin:g}, where its axis begins", column=column)

    @property
    def form(self) -> str:
        """What is known of the value: exact, range, open_high or open_low."""
        if self.low == self.high:
            return "exact"
        if self.high == math.inf:
            return "open_high"
        return "open_low" if self.low == -math.inf else "range"

    @property
    def begin(self) -> float:
        """Where the value's axis begins."""
        return FIRST_RANK if self.kind == "rank" else 0.0


def read_cards(table: pd.DataFrame) -> list[Card]:
    """The rows of `table` in order. Raises ValueError (see `Card` and `IntervalRow`)."""
    return read_rows(table, Card)


def verdict_line(card: Card, lang: str) -> str:
    """The last line of a card: the verdict with its mark, or that there is none, and whether there is a
    condition.
    """
    verdict = f"{card.mark} {card.verdict}".strip() or say("card.untested", lang)
    return say("card.conditional", lang, verdict=verdict) if card.conditional else verdict


def describe_cards(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `cards.card_chart`: how many cards, then each in words. Raises ValueError as the chart
    does.
    """
    check_lang(lang)
    cards = read_cards(table)
    first = say("alt.cards", lang, cards=say("alt_number.card", lang, number=len(cards)))
    return story([first, *(_sentence(card, lang) for card in cards)], lang)


def _sentence(card: Card, lang: str) -> str:
    printed = "alt.computed" if card.computed else "alt.printed"
    parts = [
        say("alt.value", lang, text=card.text, unit=card.unit) if card.unit else card.text,
        say(f"alt.{card.form}", lang),
        say("alt.condition", lang) if card.conditional else "",
        say(printed, lang, printed=card.printed) if card.printed else "",
        say("alt.verdict", lang, verdict=card.verdict) if card.verdict else say("card.untested", lang),
    ]
    said = clauses([part for part in parts if part], lang)
    if card.detail:
        return say("alt.named_with_detail", lang, name=card.label, detail=card.detail, text=said)
    return say("alt.named", lang, name=card.label, text=said)
