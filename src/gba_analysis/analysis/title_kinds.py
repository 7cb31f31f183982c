"""The kinds of a chart's title: what a table says, found in its keys and numbers, as a phrase of a catalogue.

    count     how many of what a table counts are of the kinds that `about` names; all, some or none
    named     the values of one or two rows, by the ids that `about` gives them roles for
    series    the last value of another source in the first panel, and the one before it
    place     which place one row has among all of them, the greatest first
    most      which of several has most: counts of a long table, or the swing of a tornado
    ends      the greatest and the least of the groups' last values
    sentence  numbers of the table's form, and a test over them in the grammar of findings

Which kind a chart has, and what it is about, is said in data/charts.csv; the sentences are words of the
article. A kind has its sentence under the name given there, and those for its other cases under that name
with an ending (ENDINGS). A title claims no more than the table supports under any parameters: bounds stay
bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Name, Phrase, Word, phrase, said
from gba_analysis.analysis.findings import HOLDS, judge, parse_test
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.interval import Interval

# The endings of the sentences that a kind needs, and of those that it takes if there are any.
ENDINGS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "count": ((), ("_none", "_all")),
    "named": ((), ("_one",)),
    "series": (("_broken", "_one", "_none"), ()),
    "place": (("_none",), ()),
    "most": (("_only", "_equal"), ("_both", "_none")),
    "ends": (("_one",), ()),
    "sentence": (("_not",), ("_unknown",)),
}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """What a title is about: a row of data/charts.csv.

    sentence: its name in the group `title`. noun: of what is counted, in the group `noun`; "" if the number
    stands alone. about: keys and ids by what they are for. test: in the grammar of findings."""

    label: str
    kind: str
    sentence: str
    noun: str
    about: Mapping[str, tuple[str, ...]]
    test: str

    def key(self, ending: str = "") -> str:
        """The key of its sentence for a case."""
        return f"title.{self.sentence}{ending}"

    def counted(self, number: Cell) -> Cell:
        """`number` with the noun."""
        return counted(number, self.noun) if self.noun else number

    def words(self) -> dict[str, Word]:
        """Those of `about` that are words, such as what is measured."""
        return {name: Word(keys[0]) for name, keys in self.about.items() if "." in keys[0]}


def read_chart(label: str, row: Row) -> Chart:
    """The chart of a row of charts.csv. about: `name=key` or `name=key+key`, with spaces between.

    Raises DataError for another form, or a name that stands twice."""
    pairs = [pair.partition("=") for pair in row["about"].split()]
    about = {name: tuple(keys.split("+")) for name, _, keys in pairs}
    if not all(name and all(keys) for name, keys in about.items()):
        found = repr(row["about"])
        raise DataError(_problem(label, found, "pairs such as name=key or name=key+key"))
    if len(about) < len(pairs):
        found = f"a name twice in {row['about']!r}"
        raise DataError(_problem(label, found, "each name of the column about once"))
    return Chart(label, row["kind"], row["sentence"], row["noun"], about, row["test"])


def _problem(label: str, found: str, expected: str) -> Problem:
    return Problem("data/charts.csv", f"chart {label}", found, expected)


def counted(number: Cell, noun: str) -> Phrase:
    """A number, or a value that says one, with its noun: `1 event`, `over 140 enterprises`."""
    return phrase(f"noun.{noun}", number=number)


def count(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """How many there are, `total`, and how many of each kind of `about`, by its name.

    A row counts for the number in its column `count`, else for one. It is of a kind if a cell of it is one of
    the kind's keys. A kind whose name is a noun is said with it."""
    rows = _records(table)
    total = sum(_number(row) for row in rows)
    parts = {
        name: sum(_number(row) for row in rows if not _keys(row).isdisjoint(keys))
        for name, keys in chart.about.items()
    }
    ending = {0: "_none", total: "_all"}.get(sum(parts.values()), "")
    texts = {name: _with_noun(part, name, known) for name, part in parts.items()}
    first = next(iter(parts.values()), None)
    key = chart.key(ending) if known(chart.key(ending)) else chart.key()
    return [Phrase(key, (("total", chart.counted(total)), *texts.items()), first)]


