"""The door for whoever asks by id: a mapping whose missing key ends in an error that says who asked, and what
is near.

A bare KeyError names neither the table nor the module that holds the old id.

    units = Known({"firms": row}, file="data/units.csv")
    units["firms"]  # the row
    units["frims"]  # DataError: data/units.csv: found no 'frims', which gba_analysis/notebook.py, line 54
                    # (Report.axis), asks for, expected an id that is there (did you mean 'firms'?)

What the ids stand for is the business of who makes the mapping.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import NoReturn, TypeVar

from gba_analysis.errors import DataError, Problem

PACKAGE = Path(__file__).parent
# What stands in these asks on behalf of its callers.
DOORS = (
    __name__,
    f"{PACKAGE.name}.figures.cell_names",
    f"{PACKAGE.name}.figures.tables",
    f"{PACKAGE.name}.figures.verdict_rule",
    f"{PACKAGE.name}.words.catalogue",
)
# Modules that are named: the one that asks may do so with an id that it was given.
ASKERS = 2
# The hint for a key that the data give, but that the stored notebooks do not publish yet.
AWAITED = "the data give it, but the stored notebooks are from before: run `gba refresh`"
Key = TypeVar("Key")
Value = TypeVar("Value")


class UnknownIdError(DataError, KeyError):
    """An id that code or a notebook asks for, and that is not there. A KeyError too: mappings are made of
    mappings, and tell by it whether they hold a key.
    """


class Known(dict[Key, Value]):
    """A mapping that raises UnknownIdError for a key it lacks.

    file: where the keys are declared, for messages. noun: what a key is, such as "an id that is there".
    """

    def __init__(self, items: Mapping[Key, Value], *, file: str, noun: str = "an id that is there"):
        super().__init__(items)
        self.file, self.noun = file, noun

    def __missing__(self, key: Key) -> NoReturn:
        found = f"no '{_text(key)}', which {asker()} asks for"
        near = nearest(_text(key), map(_text, self))
        raise UnknownIdError(Problem(self.file_of(key), "", found, self.noun, near))

    def file_of(self, key: Key) -> str:
        """The file in which `key` is missed."""
        return self.file


def _text(key: object) -> str:
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def nearest(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """A hint with the one of the `known` names that `name` is most like; empty if none is like it.

    likeness: at least so much of the letters, from 0 to 1, must be the same.
    """
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=likeness)
    return f"did you mean '{close[0]}'?" if close else ""


def asker() -> str:
    """Who asks: the module of this package, with line and function, that called what stands in DOORS, and
    the module that called that one; or a cell of a notebook.
    """
    places: dict[str, str] = {}
    frame: FrameType | None = sys._getframe(1)
    while frame and len(places) < ASKERS:
        path = Path(frame.f_code.co_filename)
        if _module(frame) not in DOORS:
            if not path.is_relative_to(PACKAGE):
                break
            places.setdefault(str(path), _place(path, frame))
        frame = frame.f_back
    # The message of a notebook that fails names the cell by itself.
    return f"{' for '.join(places.values())}," if places else "a cell"


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _place(path: Path, frame: FrameType) -> str:
    function = frame.f_code.co_qualname.partition(".<locals>")[0]
    return f"{path.relative_to(PACKAGE.parent).as_posix()}, line {frame.f_lineno} ({function})"
