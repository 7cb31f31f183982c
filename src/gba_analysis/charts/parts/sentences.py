"""Lists and sentences of alternative texts: what stands between their parts in each language.

The sentences themselves stand in the catalogues (`words`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from gba_analysis.words import say

END_MARKS = ".。!！?？"


def listed(items: Sequence[str], lang: str) -> str:
    """`items` side by side: `a, b` or `a、b`."""
    return say("joint.listed", lang).join(items)


def clauses(items: Sequence[str], lang: str) -> str:
    """`items` as parts of one sentence: `a; b` or `a；b`."""
    return say("joint.clauses", lang).join(items)


def story(sentences: Sequence[str], lang: str) -> str:
    """The non-empty sentences one after the other, each with one full stop."""
    stopped = [_stopped(sentence, lang) for sentence in sentences if sentence]
    return reduce(lambda first, following: say("joint.sentences", lang, first=first, next=following), stopped)


def _stopped(sentence: str, lang: str) -> str:
    return sentence if sentence[-1] in END_MARKS else say("joint.sentence", lang, sentence=sentence)
