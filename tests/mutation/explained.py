"""Why a change of some columns is not noticed: survivors.csv, and what it says of a judgement.

A column is explained for all its rows or not at all. `seen`: what a survivor of it must still show; `the Chinese run` means that
a change which that run does not show either is not explained by the row.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from judge import CHINESE, NOBODY
from mutants import Mutant

SURVIVORS = Path(__file__).parent / "survivors.csv"
NOWHERE = "nowhere"
Pairs = Iterable[tuple[Mutant, str]]


def explanations() -> dict[tuple[str, str, str], str]:
    """The reason for the survivors of a table and column that are seen by CHINESE, or NOWHERE."""
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"], row["seen"]): row["reason"] for row in csv.DictReader(file)}


def survived(noticed: str) -> bool:
    """Whether neither `gba check` nor nbval would notice."""
    return noticed in (CHINESE, NOBODY)


def unexplained(pairs: Pairs) -> Iterator[tuple[Mutant, str]]:
    """The survivors among mutants and who noticed them for which survivors.csv has no reason."""
    reasons = explanations()
    for mutant, noticed in pairs:
        if survived(noticed) and (mutant.table, mutant.column, noticed or NOWHERE) not in reasons:
            yield mutant, noticed


def summary(pairs: Iterable[tuple[Mutant, str]], total: int) -> list[str]:
    """The score, the survivors by column with their reasons, and each that has none."""
    pairs = list(pairs)
    reasons = explanations()
    survivors = Counter((mutant.table, mutant.column, noticed or NOWHERE) for mutant, noticed in pairs if survived(noticed))
    noticed, judged = len(pairs) - survivors.total(), len(pairs)
    lines = [f"{judged} of {total} mutants judged, {noticed} noticed ({noticed / max(judged, 1):.1%}), {survivors.total()} survived"]
    for (table, column, seen), count in sorted(survivors.items()):
        reason = reasons.get((table, column, seen), "NOT EXPLAINED")
        of = sum((mutant.table, mutant.column) == (table, column) for mutant, _ in pairs)
        lines.append(f"  {table}.{column}: {count} of {of}, seen {'by ' * (seen == CHINESE)}{seen}: {reason}")
    return lines + [f"not explained: {mutant}" for mutant, _ in unexplained(pairs)]