def _number(row: Row) -> int:
    return int(row.get("count", 1))


def _keys(row: Row) -> set[Any]:
    return {cell.key if isinstance(cell, Word) else cell for cell in row.values()}


def named(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """The values of the rows that `about` names, one or two, each by its role.

    A role that is a noun is said with it, so that a sentence cannot give a number to the wrong thing. The
    first row must be drawn; without the second the first is said alone."""
    values = dict(zip(table.index, map(said, table["text"]), strict=True))
    (first, (one,)), *more = chart.about.items()
    if one not in values:
        raise DataError(_problem(chart.label, f"the id '{one}'", "the id of a row that the chart draws"))
    drawn = {first: one} | {role: id_ for role, (id_,) in more if id_ in values}
    found = {role: _with_noun(values[id_], role, known) for role, id_ in drawn.items()}
    return [phrase(chart.key("" if len(drawn) > 1 else "_one"), **found)]


def _with_noun(number: Cell, noun: str, known: Callable[[str], bool]) -> Cell:
    return counted(number, noun) if known(f"noun.{noun}") else number


def series(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """The `last` value of other sources in the first `panel`, `when` it was, and the one `before` and its
    time, `earlier`; said otherwise if the two cannot be compared.
    """
    others = [row for row in _records(table) if not row["is_article"]]
    if not others:
        return [phrase(chart.key("_none"))]
    panel = others[0]["panel"]
    *earlier, last = [row for row in others if row["panel"] == panel]
    found = {"panel": panel, "last": last["text"], "when": _year(last["date"])}
    if not earlier:
        return [phrase(chart.key("_one"), **found)]
    before = earlier[-1]
    key = chart.key("_broken" if last["break_before"] else "")
    return [phrase(key, **found, before=before["text"], earlier=_year(before["date"]))]


def place(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """The `place` that the row of the entity `own` has among the `total`."""
    rows = _records(table)
    [own] = chart.about["own"]
    found = chart.words() | {"total": chart.counted(len(rows))}
    value = next(
        (row["low"] for row in rows if isinstance(row["label"], Name) and row["label"].id == own), None
    )
    if value is None:
        return [phrase(chart.key("_none"), **found)]
    return [phrase(chart.key(), **found, place=sum(row["low"] > value for row in rows) + 1)]


def most(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """Which `one` has most, and how much, `most`; or how many have it alike, `tied`."""
    sizes = _totals(table) if "count" in table.columns else _swings(table)
    found: dict[str, Cell] = dict(chart.words())
    if not sizes:
        return [phrase(chart.key("_none"), **found)]
    greatest = max(sizes.values())
    first = [item for item, size in sizes.items() if size == greatest or math.isclose(size, greatest)]
    if "count" in table.columns:
        found["most"] = chart.counted(int(greatest))
    if len(first) == 1:
        return [phrase(chart.key("" if len(sizes) > 1 else "_only"), **found, one=_inner(first[0]))]
    [tied] = chart.about["tied"]
    equal = phrase(chart.key("_equal"), **found, tied=counted(len(first), tied))
    if len(first) == 2 and known(chart.key("_both")):
        return [phrase(chart.key("_both"), **found, one=first[0], other=first[1]), equal]
    return [equal]


def _inner(cell: Cell) -> Cell:
    # A proper name keeps its capital.
    return Word(cell.key, inner=True) if isinstance(cell, Word) else cell


def _totals(table: pd.DataFrame) -> dict[Cell, int]:
    totals: dict[Cell, int] = {}
    for row in _records(table):
        totals[row["row"]] = totals.get(row["row"], 0) + _number(row)
    return totals


def _swings(table: pd.DataFrame) -> dict[Cell, float]:
    """How far both ends of a tornado's bars move together, as `sensitivity` has it, by the group."""
    groups = _grouped(table, "group")
    chosen = groups.pop("", [])
    return {group: _swing([*chosen, *rows]) for group, rows in groups.items()}


def _swing(rows: list[Row]) -> float:
    ends = [[row[name] for row in rows] for name in ("low", "high")]
    # Infinity less infinity is no number, but ends that are all open do not move.
    return sum(0.0 if len(set(values)) == 1 else max(values) - min(values) for values in ends)


def ends(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """Of the groups' last rows the greatest, `top` with its value `high` at the time `when`, and the least,
    `bottom` with `low` at the time `earlier`.
    """
    latest = sorted((rows[-1] for rows in _grouped(table, "group").values()), key=lambda row: row["low"])
    bottom, top = latest[0], latest[-1]
    found = {"top": top["group"], "high": said(top["text"]), "when": _year(top["label"])}
    if len(latest) == 1:
        return [phrase(chart.key("_one"), **found)]
    less = {"bottom": bottom["group"], "low": said(bottom["text"]), "earlier": _year(bottom["label"])}
    return [phrase(chart.key(), **found, **less)]


def sentence(chart: Chart, table: pd.DataFrame, known: Callable[[str], bool]) -> list[Phrase]:
    """The sentence if the test holds for the numbers of the table's form, else the one that denies it; or one
    that says that the table lacks a number which the test names. about: the number that chooses the `form`.
    """
    numbers, test = numbers_of(table), parse_test(chart.test)
    if not set(test.names) <= set(numbers):
        return [phrase(chart.key("_unknown"))]
    holds = judge(test, {name: Interval.point(number) for name, number in numbers.items()}) == HOLDS
    values = numbers | {"total": chart.counted(numbers["total"])}
    form = numbers[chart.about["form"][0]] if "form" in chart.about else None
    return [Phrase(chart.key("" if holds else "_not"), tuple(values.items()), form)]


def numbers_of(table: pd.DataFrame) -> dict[str, int]:
    """What a table counts, by its form.

    A matrix of texts: `total` rows, and those with texts in more than one column, `shared`. A timeline:
    `total` events, those of the `latest` year, and this `year`. Series of the article and of others: the
    `total` with figures of both, and in how many the last of the article is certainly `above` or `below` the
    last of the others; nothing if no series has both."""
    rows = _records(table)
    if "start" in table.columns:
        years = [math.floor(row["start"]) for row in rows]
        return {"total": len(years), "latest": years.count(max(years)), "year": max(years)}
    if "is_article" in table.columns:
        return _differences(table)
    filled = [sum(row["text"] != "" for row in group) for group in _grouped(table, "row").values()]
    return {"total": len(filled), "shared": sum(number > 1 for number in filled)}


def _differences(table: pd.DataFrame) -> dict[str, int]:
    pairs = []
    for rows in _grouped(table, "panel").values():
        last = {row["is_article"]: row for row in rows}
        if len(last) == 2:
            pairs.append((last[True], last[False]))
    above = sum(article["low"] > other["high"] for article, other in pairs)
    below = sum(article["high"] < other["low"] for article, other in pairs)
    return {"total": len(pairs), "above": above, "below": below} if pairs else {}


def _grouped(table: pd.DataFrame, column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in _records(table):
        groups.setdefault(row[column], []).append(row)
    return groups


def _records(table: pd.DataFrame) -> list[Row]:
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def _year(period: str) -> str:
    return period.partition("-")[0]


KINDS: Mapping[str, Callable[[Chart, pd.DataFrame, Callable[[str], bool]], list[Phrase]]] = {
    "count": count,
    "named": named,
    "series": series,
    "place": place,
    "most": most,
    "ends": ends,
    "sentence": sentence,
}


def title_keys(charts: Iterable[Chart]) -> tuple[set[str], set[str]]:
    """The keys of the sentences that `charts` need, and of those that they take if there are any."""
    pairs = [(chart, ENDINGS[chart.kind]) for chart in charts if chart.kind in ENDINGS]
    needed = {chart.key(ending) for chart, (always, _) in pairs for ending in ("", *always)}
    return needed, {chart.key(ending) for chart, (_, some) in pairs for ending in some} - needed
