"""The article's figures on the time line of other sources: the tables of the charts of references.

Every row carries the number of its source, so that the note under a chart follows from what is plotted. What the
comparison means for a claim belongs to `verdicts`.

Which rows a line may join: a row is joined to the one before it in its panel if nothing breaks the series between them,
both are exact numbers of other sources, and their unbroken run has at least LINE_ROWS rows. Two points are no trend.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import ROW_COLUMNS
from gba_analysis.analysis.sources import ARTICLE, source_numbers
from gba_analysis.analysis.verdict_rule import WEAKEST
from gba_analysis.analysis.words import label, short, word
from gba_analysis.figures.parse import parse_printed
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

SERIES_COLUMNS = [
    "panel", "time", "span", "date", "low", "high", "text", "grade", "source", "is_article", "break_before", "joined",
]
RANK_COLUMNS = [*SERIES_COLUMNS, "changed"]
LINE_ROWS = 3
MONTHS = 12
# Of each panel: the series of references, and the indicators of the article set beside it.
PANELS = {
    "jointlabs": ("jointlabs_total", ("jointlabs",)),
    "csns": ("csns_hkm_projects", ("csns_experiments",)),
    "teams": ("nscc_teams", ("supercomputing_teams",)),
    "core_hours": ("nscc_core_hours", ("supercomputing_core_hours",)),
    "hightech": ("hengqin_hightech", ("hengqin_hightech",)),
    "macao_funded": ("hengqin_macao_funded", ("hengqin_macao_funded",)),
    # All industries: the article has no figure for it, but the growth of the set is context for the one before.
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


def series(facts: Facts, rule: ReadingRule, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The references of each panel in order of time, then the article's figures, with SERIES_COLUMNS.

    time: in years (2024.5 = the middle of 2024), the middle of the month or year; NaN if the article gives none. span:
    how long that time is, in years. low, high: floats in the panel's unit, infinite where open. grade: empty for the
    article. source: the source's number, 0 for the article. break_before, joined: see the module.
    References below `min_grade`, and those that another was chosen over, are left out.
    """
    return _panels(facts, rule, lang, min_grade, PANELS)[SERIES_COLUMNS]


