"""What a user sees while a command works: one line for each finished item, and on a terminal one line for
what runs.

No result is reported here: the command prints its summary itself.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

CLEAR_LINE = "\r\x1b[2K"


@dataclass(frozen=True, kw_only=True)
class Timing:
    """When a part of the work began and ended, in seconds since the command began. item: empty for the stage
    as a whole.
    """

    stage: str
    item: str
    begin: float
    end: float
    remark: str = ""

    @property
    def seconds(self) -> float:
        return self.end - self.begin


@dataclass
class Progress:
    """Reports items on `stream` and remembers when each stage and item began and ended.

    Both may begin and end in several threads.
    """

    stream: TextIO
    timings: list[Timing] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)
    _running: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def elapsed(self) -> float:
        """Seconds since the command began."""
        return time.perf_counter() - self.began

    @property
    def seconds(self) -> dict[str, float]:
        """How long each stage took, all its turns together, in the order in which they began."""
        found: dict[str, float] = {}
        for timing in sorted(self.timings, key=lambda timing: timing.begin):
            if not timing.item:
                found[timing.stage] = found.get(timing.stage, 0.0) + timing.seconds
        return found

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A part of the work whose duration the summary gives."""
        begin = self.elapsed
        try:
            yield
        finally:
            self.timings.append(Timing(stage=name, item="", begin=begin, end=self.elapsed))

    @contextmanager
    def item(self, name: str, stage: str) -> Iterator[list[str]]:
        """One notebook or one rendered file of a stage. What is put into the list is remembered with it."""
        begin = self.elapsed
        remarks: list[str] = []
        with self._lock:
            self._running.append(name)
            self._show()
        try:
            yield remarks
        finally:
            timing = Timing(stage=stage, item=name, begin=begin, end=self.elapsed, remark=", ".join(remarks))
            with self._lock:
                self.timings.append(timing)
                self._running.remove(name)
                self._show(f"{name:<32} {timing.seconds:6.1f} s\n")

    def reused(self, name: str, stage: str) -> None:
        """An item that is taken from an earlier build."""
        now = self.elapsed
        with self._lock:
            self.timings.append(Timing(stage=stage, item=name, begin=now, end=now, remark="as before"))
            self._show(f"{name:<32} as before\n")

    def note(self, text: str) -> None:
        """Something the user should know that stops nothing."""
        with self._lock:
            self._show(f"{text}\n")

    def _show(self, finished: str = "") -> None:
        if self.stream.isatty():
            width = shutil.get_terminal_size().columns - 1
            running = f"… {', '.join(self._running)}"[:width] if self._running else ""
            self.stream.write(f"{CLEAR_LINE}{finished}{running}")
        else:
            self.stream.write(finished)
        self.stream.flush()


def timing_table(timings: Iterable[Timing]) -> list[str]:
    """The timings as lines of a table, in the order in which they began; the items of a stage stand below
    it.
    """
    lines = [f"{'from':>8} {'to':>8} {'seconds':>8}"]
    for timing in sorted(timings, key=lambda timing: (timing.begin, bool(timing.item))):
        name = f"  {timing.item}" if timing.item else timing.stage
        times = f"{timing.begin:8.2f} {timing.end:8.2f} {timing.seconds:8.2f}"
        lines.append(f"{times}  {name}" + (f" ({timing.remark})" if timing.remark else ""))
    return lines
