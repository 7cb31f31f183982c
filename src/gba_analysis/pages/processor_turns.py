"""Turns of programs that share the processors: so many work at a time, and of those that wait the most urgent
is next.
"""

from __future__ import annotations

import heapq
import time
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


class Turn:
    """A context that holds a turn; it can be entered again and again. seconds: how long the turns were held,
    together.
    """

    def __init__(self, turns: Turns, rank: int) -> None:
        self.seconds = 0.0
        self._turns, self._rank = turns, rank

    def __enter__(self) -> None:
        self._turns.take(self._rank)
        self._begin = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        self.seconds += time.perf_counter() - self._begin
        self._turns.give_back()
