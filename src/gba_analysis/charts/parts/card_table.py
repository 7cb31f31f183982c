"""The table of a chart of cards, read and put into words: what each card says, in the chart and in its alt
text.

How a card looks is said in `cards`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from gba_analysis.charts.parts import checks
from gba_analysis.charts.parts.bars import IntervalRow, read_rows
from gba_analysis.charts.parts.wording import clauses, counted, story

TEXTS = ("detail", "printed", "unit", "unit_id", "kind", "mark", "verdict")
COLUMNS = ("label", "low", "high", "text", "soundness", "computed", *TEXTS)
# There is no rank before the first; everything else begins at zero.
FIRST_RANK = 1.0

WORDS = {
    "en": {
        "printed": "Printed: {printed}",
        "computed": "Computed from: {printed}",
        "untested": "no cross-check",
        "conditional": "{verdict} (conditional)",
        "percent": "{number}\N{NO-BREAK SPACE}%",
        "key_exact": "exact",
        "key_range": "range",
        "key_conditional": "under a stated condition",
        "key_open_high": "arrow: no upper limit stated",
        "key_open_low": "arrow to the left: no lower limit stated",
        "chart": "{number} of key figures",
        "card": ("card", "cards"),
        "heading": "{label} ({detail}): {parts}",
        "label": "{label}: {parts}",
        "value": "{text} {unit}",
        "exact": "exact",
        "range": "a range",
        "open_high": "without an upper limit",
        "open_low": "without a lower limit",
        "said_printed": "printed as {printed}",
        "said_computed": "computed from {printed}",
        "said_verdict": "verdict: {verdict}",
    },
    "zh": {
        "printed": "原文：{printed}",
        "computed": "据原文算得：{printed}",
        "untested": "未作核对",
        "conditional": "{verdict}（有条件）",
        "percent": "{number}%",
        "key_exact": "确数",
        "key_range": "区间",
        "key_conditional": "须附条件",
        "key_open_high": "箭头：未给出上限",
        "key_open_low": "向左的箭头：未给出下限",
        "chart": "关键数字，共{number}",
        "card": ("张卡片", "张卡片"),
        "heading": "{label}（{detail}）：{parts}",
        "label": "{label}：{parts}",
        "value": "{text}{unit}",
        "exact": "确数",
        "range": "区间",
        "open_high": "无上限",
        "open_low": "无下限",
        "said_printed": "原文写作{printed}",
        "said_computed": "据原文{printed}算得",
        "said_verdict": "核对结论：{verdict}",
    },
}


@dataclass(frozen=True)
class Card:
    """One row of the table. figure: label, ends, text and soundness; of the other texts each may be empty."""

    figure: IntervalRow
    computed: bool
    detail: str
    printed: str
    unit: str
    unit_id: str
    kind: str
    mark: str
    verdict: str

    @property
    def form(self) -> str:
        """What is known of the value: exact, range, open_high or open_low."""
        if self.figure.low == self.figure.high:
            return "exact"
        if self.figure.high == math.inf:
            return "open_high"
        return "open_low" if self.figure.low == -math.inf else "range"

    @property
    def begin(self) -> float:
        """Where the value's axis begins."""
        return FIRST_RANK if self.kind == "rank" else 0.0


def read_cards(table: pd.DataFrame) -> list[Card]:
    """The rows of `table`, with COLUMNS, in order. Raises ValueError (see `checks` and `bars.read_rows`),
    also for a value below the beginning of its axis.
    """
    figures = read_rows(table, COLUMNS, log=False)
    texts = zip(*(checks.texts(table, name, empty=True) for name in TEXTS), strict=True)
    rows = zip(figures, checks.flags(table, "computed"), texts, strict=True)
    cards = [Card(figure, computed, *others) for figure, computed, others in rows]
    for row, card in enumerate(cards, start=1):
        for column, end in (("low", card.figure.low), ("high", card.figure.high)):
            if -math.inf < end < card.begin:
                raise checks.error(column, row, f"{end:g}", f"at least {card.begin:g}, where its axis begins")
    return cards


def verdict_line(card: Card, lang: str) -> str:
    """The last line of a card: the verdict with its mark, or that there is none, and whether there is a
    condition.
    """
    words = WORDS[lang]
    verdict = f"{card.mark} {card.verdict}".strip() or words["untested"]
    return words["conditional"].format(verdict=verdict) if card.figure.conditional else verdict


def describe_cards(table: pd.DataFrame, lang: str) -> str:
    """The alt text of `cards.card_chart`: how many cards, then each in words. Raises ValueError as the chart
    does.
    """
    words = WORDS[checks.check_lang(lang)]
    cards = read_cards(table)
    first = words["chart"].format(number=counted(len(cards), *words["card"]))
    return story([first, *(_sentence(card, words, lang) for card in cards)], lang)


def _sentence(card: Card, words: dict, lang: str) -> str:
    parts = [
        words["value"].format(text=card.figure.text, unit=card.unit) if card.unit else card.figure.text,
        words[card.form],
        words["key_conditional"] if card.figure.conditional else "",
        words["said_computed" if card.computed else "said_printed"].format(printed=card.printed)
        if card.printed
        else "",
        words["said_verdict"].format(verdict=card.verdict) if card.verdict else words["untested"],
    ]
    said = clauses([part for part in parts if part], lang)
    return words["heading" if card.detail else "label"].format(
        label=card.figure.label, detail=card.detail, parts=said
    )