def ranks(facts: Facts, rule: ReadingRule, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The clusters' ranks by year as `series` has them, with RANK_COLUMNS; changed: what broke the series, if known."""
    table = _panels(facts, rule, lang, min_grade, RANKS)
    texts = [_changed(id_, lang) if broken else "" for id_, broken in zip(table.index, table["break_before"], strict=True)]
    return table.assign(changed=texts)[RANK_COLUMNS]


def _panels(
    facts: Facts, rule: ReadingRule, lang: str, min_grade: str, panels: dict[str, tuple[str, Sequence[str]]]
) -> pd.DataFrame:
    numbers = source_numbers(facts)
    parts = []
    for panel, (name, indicators) in panels.items():
        rows = _usable(facts.references[facts.references["series"] == name], min_grade)
        references = {id_: _reference_row(facts, rule, row, int(numbers[id_]), lang) for id_, row in rows.iterrows()}
        article = {id_: _article_row(facts, rule, id_, lang) for id_ in indicators}
        if references or article:
            # A reference and an indicator may have one id: they are told apart by is_article.
            table = pd.DataFrame([*references.values(), *article.values()], index=[*references, *article])
            parts.append(table.assign(panel=word("panel", panel, lang), joined=_joined(table)))
    return pd.concat(parts)


def _usable(rows: pd.DataFrame, min_grade: str) -> pd.DataFrame:
    """The references that are plotted, in order of time; a break before a row that is left out is kept."""
    rows = rows.sort_values("period", kind="stable")
    rows = rows.assign(run=rows["break_before"].astype(bool).cumsum())
    rejected = [chosen is False for chosen in rows["chosen"]]
    rows = rows[(rows["grade"] <= min_grade) & ~pd.Series(rejected, index=rows.index)]
    return rows.assign(break_before=rows["run"].diff().fillna(0) > 0)


def _reference_row(facts: Facts, rule: ReadingRule, row: pd.Series, source: int, lang: str) -> dict[str, Any]:
    interval = facts.read_reference(row.name, rule)
    time, span = _time(row["period"])
    return {
        "time": time,
        "span": span,
        "date": row["period"],
        "low": float(interval.low),
        "high": float(interval.high),
        "text": short(row["value"], row["decimals"], row["qualifier"], facts.unit(row["unit"]), lang),
        "grade": row["grade"],
        "source": source,
        "is_article": False,
        "break_before": bool(row["break_before"]),
        "run": int(row["run"]),
    }


def _article_row(facts: Facts, rule: ReadingRule, indicator: str, lang: str) -> dict[str, Any]:
    row, interval = facts.indicators.loc[indicator], facts.read(indicator, rule)
    time, span = _time(row["time_from"])
    decimals = parse_printed(row["printed"]).decimals
    # The first place is one place, not several.
    qualifier = "exact" if interval.is_point else row["qualifier"]
    return {
        "time": time,
        "span": span,
        "date": row["time_from"],
        "low": float(interval.low),
        "high": float(interval.high),
        "text": short(row["value"], decimals, qualifier, facts.unit(row["unit"]), lang),
        "grade": "",
        "source": ARTICLE,
        "is_article": True,
        "break_before": False,
        "run": -1,
    }


def _time(period: str) -> tuple[float, float]:
    """The middle and the length, in years, of an ISO year, or year and month; NaN and 0 if there is none."""
    if not period:
        return float("nan"), 0.0
    year, _, month = period.partition("-")
    if not month:
        return int(year) + 0.5, 1.0
    return int(year) + (int(month) - 0.5) / MONTHS, 1 / MONTHS


def _joined(table: pd.DataFrame) -> list[bool]:
    """For each row, whether a line may join it to the row before it (see the module)."""
    exact = (table["low"] == table["high"]) & ~table["is_article"]
    # A new run begins at every break and at every figure that is not an exact number.
    runs = ((table["run"] != table["run"].shift()) | ~exact | ~exact.shift(fill_value=True)).cumsum()
    lengths = runs.map(runs.value_counts())
    return list((runs == runs.shift()) & (lengths >= LINE_ROWS))


def _changed(reference_id: str, lang: str) -> str:
    """What broke the series before a reference; nothing if its own change is not known in a word."""
    return word("break", BREAKS[reference_id], lang) if reference_id in BREAKS else ""


def top10(facts: Facts, metric: str, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The ten clusters of the 2023 list by `metric`, greatest first, as rows of an interval chart with `source`.

    metric: `patents` or `papers`, totals of five years. Empty if the sources' grade is below `min_grade`.
    """
    rows = facts.references[facts.references["series"] == TOP10[metric]]
    rows = rows[rows["grade"] <= min_grade].sort_values("value", ascending=False)
    return _interval_rows(facts, rows, facts.entities.loc[rows["entity_id"], f"name_{lang}"], [""] * len(rows), lang)


def rd_intensity(facts: Facts, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """R&D expenditure as a share of GDP by place and year, as rows of an interval chart with `source`.

    Only the latest year and the first one comparable with it (after the last break) are shown of each place: no line
    leads from one to the other.
    """
    rows = facts.references[facts.references["series"] == "rd_intensity"]
    chosen = pd.concat([_ends(rows[rows["entity_id"] == place], min_grade) for place in PLACES])
    groups = [label(facts.entities.loc[place, f"name_{lang}"]) for place in chosen["entity_id"]]
    return _interval_rows(facts, chosen, chosen["period"], groups, lang)


def _ends(rows: pd.DataFrame, min_grade: str) -> pd.DataFrame:
    usable = _usable(rows, min_grade)
    last_run = usable[usable["run"] == usable["run"].max()]
    return last_run.iloc[[0, -1]] if len(last_run) > 1 else last_run


def _interval_rows(
    facts: Facts, rows: pd.DataFrame, labels: Iterable[str], groups: Sequence[str], lang: str
) -> pd.DataFrame:
    """References as rows of an interval chart: the printed values as points, with their sources."""
    numbers = source_numbers(facts)
    records = [
        (
            label(name),
            float(row["value"]),
            float(row["value"]),
            short(row["value"], row["decimals"], row["qualifier"], facts.unit(row["unit"]), lang),
            "sound",
            group,
            int(numbers[id_]),
        )
        for (id_, row), name, group in zip(rows.iterrows(), labels, groups, strict=True)
    ]
    return pd.DataFrame(records, columns=[*ROW_COLUMNS, "source"], index=rows.index)
