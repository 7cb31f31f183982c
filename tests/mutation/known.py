"""Facts of which is known where they differ from the true ones, and the true ones, which tell which tables are read.

What is done with that knowledge is said in `memory`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from gba_analysis.figures.tables import Facts

TABLES = frozenset(Facts.__dataclass_fields__)


@dataclass(frozen=True)
class Change:
    """Where facts are not the true ones: some lines of one column of a table."""

    table: str = ""
    column: str = ""
    lines: frozenset[int] = frozenset()


class Known(Facts):
    """change: what is not as in the true facts; None if that is not known. notebook: the one that they were loaded for, if any."""

    change: ClassVar[Change | None] = None
    notebook: ClassVar[str] = ""

    @classmethod
    def of(cls, facts: Facts, change: Change, notebook: str = "", **tables: Any) -> Self:
        """`facts` with other `tables`."""
        # Not by attribute: to hand a table on is not to read it.
        known = cls(**{name: tables[name] if name in tables else vars(facts)[name] for name in TABLES})
        vars(known).update(change=change, notebook=notebook)
        return known


class TrueFacts(Known):
    """The true facts. Which of their tables are read is noted in every set of `readers`, which all of them share."""

    readers: ClassVar[list[set[str]]] = []

    def __getattribute__(self, name: str) -> Any:
        if name in TABLES:
            note({name})
        return super().__getattribute__(name)


def note(tables: set[str] | frozenset[str]) -> None:
    """Say that these tables are read."""
    for reader in TrueFacts.readers:
        reader |= tables
