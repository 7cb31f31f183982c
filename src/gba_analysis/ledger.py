"""The ledger: every value a run publishes, collected from the outputs of its executed notebooks.

How the values look on a page is said in `variables`. Nothing is computed or formatted here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from gba_analysis.errors import GbaError, Problem
from gba_analysis.figures.same_numbers import difference_text

if TYPE_CHECKING:
    from nbformat import NotebookNode

# The output type by which a notebook publishes values.
VALUES = "application/vnd.gba.values+json"
# That of a table for the page's downloads, {"csv": text}.
DATA = "application/vnd.gba.data+json"
# A chart for the web page, as {"wide": SVG, "narrow": SVG} with texts.
CHART = "application/vnd.gba.chart+json"
# Keys below this word say how a page was made; notebooks must not use them.
RUN = "run"


class LedgerError(GbaError):
    """Notebooks publish values that contradict each other or cannot be told apart."""


@dataclass(frozen=True)
class Entry:
    """One published value.

    text: what a reader sees, by language. low, high: exact fractions in the unit, None if open. inputs: ids
    of the indicators it rests on. printed: the article's own figure, if the value is one. notebook: who
    published it. word: the catalogue's key of the word that the text is, such as `verdict.confirmed`."""

    key: str
    text: Mapping[str, str]
    low: str | None
    high: str | None
    low_open: bool
    high_open: bool
    unit: str
    inputs: tuple[str, ...]
    expression: str
    soundness: str
    condition: Mapping[str, str]
    printed: str
    notebook: str
    word: str = ""


Ledger = Mapping[str, Entry]


def collect(notebooks: Mapping[str, NotebookNode]) -> Ledger:
    """The entries of all executed notebooks by key, sorted. notebooks: by file name without suffix.

    Raises LedgerError with every key that stands twice, is reserved, or is the beginning of another, and with
    every entry whose texts do not say the same numbers in each language.
    """
    entries = [entry for name in sorted(notebooks) for entry in _entries(name, notebooks[name])]
    problems = [*_repeated(entries), *_unusable(entries), *_unequal(entries)]
    if problems:
        raise LedgerError(problems)
    return {entry.key: entry for entry in sorted(entries, key=lambda entry: entry.key)}


def require_same(one: Ledger, other: Ledger) -> None:
    """Raises LedgerError if two languages' runs do not publish exactly the same values."""
    problems = [_difference(key, one.get(key), other.get(key)) for key in sorted(one.keys() | other.keys())]
    if any(problems):
        raise LedgerError([problem for problem in problems if problem])


def dumps(ledger: Ledger) -> str:
    """The ledger as the text of ledger.json."""
    content = {"values": [vars(entry) for entry in ledger.values()]}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _entries(name: str, notebook: NotebookNode) -> Iterator[Entry]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for value in output.get("data", {}).get(VALUES, {}).get("values", []):
                yield _entry(name, value)


def _entry(name: str, value: Mapping[str, Any]) -> Entry:
    return Entry(**{**value, "inputs": tuple(value["inputs"]), "notebook": name})


def _repeated(entries: list[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        if before is not entry:
            found = f"a value that {before.notebook}.ipynb publishes already"
            yield Problem(f"{entry.notebook}.ipynb", f"key {entry.key}", found, "every key once")


def _unusable(entries: list[Entry]) -> Iterator[Problem]:
    parents = {".".join(parts[:size]) for parts in _parts(entries) for size in range(1, len(parts))}
    for entry in entries:
        if entry.key in parents:
            yield _key_problem(entry, "the beginning of another key", "a key with nothing below it")
        if entry.key.split(".")[0] == RUN:
            yield _key_problem(entry, f"a key below '{RUN}'", "another first word: these describe the run")


def _unequal(entries: list[Entry]) -> Iterator[Problem]:
    for entry in entries:
        for texts in (entry.text, entry.condition):
            if differs := difference_text(texts):
                yield _key_problem(entry, differs, "the same numbers in each language")


def _parts(entries: list[Entry]) -> list[list[str]]:
    return [entry.key.split(".") for entry in entries]


def _key_problem(entry: Entry, found: str, expected: str) -> Problem:
    return Problem(f"{entry.notebook}.ipynb", f"key {entry.key}", found, expected)


def _difference(key: str, one: Entry | None, other: Entry | None) -> Problem | None:
    published = one or other
    if one == other or published is None:
        return None
    if one is None or other is None:
        found = "a value in one language's run only"
    else:
        pairs = [
            (field.name, getattr(one, field.name), getattr(other, field.name)) for field in fields(Entry)
        ]
        found = "; ".join(
            f"{name} {first!r} and {second!r}" for name, first, second in pairs if first != second
        )
    expected = "the same value in both languages' runs"
    return Problem(f"{published.notebook}.ipynb", f"key {key}", found, expected)
