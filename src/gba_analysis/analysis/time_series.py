"""The article's figures on the time line of other sources: the tables of the charts of references.

Every row carries the number of its source, so that the note under a chart follows from what is plotted. What
the comparison means for a claim belongs to `verdicts`.

Which rows a line may join: a row is joined to the one before it in its panel if nothing breaks the series
between them, both are exact numbers of other sources, and their unbroken run has at least LINE_ROWS rows. Two
points are no trend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Figure, Name, Word
from gba_analysis.analysis.derived import ROW_COLUMNS
from gba_analysis.analysis.sources import ARTICLE, reference_figure, source_numbers
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.parse import decimals_of
from gba_analysis.figures.period import period_ends
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.verdict_rule import WEAKEST

# The cells of a row by column.
Row = Mapping[str, Any]
SERIES_COLUMNS = [
    "panel",
    "time",
    "span",
    "date",
    "low",
    "high",
    "text",
    "grade",
    "source",
    "is_article",
    "break_before",
    "joined",
]
RANK_COLUMNS = [*SERIES_COLUMNS, "changed"]
LINE_ROWS = 3
# Of each panel: the series of references, and the indicators of the article set beside it.
PANELS = {
    "jointlabs": ("jointlabs_total", ("jointlabs",)),
    "csns": ("csns_hkm_projects", ("csns_experiments",)),
    "teams": ("nscc_teams", ("supercomputing_teams",)),
    "core_hours": ("nscc_core_hours", ("supercomputing_core_hours",)),
    "hightech": ("hengqin_hightech", ("hengqin_hightech",)),
    "macao_funded": ("hengqin_macao_funded", ("hengqin_macao_funded",)),
    # All industries: the article has no figure for it, but the growth of the set is context for the one
    # before.
    "macao_firms": ("hengqin_macao_firms", ()),
    "editions": ("forum_edition", ("forum_first_edition", "forum_fourth_edition")),
}
RANKS = {
    "cluster": ("gii_cluster_rank", ("cluster_rank",)),
    "macao_zhuhai": ("gii_macao_zhuhai_rank", ("macao_zhuhai_rank",)),
}
# What broke the series of ranks before a reference, as its note in references.csv says.
BREAKS = {
    "gii_cluster_rank_2019": "missing",
    "gii_cluster_rank_2020": "merged",
    "gii_cluster_rank_2025": "capital",
    "gii_macao_zhuhai_rank_2025": "capital",
}
TOP10 = {"patents": "gii_top10_pct_2023", "papers": "gii_top10_papers_2023"}
PLACES = ("guangdong", "hongkong", "macao")


def series(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The references of each panel in order of time, then the article's figures, with SERIES_COLUMNS.

    time: in years (2024.5 = the middle of 2024), the middle of the month or year; NaN if the article gives
    none. span: how long that time is, in years. low, high: floats in the panel's unit, infinite where open.
    grade: empty for the article. source: the source's number, 0 for the article. break_before, joined: see
    the module. References below `min_grade`, and those that another was chosen over, are left out."""
    return _panels(facts, rule, min_grade, PANELS)[SERIES_COLUMNS]


