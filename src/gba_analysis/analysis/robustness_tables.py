"""Robustness for readers: a table of the findings, rows of a tornado chart, a table of ranks, and counts for
the prose.

What is counted and moved is said in `robustness`, `sensitivity` and `ordering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Listed, Name, Number, Quantity, Word, phrase
from gba_analysis.analysis.derived import count_entry
from gba_analysis.analysis.findings import JudgedFinding
from gba_analysis.analysis.grid import comparable
from gba_analysis.analysis.ordering import Ranked
from gba_analysis.analysis.robustness import Flip, Tally
from gba_analysis.analysis.sensitivity import CHOSEN, Movement, Setting
from gba_analysis.figures.reading import READINGS
from gba_analysis.figures.tables import Facts

FINDINGS = "findings"
TORNADO_COLUMNS = ("group", "label", "low", "high", "text", "soundness")
RANK_COLUMNS = ("what", "value", "rank")
FINDING_COLUMNS = ["finding", "outcome", *READINGS, "flips"]


def finding_table(
    findings: Iterable[JudgedFinding], tallies: Iterable[Tally], flips: Sequence[Flip]
) -> pd.DataFrame:
    """Each finding with its outcome, in how many sets of values it holds, and where it flips, indexed by id.

    tallies, flips: of the same findings. FINDING_COLUMNS: outcome is the one under the chosen values, a
    reading has `4 of 6` if the finding holds in 4 of 6 sets."""
    counts: dict[str, dict[str, Tally]] = {}
    for tally in tallies:
        counts.setdefault(tally.finding, {})[tally.reading] = tally
    rows = {
        finding.id: {
            "finding": Name(FINDINGS, finding.id, begins=True),
            "outcome": Word(f"outcome.{finding.outcome}"),
            **{reading: _count_cell(tally) for reading, tally in counts[finding.id].items()},
            "flips": _flips_cell(
                [flip for flip in flips if flip.finding == finding.id], readings=[*counts[finding.id]]
            ),
        }
        for finding in findings
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=FINDING_COLUMNS)


def _count_cell(tally: Tally) -> Cell:
    return phrase("pattern.holds_in", holds=tally.holds, sets=tally.sets)


def _flips_cell(flips: Iterable[Flip], readings: Sequence[str]) -> Cell:
    """The flips of one finding. readings: all of them, as a flip under each needs no name."""
    cells = tuple(_flip_cell(alike, under, readings) for alike, under in _alike(flips))
    return Listed(cells, "joint.clauses") if cells else Word("flip.none")


def _alike(flips: Iterable[Flip]) -> list[tuple[list[Flip], tuple[str, ...]]]:
    """Flips that differ in their value alone, one for each value, with the readings under which they are."""
    under: dict[tuple[Any, ...], list[Flip]] = {}
    for flip in flips:
        what = (flip.parameter, flip.direction, flip.after, comparable(flip.value))
        under.setdefault(what, []).append(flip)
    alike: dict[tuple[Any, ...], list[Flip]] = {}
    for same in under.values():
        first = same[0]
        readings = tuple(flip.reading for flip in same)
        alike.setdefault((first.parameter, first.direction, first.after, readings), []).append(first)
    return [(firsts, readings) for (*_, readings), firsts in alike.items()]


def _flip_cell(flips: Sequence[Flip], under: Sequence[str], readings: Sequence[str]) -> Cell:
    """Flips that differ in their value alone, `under` some of the `readings`."""
    first = flips[0]
    said = phrase(
        f"flip.{first.direction}",
        parameter=Word(f"parameter.{first.parameter}"),
        value=Listed(tuple(value_cell(flip.parameter, flip.value) for flip in flips), "joint.or"),
        after=Word(f"outcome.{first.after}"),
    )
    if first.parameter == "reading" or len(under) == len(readings):
        return said
    named = Listed(tuple(Word(f"reading.{name}") for name in under))
    return phrase("pattern.flip_under", flip=said, reading=named)


def value_cell(parameter: str, value: Any) -> Cell:
    """A parameter's value as readers see it: `0.145`, `35,389`, `Strict`, `Hengqin, Nansha`."""
    if isinstance(value, bool):
        return Word("yes_no.yes" if value else "yes_no.no")
    if isinstance(value, list):
        return Listed(tuple(Word(f"platform.{item}") for item in value))
    if isinstance(value, str):
        return Word(f"reading.{value}") if parameter == "reading" else value
    return Number(Fraction(str(value)))


def tornado_rows(movements: Sequence[Movement], facts: Facts) -> pd.DataFrame:
    """The movements of one derived indicator as rows of a tornado chart, with TORNADO_COLUMNS.

    low, high: floats in the unit, infinite where open. The first row, of the chosen values, has no group.
    """
    derived = facts.rows("derived")[movements[0].key]
    rows = [
        (
            _group_cell(movement.setting),
            _setting_cell(movement.setting),
            float(movement.interval.low),
            float(movement.interval.high),
            Quantity(movement.interval, derived["unit"]),
            derived["soundness"],
        )
        for movement in movements
    ]
    return pd.DataFrame(rows, columns=list(TORNADO_COLUMNS))


def _group_cell(setting: Setting) -> Cell:
    return Word(f"parameter.{setting.parameter}") if setting.kind != CHOSEN else ""


def _setting_cell(setting: Setting) -> Cell:
    if setting.kind == CHOSEN:
        return Word(f"setting.{CHOSEN}")
    return value_cell(setting.parameter, setting.value)


def rank_table(ranks: Iterable[Ranked], *, table: str, unit: str) -> pd.DataFrame:
    """The ranks with what, value and rank (`2`, or `1–2` where the intervals overlap).

    table: of data/, whose ids are ranked. unit: that of the intervals, an id of units.csv.
    """
    rows = [
        (
            Name(table, ranked.key, begins=True),
            Quantity(ranked.interval, unit, "full"),
            _rank_text(ranked),
        )
        for ranked in ranks
    ]
    return pd.DataFrame(rows, columns=list(RANK_COLUMNS))


def _rank_text(ranked: Ranked) -> str:
    return str(ranked.best) if ranked.best == ranked.worst else f"{ranked.best}–{ranked.worst}"


def robustness_entries(tallies: Iterable[Tally], facts: Facts) -> list[dict[str, Any]]:
    """For the prose, how many sets of values were tried for each finding over all readings, and in how many
    it holds: ledger entries `robustness.<finding>_cells` and `robustness.<finding>_holds`.
    """
    holds: dict[str, int] = {}
    sets: dict[str, int] = {}
    for tally in tallies:
        holds[tally.finding] = holds.get(tally.finding, 0) + tally.holds
        sets[tally.finding] = sets.get(tally.finding, 0) + tally.sets
    return [
        count_entry(f"robustness.{finding}_{name}", counts[finding], facts.unit("count"))
        for finding in holds
        for name, counts in (("holds", holds), ("cells", sets))
    ]
