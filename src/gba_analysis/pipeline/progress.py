"""What a user sees while a command works: one line for each finished item, and on a terminal one line for what runs.

No result is reported here: the command prints its summary itself.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

CLEAR_LINE = "\r\x1b[2K"


@dataclass
class Progress:
    """Reports items on `stream` and remembers how long each stage took.

    Items may begin and end in several threads.
    """

    stream: TextIO
    seconds: dict[str, float] = field(default_factory=dict)
    _running: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A part of the work whose duration the summary gives."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin

    @contextmanager
    def item(self, name: str) -> Iterator[None]:
        """One notebook or one rendered file."""
        begin = time.perf_counter()
        with self._lock:
            self._running.append(name)
            self._show()
        try:
            yield
        finally:
            with self._lock:
                self._running.remove(name)
                self._show(f"{name:<32} {time.perf_counter() - begin:6.1f} s\n")

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
