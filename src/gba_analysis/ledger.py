"""The ledger: every value a run publishes, collected from the outputs of its executed notebooks.

How the values look on a page is said in `variables`. Nothing is computed or formatted here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gba_analysis.errors import GbaError, Problem, quoted
from gba_analysis.figures.same_numbers import difference_text
from gba_analysis.languages import LANGS

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

    Raises LedgerError with every output that is not of the form of `Entry`, with every key that stands twice,
    is reserved, or is the beginning of another, and with every entry whose texts do not say the same numbers
    in each language.
    """
    problems: list[Problem] = []
    entries = [entry for name in sorted(notebooks) for entry in _entries(name, notebooks[name], problems)]
    problems = _first_of_each(problems)
    problems += [*_repeated(entries), *_unusable(entries), *_unequal(entries)]
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


def _entries(name: str, notebook: NotebookNode, problems: list[Problem]) -> Iterator[Entry]:
    """What one notebook publishes; to `problems` is added what has not the form of an entry."""
    for number, cell in enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1):
        for output in cell.outputs:
            content = output.get("data", {}).get(VALUES, {"values": []})
            values = content.get("values") if isinstance(content, Mapping) else None
            if not isinstance(values, list):
                expected = "a mapping with the list `values`, as `report.publish` makes it"
                problems.append(Problem(f"{name}.ipynb", f"code cell {number}", quoted(content), expected))
                continue
            for value in values:
                wrong = list(_form_problems(name, number, value))
                problems += wrong
                if not wrong:
                    yield Entry(**{**value, "inputs": tuple(value["inputs"]), "notebook": name})


def _first_of_each(problems: list[Problem]) -> list[Problem]:
    """Of problems of one notebook that differ in nothing but their place the first, with how many more there
    are: they have one cause.
    """
    places: dict[tuple[str, str, str], list[str]] = {}
    for problem in problems:
        places.setdefault((problem.file, problem.found, problem.expected), []).append(problem.place)
    return [
        Problem(file, found[0] + (f" and {len(found) - 1} more" if found[1:] else ""), *words)
        for (file, *words), found in places.items()
    ]


def _form_problems(name: str, number: int, value: Any) -> Iterator[Problem]:
    """What keeps one published value from being an Entry."""
    file, place = f"{name}.ipynb", f"code cell {number}"
    if not isinstance(value, Mapping):
        yield Problem(file, place, quoted(value), "an entry: " + ", ".join(FORM))
        return
    if _is_name(value.get("key")):
        place = f"key {value['key']}"
    for field in sorted(value.keys() - FORM.keys()):
        yield Problem(file, place, f"the field {quoted(field)}", "only " + ", ".join(FORM))
    for field, (is_right, expected) in FORM.items():
        if field not in value:
            if field not in OPTIONAL:
                yield Problem(file, place, f"no {field}", expected)
        elif not is_right(value[field]):
            yield Problem(file, place, f"{field} {quoted(value[field])}", expected)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_end(value: Any) -> bool:
    try:
        return value is None or (isinstance(value, str) and Fraction(value).denominator > 0)
    except (ValueError, ZeroDivisionError):
        return False


def _are_texts(value: Any) -> bool:
    """A text for each language, none of them empty unless all are."""
    return (
        isinstance(value, Mapping)
        and value.keys() == set(LANGS)
        and all(map(_is_text, value.values()))
        and len(set(map(bool, value.values()))) == 1
    )


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))


_TEXTS = _are_texts, "a text for each of " + ", ".join(LANGS)
_END = _is_end, "a fraction as text, such as '133/7', or null for an open end"
_BOOL = _is_bool, "true or false"
_TEXT = _is_text, "a text"
# The fields of a published entry: whether a value is right, and what it must be, in words.
FORM: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "key": (_is_name, "a text that is not empty"),
    "text": _TEXTS,
    "low": _END,
    "high": _END,
    "low_open": _BOOL,
    "high_open": _BOOL,
    "unit": _TEXT,
    "inputs": (_are_ids, "a list of ids"),
    "expression": _TEXT,
    "soundness": _TEXT,
    "condition": _TEXTS,
    "printed": _TEXT,
    "word": _TEXT,
}
OPTIONAL = ("word",)


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
