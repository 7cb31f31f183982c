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


@dataclass(frozen=True)
class Span:
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
    spans: list[Span] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)
    _running: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def elapsed(self) -> float:
        """Seconds since the command began."""
        return time.perf_counter() - self.began

    @property
    def seconds(self) -> dict[str, float]:
        """How long each stage took, in all its spans, in the order in which they began."""
        found: dict[str, float] = {}
        for span in sorted(self.spans, key=lambda span: span.begin):
            if not span.item:
                found[span.stage] = found.get(span.stage, 0.0) + span.seconds
        return found

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A part of the work whose duration the summary gives."""
        begin = self.elapsed
        try:
            yield
        finally:
            self.spans.append(Span(name, "", begin, self.elapsed))

    @contextmanager
    def item(self, name: str, stage: str) -> Iterator[list[str]]:
        """One notebook or one rendered file of a stage. What is put into the list is remembered with it."""
        begin, remarks = self.elapsed, []
        with self._lock:
            self._running.append(name)
            self._show()
        try:
            yield remarks
        finally:
            span = Span(stage, name, begin, self.elapsed, ", ".join(remarks))
            with self._lock:
                self.spans.append(span)
                self._running.remove(name)
                self._show(f"{name:<32} {span.seconds:6.1f} s\n")

    def reused(self, name: str, stage: str) -> None:
        """An item that is taken from an earlier build."""
        now = self.elapsed
        with self._lock:
            self.spans.append(Span(stage, name, now, now, "as before"))
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


def timings(spans: Iterable[Span]) -> list[str]:
    """The spans as lines of a table, in the order in which they began; the items of a stage stand below
    it.
    """
    lines = [f"{'from':>8} {'to':>8} {'seconds':>8}"]
    for span in sorted(spans, key=lambda span: (span.begin, bool(span.item))):
        name = f"  {span.item}" if span.item else span.stage
        times = f"{span.begin:8.2f} {span.end:8.2f} {span.seconds:8.2f}"
        lines.append(f"{times}  {name}" + (f" ({span.remark})" if span.remark else ""))
    return lines
