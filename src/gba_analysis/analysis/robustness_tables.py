"""Robustness for readers: a table of the findings, rows of a tornado chart, a table of ranks, and counts for
the prose.

What is counted and moved is said in `robustness`, `sensitivity` and `ordering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import count_entry
from gba_analysis.analysis.robustness_words import CLAUSES, LISTED, OR, value_text, word
from gba_analysis.analysis.sensitivity import CHOSEN
from gba_analysis.analysis.words import label, quantity
from gba_analysis.analysis.words import word as common_word
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.text import interval_text
from gba_analysis.figures.units import Unit

TORNADO_COLUMNS = ("group", "label", "low", "high", "text", "soundness")
RANK_COLUMNS = ("what", "value", "rank")


def finding_table(
    findings: pd.DataFrame, outcomes: pd.DataFrame, flips: pd.DataFrame, lang: str
) -> pd.DataFrame:
    """Each finding with its outcome, in how many sets of values it holds, and where it flips, indexed by
    finding.

    findings: of `evaluate_findings`; outcomes, flips: of `robustness`, of the same findings. Columns:
    finding, outcome (under the chosen values), one for each reading (`4 of 6`: holds in 4 of 6 sets), flips.
    """
    counts = outcomes.set_index(["finding", "reading"])
    table = pd.DataFrame(index=findings.index)
    table["finding"] = findings[f"name_{lang}"].map(label)
    table["outcome"] = [word("outcome", outcome, lang) for outcome in findings["outcome"]]
    for reading in outcomes["reading"].unique():
        table[reading] = [_count_text(counts.loc[(id_, reading)], lang) for id_ in findings.index]
    readings = outcomes["reading"].nunique()
    table["flips"] = [_flips_text(flips[flips["finding"] == id_], readings, lang) for id_ in findings.index]
    return table


def _count_text(row: pd.Series, lang: str) -> str:
    return word("pattern", "holds_in", lang).format(holds=row["holds"], cells=row["cells"])


def _flips_text(flips: pd.DataFrame, readings: int, lang: str) -> str:
    """The flips of one finding in words; readings: how many there are, as a flip under all of them needs no
    name.
    """
    under: dict[tuple[str, ...], list[str]] = {}
    for _, row in flips.iterrows():
        value = value_text(row["parameter"], row["value"], lang)
        flip = (row["parameter"], row["direction"], row["after"], value)
        under.setdefault(flip, []).append(row["reading"])
    alike: dict[tuple[Any, ...], list[str]] = {}
    for (*flip, value), names in under.items():
        alike.setdefault((*flip, tuple(names)), []).append(value)
    texts = [_flip_text(*flip, values, readings, lang) for flip, values in alike.items()]
    return CLAUSES[lang].join(texts) if texts else word("flip", "none", lang)


def _flip_text(
    parameter: str,
    direction: str,
    after: str,
    names: Sequence[str],
    values: Sequence[str],
    readings: int,
    lang: str,
) -> str:
    text = word("flip", direction, lang).format(
        parameter=word("parameter", parameter, lang),
        value=OR[lang].join(values),
        after=word("outcome", after, lang),
    )
    if parameter == "reading" or len(names) == readings:
        return text
    named = LISTED[lang].join(common_word("reading", name, lang) for name in names)
    return word("pattern", "flip_under", lang).format(flip=text, reading=named)


def tornado_rows(table: pd.DataFrame, facts: Facts, lang: str) -> pd.DataFrame:
    """The rows of `sensitivity.tornado` as rows of a tornado chart, with TORNADO_COLUMNS.

    low, high: floats in the unit, infinite where open. The first row, of the chosen values, has no group.
    """
    derived = facts.derived.loc[table["key"].iloc[0]]
    unit = facts.unit(derived["unit"])
    return pd.DataFrame(
        [
            (
                word("parameter", row["parameter"], lang) if row["parameter"] else "",
                _setting_text(row, lang),
                float(row["low"]),
                float(row["high"]),
                interval_text(row["interval"], unit, lang),
                derived["soundness"],
            )
            for _, row in table.iterrows()
        ],
        columns=TORNADO_COLUMNS,
    )


def _setting_text(row: pd.Series, lang: str) -> str:
    chosen = row["setting"] == CHOSEN
    return word("setting", CHOSEN, lang) if chosen else value_text(row["parameter"], row["value"], lang)


def rank_table(ranks: pd.DataFrame, unit: Unit, lang: str) -> pd.DataFrame:
    """The rows of `ordering.rank_intervals` with what, value and rank (`2`, or `1–2` where the intervals
    overlap).
    """
    return pd.DataFrame(
        {
            "what": [label(name) for name in ranks.index],
            "value": [quantity(interval, unit, lang) for interval in ranks["interval"]],
            "rank": [
                str(a) if a == b else f"{a}–{b}" for a, b in zip(ranks["best"], ranks["worst"], strict=True)
            ],
        },
        columns=RANK_COLUMNS,
    )


def robustness_entries(outcomes: pd.DataFrame, facts: Facts) -> list[dict[str, Any]]:
    """For the prose, how many sets of values were tried for each finding over all readings, and in how many
    it holds: ledger entries `robustness.<finding>_cells` and `robustness.<finding>_holds`.
    """
    totals = outcomes.groupby("finding", sort=False)[["holds", "cells"]].sum()
    return [
        count_entry(f"robustness.{finding}_{column}", int(row[column]), facts.unit("count"))
        for finding, row in totals.iterrows()
        for column in ("holds", "cells")
    ]
