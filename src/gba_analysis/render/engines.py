"""Which engine renders: Quarto if there is one, else Pandoc and Typst. No rendering of its own."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from gba_analysis.errors import EngineError, Problem
from gba_analysis.render import embedded, quarto

NAMES = ("auto", "quarto", "embedded")


class Render(Protocol):
    """Renders the staged `folder`, and leaves it as it is.

    lang: the page's language. to: html or pdf. epoch: the date recorded in the PDF, in seconds since 1970
    (UTC). turn: held while a program works on the page. Returns the page; raises EngineError.
    """

    def __call__(
        self, folder: Path, *, lang: str, to: str, epoch: int, turn: AbstractContextManager = ...
    ) -> bytes: ...


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One way to render a staged folder.

    name: quarto or embedded. version: for the manifest and the reader. pages_at_once: whether several folders
    may be rendered at a time; Quarto keeps caches that its processes share."""

    name: str
    version: str
    render: Render
    pages_at_once: bool = False


def choose(name: str = "auto") -> Engine:
    """The engine of that name; `auto` is Quarto if it is found, else the embedded engine.

    Raises EngineError if the name is unknown, or if Quarto is asked for and is not there.
    """
    if name not in NAMES:
        raise EngineError(Problem("--engine", "", repr(name), "one of " + ", ".join(NAMES)))
    program = None if name == "embedded" else quarto.find_quarto()
    if program is not None:
        return Engine(name="quarto", version=quarto.version(program), render=partial(quarto.render, program))
    if name == "quarto":
        install = f"install it with: {quarto.INSTALL}"
        raise EngineError(Problem("--engine quarto", "", "no program `quarto`", "Quarto on PATH", install))
    return Engine(name="embedded", version=embedded.version(), render=embedded.render, pages_at_once=True)
