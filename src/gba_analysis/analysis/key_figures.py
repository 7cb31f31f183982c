"""The key figures as rows of a chart of cards, and what the page says about them.

Which figures they are is said in data/key_figures.csv; a card's look belongs to `charts.kinds.cards`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Listed, Name, Word, phrase, texts_of
from gba_analysis.analysis.derived import Derived, count_entry, derived_rows, evaluate, indicator_rows
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.phrases import is_spoken
from gba_analysis.analysis.sources import source_note, source_numbers
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.verdict_rule import WEAKEST, all_links, crosscheck_verdict, tests_among
from gba_analysis.languages import LANGS

# The title over the cards, which no row of charts.csv asks for.
TITLE = "title.cards"
COLUMNS = (
    "key",
    "label",
    "detail",
    "printed",
    "computed",
    "low",
    "high",
    "text",
    "unit",
    "unit_id",
    "kind",
    "soundness",
    "mark",
    "verdict",
)


def cards(
    facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], min_grade: str = WEAKEST
) -> pd.DataFrame:
    """A row for each key figure, in the file's order, with COLUMNS.

    detail: of which set, and when. printed: the article's own figures, all of those a computed value rests
    on. low, high: floats in the unit, infinite where open. unit: its word, if one follows the number;
    unit_id, kind: of the unit. soundness: sound or conditional. mark, verdict: what sources of `min_grade` or
    better say of the figure; both "" if no cross-check is about it."""
    keys = [key for key in facts.key_figures.index if key in facts.rows("derived")]
    computed = evaluate(facts, rule, parameters, keys=keys)
    records = []
    for key, row in facts.rows("key_figures").items():
        inputs = _inputs(computed, key)
        table = derived_rows(computed, [key]) if key in computed else indicator_rows(facts, rule, inputs)
        [value] = table.to_dict("records")
        unit = facts.unit(value["text"].unit)
        records.append(
            value
            | _verdict(facts, row["crosscheck_id"], rule, min_grade)
            | {
                "key": key,
                "label": Name("key_figures", key, begins=True),
                "detail": phrase(
                    "card.detail", set=Name("key_figures", key, "set"), time=_time(facts, inputs)
                ),
                "printed": Listed(tuple(facts.rows("indicators")[id_]["printed"] for id_ in inputs)),
                "computed": key in computed,
                "unit": Name("units", unit.id) if is_spoken(unit) else "",
                "unit_id": unit.id,
                "kind": unit.kind,
            }
        )
    return pd.DataFrame(records, columns=COLUMNS)


def _inputs(computed: Mapping[str, Derived], key: str) -> tuple[str, ...]:
    """The printed figures that a key figure rests on, or is."""
    return computed[key].inputs if key in computed else (key.partition(".")[2],)


def _time(facts: Facts, ids: Sequence[str]) -> Cell:
    """When, as far as the text says: of one figure its phrase, of several the years from the first to the
    last; and whether they are counted since then.
    """
    figures = [facts.rows("indicators")[id_] for id_ in ids]
    phrases = [
        Name("indicators", id_, "time")
        for id_, row in zip(ids, figures, strict=True)
        if any(row[f"time_{lang}"] for lang in LANGS)
    ]
    years = sorted(date[:4] for row in figures for date in (row["time_from"], row["time_to"]) if date)
    time: Cell = Listed(tuple(phrases)) if phrases else Word("date.undated")
    if len(figures) > 1 and years:
        time = "–".join(dict.fromkeys((years[0], years[-1])))
    return phrase("card.cumulative", time=time) if any(row["cumulative"] for row in figures) else time


def _verdict(facts: Facts, crosscheck: str, rule: ReadingRule, min_grade: str) -> dict[str, Cell]:
    if not crosscheck:
        return {"mark": "", "verdict": ""}
    verdict = crosscheck_verdict(facts, crosscheck, rule, min_grade)
    return {"mark": Word(f"verdict_mark.{verdict}"), "verdict": Word(f"verdict.{verdict}")}


def card_entries(facts: Facts, table: pd.DataFrame, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """What the page says of the cards as ledger entries: cards.total, .exact, .ranges; title.cards;
    note.cards.

    table: from `cards`. exact: figures with one value; ranges: all others, open ones too.
    """
    exact = int((table["low"] == table["high"]).sum())
    counts = {"total": len(table), "exact": exact, "ranges": len(table) - exact}
    return [
        *(
            count_entry(f"cards.{name}", Fraction(count), facts.unit("count"))
            for name, count in counts.items()
        ),
        ledger_entry(TITLE, texts_of(phrase("card.title", **counts), facts), None, None),
        ledger_entry("note.cards", texts_of(_note(facts, min_grade), facts), None, None),
    ]


def _note(facts: Facts, min_grade: str) -> Cell:
    """The sources of the verdicts on the cards, beside the article."""
    numbers, links = source_numbers(facts), all_links(facts, min_grade)
    checks = [row["crosscheck_id"] for row in facts.rows("key_figures").values() if row["crosscheck_id"]]
    used = [link for id_ in checks for link in tests_among(links[id_])]
    if not used:
        return phrase("source_note.article")
    return source_note(facts, numbers[used], "verdicts")
