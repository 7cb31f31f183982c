"""Robustness for readers: a table of the findings, rows of a tornado chart, a table of ranks, and counts for
the prose.

Here keys become words; what is counted and moved is said in `robustness`, `sensitivity` and `ordering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import count_entry
from gba_analysis.analysis.findings import JudgedFinding
from gba_analysis.analysis.grid import comparable
from gba_analysis.analysis.ordering import Ranked
from gba_analysis.analysis.robustness import Flip, Tally
from gba_analysis.analysis.sensitivity import CHOSEN, Movement, Setting
from gba_analysis.analysis.words import label, quantity
from gba_analysis.analysis.words import word as article_word
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.text import interval_text, number_text
from gba_analysis.figures.units import Unit
from gba_analysis.words import say

TORNADO_COLUMNS = ("group", "label", "low", "high", "text", "soundness")
RANK_COLUMNS = ("what", "value", "rank")


def finding_table(
    findings: Iterable[JudgedFinding], tallies: Iterable[Tally], flips: Sequence[Flip], lang: str
) -> pd.DataFrame:
    """Each finding with its outcome, in how many sets of values it holds, and where it flips, indexed by id.

    tallies, flips: of the same findings. Columns: finding, outcome (under the chosen values), one for each
    reading (`4 of 6`: holds in 4 of 6 sets), flips."""
    counts: dict[str, dict[str, Tally]] = {}
    for tally in tallies:
        counts.setdefault(tally.finding, {})[tally.reading] = tally
    rows = {
        finding.id: {
            "finding": label(finding.name[lang]),
            "outcome": say(f"outcome.{finding.outcome}", lang),
            **{reading: _count_text(tally, lang) for reading, tally in counts[finding.id].items()},
            "flips": _flips_text(
                [flip for flip in flips if flip.finding == finding.id],
                readings=[*counts[finding.id]],
                lang=lang,
            ),
        }
        for finding in findings
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _count_text(tally: Tally, lang: str) -> str:
    return say("pattern.holds_in", lang, holds=tally.holds, sets=tally.sets)


def _flips_text(flips: Iterable[Flip], readings: Sequence[str], lang: str) -> str:
    """The flips of one finding in words. readings: all of them, as a flip under each needs no name."""
    texts = [_flip_text(alike, under, readings, lang) for alike, under in _alike(flips)]
    return say("joint.clauses", lang).join(texts) if texts else say("flip.none", lang)


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


def _flip_text(flips: Sequence[Flip], under: Sequence[str], readings: Sequence[str], lang: str) -> str:
    """Flips that differ in their value alone, `under` some of the `readings`."""
    first = flips[0]
    text = say(
        f"flip.{first.direction}",
        lang,
        parameter=say(f"parameter.{first.parameter}", lang),
        value=say("joint.or", lang).join(value_text(flip.parameter, flip.value, lang) for flip in flips),
        after=say(f"outcome.{first.after}", lang),
    )
    if first.parameter == "reading" or len(under) == len(readings):
        return text
    named = say("joint.listed", lang).join(say(f"reading.{name}", lang) for name in under)
    return say("pattern.flip_under", lang, flip=text, reading=named)


def value_text(parameter: str, value: Any, lang: str) -> str:
    """A parameter's value as readers see it: `0.145`, `35,389`, `Strict`, `Hengqin, Nansha`."""
    if isinstance(value, bool):
        return say(f"yes_no.{'yes' if value else 'no'}", lang)
    if isinstance(value, list):
        return say("joint.listed", lang).join(article_word("platform", item, lang) for item in value)
    if isinstance(value, str):
        return say(f"reading.{value}", lang) if parameter == "reading" else value
    number = Fraction(str(value))
    # A whole number, such as a count of cores, is not rounded.
    return number_text(number, Unit("", "count" if number.denominator == 1 else "measure", "", ""), lang)


def tornado_rows(movements: Sequence[Movement], facts: Facts, lang: str) -> pd.DataFrame:
    """The movements of one derived indicator as rows of a tornado chart, with TORNADO_COLUMNS.

    low, high: floats in the unit, infinite where open. The first row, of the chosen values, has no group.
    """
    derived = facts.rows("derived")[movements[0].key]
    unit = facts.unit(derived["unit"])
    rows = [
        (
            _group_text(movement.setting, lang),
            _setting_text(movement.setting, lang),
            float(movement.interval.low),
            float(movement.interval.high),
            interval_text(movement.interval, unit, lang),
            derived["soundness"],
        )
        for movement in movements
    ]
    return pd.DataFrame(rows, columns=list(TORNADO_COLUMNS))


def _group_text(setting: Setting, lang: str) -> str:
    return say(f"parameter.{setting.parameter}", lang) if setting.kind != CHOSEN else ""


def _setting_text(setting: Setting, lang: str) -> str:
    if setting.kind == CHOSEN:
        return say(f"setting.{CHOSEN}", lang)
    return value_text(setting.parameter, setting.value, lang)


def rank_table(ranks: Iterable[Ranked], names: Mapping[str, str], unit: Unit, lang: str) -> pd.DataFrame:
    """The ranks with what, value and rank (`2`, or `1–2` where the intervals overlap).

    names: of what is ranked, in `lang`, by key. unit: that of the intervals.
    """
    rows = [
        (label(names[ranked.key]), quantity(ranked.interval, unit, lang), _rank_text(ranked))
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
