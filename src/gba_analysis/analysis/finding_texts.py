"""The texts of findings: placeholders such as `{research.hkm_led_share}`, filled with the ledger's texts, and
the rules that every finding keeps.

How a test is judged, and how a value is written, do not belong here.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from gba_analysis.analysis.findings import (
    HOLDS,
    TEXTS,
    Findings,
    JudgedFinding,
    parse_test,
    unknown_key,
)
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import FIRST_ROW, cell_problem
from gba_analysis.figures.same_numbers import missing_numbers
from gba_analysis.languages import LANGS

Readable = TypeVar("Readable")
TABLE = "findings"
# Keys of the ledger whose texts are templates.
KEY = "findings."
# A reader takes in no more headlines at once.
MOST = 6
REFERENCE = "ref."
# Says of the reference's value when, not how many; it needs no place in the test.
PERIOD = "_period"


def placeholders(template: str) -> tuple[str, ...]:
    """The keys that `template` names in braces, each once, in order of appearance.

    Raises DataError for a brace without its partner and for anything but a key between braces.
    """
    return tuple(dict.fromkeys(key for _, key in _parts(template) if key))


def fill(template: str, value: Callable[[str], str], words: Callable[[str], str] = str) -> str:
    """`template` with `value(key)` for each placeholder; `words` is applied to the text between them.

    Use both to put a template into another form, such as Markdown. Raises DataError as `placeholders` does.
    """
    return "".join(words(text) + (value(key) if key else "") for text, key in _parts(template))


def _parts(template: str) -> list[tuple[str, str]]:
    """Pairs of a text and the key that follows it, which is "" at the end."""
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        raise DataError(_template_problem(template, "a brace without its partner")) from None
    for _, key, spec, conversion in parts:
        if key is not None and (spec or conversion or not _is_key(key)):
            raise DataError(_template_problem(template, f"'{key}'" if key else "an empty placeholder"))
    return [(text, key or "") for text, key, _, _ in parts]


def _is_key(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))


def _template_problem(template: str, found: str) -> Problem:
    return Problem("template", repr(template), found, "keys in braces, such as {research.jointlabs}")


def finding_entries(judged: Iterable[JudgedFinding]) -> list[dict[str, Any]]:
    """The judged findings as ledger entries `findings.<id>`; their texts keep the placeholders, which the
    page fills.
    """
    return [
        ledger_entry(
            f"{KEY}{finding.id}",
            finding.text,
            None,
            None,
            expression=f"{finding.test}: {finding.outcome}",
        )
        for finding in judged
    ]


def finding_problems(
    findings: Findings, keys: Collection[str], awaited: Collection[str] = ()
) -> list[Problem]:
    """Everything in findings.csv that breaks a rule. findings: its rows by id, in the file's order. keys: of
    the ledger. awaited: further keys, which the notebooks will publish when they run again: they are no keys
    yet, but the hint says so.

    A test is readable, and it and the texts name known keys only; a text holds no digit of its own, is there
    for every outcome, and names the same keys in both languages, each as often. The text of a finding that
    holds cites no reference that its test does not name, so that it cannot outlive its sources; the texts for
    the other outcomes cite none. Positions run from 1, and there are at most MOST findings."""
    problems = list(_position_problems(findings))
    for number, row in enumerate(findings.values(), FIRST_ROW):
        problems += _test_problems(number, row, keys, awaited)
        for column in (f"{text}_{lang}" for text in TEXTS.values() for lang in LANGS):
            problems += _text_problems(number, row, column, keys, awaited)
        problems += _language_problems(number, row)
        problems += _reference_problems(number, row)
    return problems


def _position_problems(findings: Findings) -> Iterator[Problem]:
    if len(findings) > MOST:
        yield Problem(f"data/{TABLE}.csv", "", f"{len(findings)} findings", f"at most {MOST}")
    positions = [row["position"] for row in findings.values()]
    if sorted(positions) != list(range(1, len(findings) + 1)):
        found = ", ".join(map(str, positions))
        yield Problem(
            f"data/{TABLE}.csv", "column position", found, f"each number from 1 to {len(findings)} once"
        )


def _test_problems(
    number: int, row: Mapping[str, Any], keys: Collection[str], awaited: Collection[str]
) -> Iterator[Problem]:
    try:
        names = parse_test(row["test"]).names
    except DataError as error:
        yield from (
            _cell(number, "test", f"{p.found} in '{row['test']}'", p.expected) for p in error.problems
        )
        return
    yield from _key_problems(number, "test", names, keys, awaited)


def _text_problems(
    number: int, row: Mapping[str, Any], column: str, keys: Collection[str], awaited: Collection[str]
) -> Iterator[Problem]:
    if not row[column]:
        yield _cell(number, column, "an empty cell", "a text for this outcome")
        return
    try:
        parts = _parts(row[column])
    except DataError as error:
        yield from (_cell(number, column, problem.found, problem.expected) for problem in error.problems)
        return
    typed = sorted({char for text, _ in parts for char in text if char.isdigit()})
    if typed:
        yield _cell(
            number, column, f"the digits {' '.join(typed)}", "numbers from the ledger only, as keys in braces"
        )
    yield from _key_problems(number, column, [key for _, key in parts if key], keys, awaited)


def _key_problems(
    number: int, column: str, names: Collection[str], keys: Collection[str], awaited: Collection[str]
) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        if name not in keys:
            problem = unknown_key("", "", name, keys, awaited)
            yield _cell(number, column, problem.found, problem.expected, problem.hint)


def _language_problems(number: int, row: Mapping[str, Any]) -> Iterator[Problem]:
    for text in TEXTS.values():
        templates = {lang: row[f"{text}_{lang}"] for lang in LANGS}
        if None in [_if_readable(placeholders, template) for template in templates.values()]:
            continue
        for lang, said in missing_numbers(templates).items():
            found = f"no {', '.join(said)}, which the other language says"
            yield _cell(number, f"{text}_{lang}", found, "the same keys and numbers in each language")


def _reference_problems(number: int, row: Mapping[str, Any]) -> Iterator[Problem]:
    test = _if_readable(parse_test, row["test"])
    if test is None:
        return
    for text in TEXTS.values():
        names = _if_readable(placeholders, row[f"{text}_en"]) or ()
        cited = {name.removesuffix(PERIOD) for name in names if name.startswith(REFERENCE)}
        stands = text == TEXTS[HOLDS]
        for name in sorted(cited - set(test.names if stands else ())):
            expected = "references that the test names" if stands else "no reference, as it may be left out"
            yield _cell(number, f"{text}_en", f"the reference '{name}'", expected)


def _if_readable(read: Callable[[str], Readable], text: str) -> Readable | None:
    """What `read` makes of `text`; None if it cannot be read, which is reported where the cell itself is
    checked.
    """
    try:
        return read(text)
    except DataError:
        return None


def _cell(number: int, column: str, found: str, expected: str, hint: str = "") -> Problem:
    return cell_problem(TABLE, number, column, found, expected, hint)
