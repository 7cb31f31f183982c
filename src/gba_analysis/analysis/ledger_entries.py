"""The entries of the ledger, as notebooks publish them: one for each number or text that a page shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from gba_analysis.figures.interval import Interval
from gba_analysis.figures.units import Unit
from gba_analysis.languages import LANGS


def ledger_entry(
    key: str,
    text: Mapping[str, str],
    interval: Interval | None,
    unit: Unit | None,
    *,
    inputs: Sequence[str] = (),
    expression: str = "",
    soundness: str = "sound",
    condition: Mapping[str, str] | None = None,
    printed: str = "",
    word: str = "",
) -> dict[str, Any]:
    """One entry of the ledger: `text` by language, with the interval it stands for, if it stands for a
    number.

    inputs: the indicators it rests on. expression: how it comes about, in words or symbols. printed: the
    article's own figure, if it is one. word: the catalogue's key of the word that the text is, if it is
    one."""
    return {
        "key": key,
        "text": dict(text),
        "low": _end_text(interval.low) if interval else None,
        "high": _end_text(interval.high) if interval else None,
        "low_open": interval.low_open if interval else True,
        "high_open": interval.high_open if interval else True,
        "unit": unit.id if unit else "",
        "inputs": list(inputs),
        "expression": expression,
        "soundness": soundness,
        "condition": dict(condition or dict.fromkeys(LANGS, "")),
        "printed": printed,
        "word": word,
    }


def _end_text(end: Fraction | float) -> str | None:
    return None if math.isinf(end) else str(end)
