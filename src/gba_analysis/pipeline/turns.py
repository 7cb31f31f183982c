"""Turns of programs that share the processors: so many work at a time, and of those that wait the most urgent is next."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import count
from threading import Condition


class Turns:
    """So many holders at a time. At first there is one."""

    def __init__(self) -> None:
        self._free = 1
        self._changed = Condition()
        # By urgency, then by who came first.
        self._waiting: list[tuple[int, int]] = []
        self._numbers = count()

    def add(self, more: int) -> None:
        """Let `more` holders work beside those there may be now."""
        with self._changed:
            self._free += more
            self._changed.notify_all()

    def of(self, rank: int) -> Turn:
        """A turn to be waited for: of two that wait, the one with the lower rank is next."""
        return Turn(self, rank)

    def take(self, rank: int) -> None:
        """Wait for a turn."""
        with self._changed:
            place = rank, next(self._numbers)
            heapq.heappush(self._waiting, place)
            self._changed.wait_for(lambda: self._free > 0 and self._waiting[0] == place)
            heapq.heappop(self._waiting)
            self._free -= 1
            # There may be room for the next one too.
            self._changed.notify_all()

    def give_back(self) -> None:
        """Let the next one work."""
        self.add(1)


@dataclass(frozen=True)
class Turn:
    """A context that holds a turn; it can be entered again and again."""

    turns: Turns
    rank: int

    def __enter__(self) -> None:
        self.turns.take(self.rank)

    def __exit__(self, *error: object) -> None:
        self.turns.give_back()