def ranks(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The clusters' ranks by year as `series` has them, with RANK_COLUMNS; changed: what broke the series, if
    known.
    """
    table = _panels(facts, rule, min_grade, RANKS)
    changed = [
        _changed(id_) if broken else ""
        for id_, broken in zip(table.index, table["break_before"], strict=True)
    ]
    return table.assign(changed=pd.Series(changed, index=table.index, dtype=object))[RANK_COLUMNS]


@dataclass(frozen=True)
class Plotted:
    """A reference that is plotted. run: the number of the unbroken run it is in. broken: whether it begins
    one after others.
    """

    id: str
    row: Row
    run: int
    broken: bool


def _panels(
    facts: Facts, rule: ReadingRule, min_grade: str, panels: Mapping[str, tuple[str, Sequence[str]]]
) -> pd.DataFrame:
    numbers = source_numbers(facts).to_dict()
    ids, records = [], []
    for panel, (name, indicators) in panels.items():
        plotted = _usable(_of_series(facts, name), min_grade)
        rows = [_reference_row(facts, rule, item, numbers[item.id]) for item in plotted]
        rows += [_article_row(facts, rule, id_) for id_ in indicators]
        # A reference and an indicator may have one id: they are told apart by is_article.
        ids += [*(item.id for item in plotted), *indicators]
        records += [
            row | {"panel": Word(f"panel.{panel}"), "joined": joined}
            for row, joined in zip(rows, _joined(rows), strict=True)
        ]
    return pd.DataFrame(records, index=ids)


def _of_series(facts: Facts, name: str) -> dict[str, Row]:
    return {id_: row for id_, row in facts.rows("references").items() if row["series"] == name}


def _usable(rows: Mapping[str, Row], min_grade: str) -> list[Plotted]:
    """The references that are plotted, in order of time; a break before a row that is left out is kept."""
    run = 0
    usable: list[Plotted] = []
    for id_, row in sorted(rows.items(), key=lambda item: item[1]["period"]):
        run += bool(row["break_before"])
        if row["grade"] <= min_grade and row["chosen"] is not False:
            usable.append(Plotted(id_, row, run, broken=bool(usable) and usable[-1].run < run))
    return usable


def _reference_row(facts: Facts, rule: ReadingRule, plotted: Plotted, source: int) -> dict[str, Any]:
    row, interval = plotted.row, _known(facts.read_reference(plotted.id, rule), plotted.id)
    time, span = _time(row["period"])
    return {
        "time": time,
        "span": span,
        "date": row["period"],
        "low": float(interval.low),
        "high": float(interval.high),
        "text": reference_figure(facts, plotted.id),
        "grade": row["grade"],
        "source": source,
        "is_article": False,
        "break_before": plotted.broken,
        "run": plotted.run,
    }


def _article_row(facts: Facts, rule: ReadingRule, indicator: str) -> dict[str, Any]:
    row, interval = facts.rows("indicators")[indicator], _known(facts.read(indicator, rule), indicator)
    time, span = _time(row["time_from"])
    decimals = decimals_of(row["printed"])
    # The first place is one place, not several.
    qualifier = "exact" if interval.is_point else row["qualifier"]
    return {
        "time": time,
        "span": span,
        "date": row["time_from"],
        "low": float(interval.low),
        "high": float(interval.high),
        "text": Figure(row["value"], decimals, qualifier, row["unit"]),
        "grade": "",
        "source": ARTICLE,
        "is_article": True,
        "break_before": False,
        "run": -1,
    }


def _known(interval: Interval | None, id_: str) -> Interval:
    if interval is None:
        raise DataError(Problem("data", id_, "no value", "a value, as the figure is plotted"))
    return interval


def _time(period: str) -> tuple[float, float]:
    """The middle and the length, in years, of an ISO year, or year and month; NaN and 0 if there is none."""
    if not period:
        return float("nan"), 0.0
    begin, end = period_ends(period)
    return float((begin + end) / 2), float(end - begin)


def _joined(rows: Sequence[Row]) -> list[bool]:
    """For each row, whether a line may join it to the row before it (see the module)."""
    exact = [row["low"] == row["high"] and not row["is_article"] for row in rows]
    # A new run begins at every break and at every figure that is not an exact number.
    begins = [True] * len(rows[:1])
    begins += [
        a["run"] != b["run"] or not both
        for (a, b), both in zip(pairwise(rows), map(all, pairwise(exact)), strict=True)
    ]
    runs = list(accumulate(begins))
    lengths = Counter(runs)
    return [not begin and lengths[run] >= LINE_ROWS for begin, run in zip(begins, runs, strict=True)]


def _changed(reference_id: str) -> Cell:
    """What broke the series before a reference; nothing if its own change is not known in a word."""
    return Word(f"break.{BREAKS[reference_id]}") if reference_id in BREAKS else ""


def top10(facts: Facts, metric: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The ten clusters of the 2023 list by `metric`, greatest first, as rows of an interval chart with
    `source`.

    metric: `patents` or `papers`, totals of five years. Empty if the sources' grade is below `min_grade`.
    """
    rows = {id_: row for id_, row in _of_series(facts, TOP10[metric]).items() if row["grade"] <= min_grade}
    greatest = dict(sorted(rows.items(), key=lambda item: -item[1]["value"]))
    names = [_entity(row) for row in greatest.values()]
    return _interval_rows(facts, greatest, labels=names, groups=[""] * len(names))


def rd_intensity(facts: Facts, min_grade: str = WEAKEST) -> pd.DataFrame:
    """R&D expenditure as a share of GDP by place and year, as rows of an interval chart with `source`.

    Only the latest year and the first one comparable with it (after the last break) are shown of each place:
    no line leads from one to the other."""
    rows = _of_series(facts, "rd_intensity")
    chosen: dict[str, Row] = {}
    for place in PLACES:
        chosen |= _ends({id_: row for id_, row in rows.items() if row["entity_id"] == place}, min_grade)
    groups = [_entity(row) for row in chosen.values()]
    return _interval_rows(facts, chosen, labels=[row["period"] for row in chosen.values()], groups=groups)


def _ends(rows: Mapping[str, Row], min_grade: str) -> dict[str, Row]:
    usable = _usable(rows, min_grade)
    last_run = [item for item in usable if item.run == usable[-1].run]
    return {item.id: item.row for item in (*last_run[:1], *last_run[-1:])}


def _entity(row: Row) -> Name:
    return Name("entities", row["entity_id"], begins=True)


def _interval_rows(
    facts: Facts, rows: Mapping[str, Row], *, labels: Sequence[Cell], groups: Sequence[Cell]
) -> pd.DataFrame:
    """References as rows of an interval chart: the printed values as points, with their sources."""
    numbers = source_numbers(facts).to_dict()
    records = [
        (
            label,
            float(row["value"]),
            float(row["value"]),
            reference_figure(facts, id_),
            "sound",
            group,
            numbers[id_],
        )
        for (id_, row), label, group in zip(rows.items(), labels, groups, strict=True)
    ]
    return pd.DataFrame(
        records,
        columns=[*ROW_COLUMNS, "source"],
        index=pd.Index(list(rows), name=facts.references.index.name),
    )
