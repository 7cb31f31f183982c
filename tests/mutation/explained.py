"""Why a change of some columns is not noticed: survivors.csv, and what it says of a judgement.

A column is explained for all its rows or not at all. `seen`: what a survivor of it must still show; `the
Chinese run` means that a change which that run does not show either is not explained by the row."""

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
    """The score, the survivors by column with their reasons, each that has none, and reasons that explain
    nothing.

    total: how many mutants there are; whether a reason is needed is known only when all of them are judged.
    """
    pairs, reasons = list(pairs), explanations()
    judged = Counter((mutant.table, mutant.column) for mutant, _ in pairs)
    survivors = Counter(
        (mutant.table, mutant.column, noticed or NOWHERE) for mutant, noticed in pairs if survived(noticed)
    )
    noticed = len(pairs) - survivors.total()
    score = f"{noticed} noticed ({noticed / max(len(pairs), 1):.1%}), {survivors.total()} survived"
    lines = [f"{len(pairs)} of {total} mutants judged, {score}"]
    for (table, column, seen), count in sorted(survivors.items()):
        reason = reasons.get((table, column, seen), "not explained")
        shown = f"shown by {seen}" if seen == CHINESE else f"shown {seen}"
        lines.append(f"  {table}.{column}: {count} of {judged[table, column]}, {shown}: {reason}")
    lines += [f"not explained: {mutant}" for mutant, _ in unexplained(pairs)]
    unused = sorted(reasons.keys() - survivors.keys()) if len(pairs) == total else []
    return lines + [
        f"explained, but always noticed: {table}.{column} ({seen})" for table, column, seen in unused
    ]
