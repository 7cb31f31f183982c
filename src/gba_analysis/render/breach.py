"""One break of a rule on a page, and how a message quotes the page. No rules."""

from __future__ import annotations

from dataclasses import dataclass

NEUTRAL = "a construct of the engine-neutral subset"
# Characters of a page that a message quotes.
LONGEST = 40


@dataclass(frozen=True)
class Breach:
    """line: in the file, from 1. found, expected: what stands there and what the rule wants. hint: the
    cure.
    """

    line: int
    found: str
    expected: str
    hint: str = ""


def quoted(text: str) -> str:
    """`text` for a message, cut if it is long."""
    text = text.strip()
    return f"'{text}'" if len(text) <= LONGEST else f"'{text[:LONGEST]}…'"
