"""The other public sources: their numbered list, which of them a table rests on, and their figures for the
prose.

A source is one page: references with the same outlet, carrier, title and date. What its figures say of a
claim belongs to `verdicts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Figure, Listed, Phrase, Word, phrase, text_of, texts_of
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.source_names import published, publisher, title
from gba_analysis.figures.grade_rule import GRADES, WEAKEST
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import PAGE, Facts
from gba_analysis.figures.verdict_rule import PARTY
from gba_analysis.languages import LANGS

# What a reader sees; the address stands behind the title.
SHOWN = ("number", "grade", "publisher", "title", "published")
SOURCE_COLUMNS = [*SHOWN, "address"]
# The source of a row that is not from another source but from the article.
ARTICLE = 0


def source_numbers(facts: Facts) -> pd.Series:
    """The number of each reference's source, by reference id: 1 for the first source that the verdicts use.

    Sources are numbered by first use: by the cross-checks in the order of the article; then those that no
    cross-check uses. The numbers do not depend on parameters, so they are the same in every scenario."""
    references = facts.rows("references")
    order = {id_: number for number, id_ in enumerate(facts.rows("crosschecks"))}
    links = sorted(facts.rows("crosscheck_references"), key=lambda link: order[link[0]])
    numbers: dict[tuple[str, ...], int] = {}
    found = {}
    for id_ in dict.fromkeys([*(reference for _, reference in links), *references]):
        page = tuple(references[id_][column] for column in PAGE)
        found[id_] = numbers.setdefault(page, len(numbers) + 1)
    return pd.Series(found)


def sources(facts: Facts, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The sources of `min_grade` or better, indexed by number, with SOURCE_COLUMNS.

    number: as it is cited, `[7]`. title: in its own language, or our description in brackets. published: with
    what was inferred marked. address: may be empty for the weakest grade.
    """
    numbers, rows = source_numbers(facts), facts.rows("references")
    own = _of_parties_alone(facts, numbers)
    first = {number: str(id_) for id_, number in reversed(list(numbers.items()))}
    records = {
        number: {
            "number": cite(number),
            "grade": rows[id_]["grade"],
            "publisher": publisher(id_, rows[id_], party=number in own),
            "title": title(id_, rows[id_]),
            "published": published(rows[id_]),
            "address": rows[id_]["address"],
        }
        for number, id_ in sorted(first.items())
        if rows[id_]["grade"] <= min_grade
    }
    return pd.DataFrame.from_dict(records, orient="index", columns=SOURCE_COLUMNS)


def _of_parties_alone(facts: Facts, numbers: pd.Series) -> set[int]:
    """The sources of which every figure is a statement of whom it speaks of."""
    rows = facts.rows("references")
    others = {number for id_, number in numbers.items() if rows[id_]["independence"] != PARTY}
    return set(numbers) - others


def cite(number: int) -> str:
    """A source's number as texts cite it."""
    return f"[{number}]"


def cited(rows: pd.DataFrame) -> list[int]:
    """The sources that the rows of a chart's table rest on: the numbers in its column `source`, in order.

    A table of the article's figures alone has no such column.
    """
    return sorted({int(number) for number in rows.get("source", [])} - {ARTICLE})


def source_note(facts: Facts, numbers: Iterable[int], pattern: str = "note") -> Cell:
    """The note under a chart: its sources by grade, `Sources: grade A [2] [9]; grade C [4].`

    numbers: of sources; without one, the note says that there is none. pattern: the words around them.
    """
    numbers = sorted(set(numbers))
    if not numbers:
        return phrase("source_note.none")
    by_reference = source_numbers(facts).to_dict()
    grades: dict[int, str] = {}
    for id_, row in facts.rows("references").items():
        grades.setdefault(by_reference[id_], row["grade"])
    parts = [
        phrase("source_note.grade", grade=grade, numbers=" ".join(map(cite, of_grade)))
        for grade in GRADES
        if (of_grade := [number for number in numbers if grades[number] == grade])
    ]
    return phrase(f"source_note.{pattern}", parts=Listed(tuple(parts), "source_note.joint"))


def note_entries(facts: Facts, tables: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """The notes under charts as ledger entries `note.<label>`. tables: the plotted rows by the label of the
    chart.
    """
    return [
        ledger_entry(f"note.{name}", texts_of(_note(facts, rows), facts), None, None)
        for name, rows in tables.items()
    ]


def _note(facts: Facts, rows: pd.DataFrame) -> Cell:
    numbers = cited(rows)
    if len(rows) and not numbers:
        return phrase("source_note.article")
    return source_note(facts, numbers)


def reference_figure(facts: Facts, reference_id: str, style: str = "short") -> Figure:
    """A reference's figure with its bound. style: see `Figure`. Raises KeyError if there is none."""
    row = facts.rows("references")[reference_id]
    return Figure(row["value"], row["decimals"], row["qualifier"], row["unit"], style)


def reference_entries(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """The references with a value as ledger entries `ref.<id>`: the text as the source bounds it, the
    interval as read; and the time each is about, `ref.<id>_period`.

    Each is traced to its source: publisher and date. Of a reference below `min_grade` nothing counts as
    known: its interval has no ends."""
    rows = {id_: row for id_, row in facts.rows("references").items() if row["unit"]}
    return [
        entry for id_, row in rows.items() for entry in _reference_entries(facts, rule, id_, row, min_grade)
    ]


def _reference_entries(
    facts: Facts, rule: ReadingRule, id_: str, row: Mapping[str, Any], min_grade: str
) -> list[dict[str, Any]]:
    page = f"{text_of(publisher(id_, row), facts, LANGS[0])}, {text_of(published(row), facts, LANGS[0])}"
    value, time = reference_figure(facts, id_, "reported"), period(row["period"])
    interval = facts.read_reference(id_, rule) if row["grade"] <= min_grade else None
    return [
        ledger_entry(
            f"ref.{id_}", texts_of(value, facts), interval, facts.unit(row["unit"]), expression=page
        ),
        ledger_entry(f"ref.{id_}_period", texts_of(time, facts), None, None, expression=page),
    ]


def period(time: str) -> Phrase:
    """An ISO year, or year and month, in words: `February 2024`, `2024年2月`."""
    year, _, month = time.partition("-")
    if not month:
        return phrase("period.year", year=year)
    return phrase("period.month", year=year, month=Word(f"month.{int(month)}"))
