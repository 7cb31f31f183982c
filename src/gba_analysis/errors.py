"""Errors a user can mend: each problem names the file, the place, what was found and what was expected.

    >>> print(Problem("data/claims.csv", "row 3", "no theme", "a theme", "did you mean 'research'?"))
    data/claims.csv, row 3: found no theme, expected a theme (did you mean 'research'?)

A bug is not an error of this module: it ends in a traceback.
"""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

QUOTED = reprlib.Repr()
QUOTED.maxstring = QUOTED.maxother = QUOTED.maxlong = 100
QUOTED.maxlist = QUOTED.maxdict = 10


def quoted(value: Any) -> str:
    """What was found, as Python writes it; the middle of a long text, and what lies deep inside a value, is
    left out.
    """
    return QUOTED.repr(value)


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    file: path or name of the source, as the user knows it.
    place: line, row and column, cell or option; empty if the whole file is meant.
    found, expected: both sides, in words a user can compare.
    hint: the likely cause or the fix; empty if there is none.
    """

    file: str
    place: str
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        text = f"{where}: found {self.found}, expected {self.expected}"
        return f"{text} ({self.hint})" if self.hint else text

    @classmethod
    def read(cls, text: str) -> Problem | None:
        """The problem that `text` is the message of; None if it is none.

        Its message is `text` again. Where a part holds the words between parts, they may end elsewhere."""
        where, found, rest = text.partition(": found ")
        what, expected, wanted = rest.partition(", expected ")
        if "\n" in text or not (where and found and expected):
            return None
        file, _, place = where.partition(", ")
        hint = ""
        if wanted.endswith(")") and " (" in wanted:
            wanted, _, hint = wanted[:-1].partition(" (")
        return cls(file=file, place=place, found=what, expected=wanted, hint=hint)


class GbaError(Exception):
    """Base of all errors that end in one message and `exit_code`, not in a traceback.

    problems: everything found wrong, reported together.
    """

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        # args carries the constructor's argument, so that the error survives pickling.
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        return lines[0] if len(lines) == 1 else "\n".join([f"{len(lines)} problems:", *lines])


class ProjectError(GbaError):
    """The project's folder, or a part of it, cannot be found."""


class DataError(GbaError):
    """A table in data/ breaks its schema or a rule between tables."""


class ParameterError(GbaError):
    """A parameter has an unknown name, a wrong type or a value out of range."""


class SourceError(GbaError):
    """A report source uses something no engine, or no ledger, can resolve."""


class EngineError(GbaError):
    """A rendering engine or a kernel is missing, or refused its input."""


class OutputError(GbaError):
    """An output folder or file cannot be written."""


class NotebookError(GbaError):
    """A notebook raised while it ran."""

    exit_code = 1
