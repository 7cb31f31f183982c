"""Small words shared by the alt texts: number and noun, lists. The sentences stand in each chart's module."""

from __future__ import annotations

from collections.abc import Sequence

JOINERS = {"en": ", ", "zh": "、"}
CLAUSE_GAPS = {"en": "; ", "zh": "；"}
SENTENCE_GAP = {"en": " ", "zh": ""}
FULL_STOPS = {"en": ".", "zh": "。"}
END_MARKS = ".。!！?？"


def counted(number: int, one: str, many: str) -> str:
    """`number` with its noun in the right form; Chinese passes the same measure word twice, without a
    space.
    """
    noun = one if number == 1 else many
    return f"{number} {noun}" if noun.isascii() else f"{number}{noun}"


def listed(items: Sequence[str], lang: str) -> str:
    """`items` side by side: `a, b` or `a、b`."""
    return JOINERS[lang].join(items)


def clauses(items: Sequence[str], lang: str) -> str:
    """`items` as parts of one sentence: `a; b` or `a；b`."""
    return CLAUSE_GAPS[lang].join(items)


def story(sentences: Sequence[str], lang: str) -> str:
    """The non-empty sentences one after the other, each with one full stop."""
    return SENTENCE_GAP[lang].join(_stopped(sentence, lang) for sentence in sentences if sentence)


def _stopped(sentence: str, lang: str) -> str:
    return sentence if sentence[-1] in END_MARKS else sentence + FULL_STOPS[lang]
