"""The key figures as rows of a chart of cards, and what the page says about them.

Which figures they are is said in data/key_figures.csv; a card's look belongs to `charts.cards`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import count_entry, derived_rows, evaluate, indicator_rows
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.source_words import VERDICT_MARKS
from gba_analysis.analysis.sources import source_note, source_numbers
from gba_analysis.analysis.words import SPOKEN_KINDS, UNSPOKEN, label, word
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.verdict_rule import WEAKEST, all_links, crosscheck_verdict, tests_among
from gba_analysis.languages import LANGS

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
WORDS: Mapping[str, Mapping[str, str]] = {
    "detail": {"en": "{set}; {time}", "zh": "{set}；{time}"},
    "cumulative": {"en": "in total, {time}", "zh": "累计，{time}"},
    "joint": {"en": ", ", "zh": "、"},
    # True for any numbers, also one and none.
    "title": {
        "en": "Of {total} key figures, the article supports {exact} exactly and {ranges} only as ranges",
        "zh": "{total}项关键数字中，文章支持确数的有{exact}项，只支持区间的有{ranges}项",
    },
    "stop": {"en": ".", "zh": "。"},
}


def cards(
    facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any], lang: str, min_grade: str = WEAKEST
) -> pd.DataFrame:
    """A row for each key figure, in the file's order, with COLUMNS.

    detail: of which set, and when. printed: the article's own figures, all of those a computed value rests
    on. low, high: floats in the unit, infinite where open. unit: its word, if one follows the number;
    unit_id, kind: of the unit. soundness: sound or conditional. mark, verdict: what sources of `min_grade` or
    better say of the figure; both "" if no cross-check is about it."""
    keys = [key for key in facts.key_figures.index if key in facts.derived.index]
    computed = evaluate(facts, rule, parameters, keys=keys)
    records = []
    for key, row in facts.key_figures.iterrows():
        unit = facts.unit(_figure(facts, computed, key)["unit"])
        figures = facts.indicators.loc[_inputs(computed, key)]
        if key in computed.index:
            [value] = derived_rows(computed, facts, [key], lang).to_dict("records")
        else:
            [value] = indicator_rows(facts, rule, figures.index, lang).to_dict("records")
        spoken = unit.kind in SPOKEN_KINDS and unit.id != UNSPOKEN
        records.append(
            value
            | _verdict(facts, row["crosscheck_id"], rule, lang, min_grade)
            | {
                "key": key,
                "label": label(row[f"name_{lang}"]),
                "detail": _detail(row[f"set_{lang}"], figures, lang),
                "printed": word_list(figures["printed"], lang),
                "computed": key in computed.index,
                "unit": {"en": unit.name_en, "zh": unit.name_zh}[lang] if spoken else "",
                "unit_id": unit.id,
                "kind": unit.kind,
            }
        )
    return pd.DataFrame(records, columns=COLUMNS)


def _figure(facts: Facts, computed: pd.DataFrame, key: str) -> pd.Series:
    return computed.loc[key] if key in computed.index else facts.indicators.loc[_name(key)]


def _inputs(computed: pd.DataFrame, key: str) -> list[str]:
    """The printed figures that a key figure rests on, or is."""
    return list(computed.at[key, "inputs"]) if key in computed.index else [_name(key)]


def _name(key: str) -> str:
    return key.partition(".")[2]


def word_list(texts: Sequence[str], lang: str) -> str:
    """Different `texts` beside each other."""
    return WORDS["joint"][lang].join(dict.fromkeys(texts))


def _detail(of: str, figures: pd.DataFrame, lang: str) -> str:
    time = _time(figures, lang)
    if figures["cumulative"].any():
        time = WORDS["cumulative"][lang].format(time=time)
    return WORDS["detail"][lang].format(set=of, time=time)


def _time(figures: pd.DataFrame, lang: str) -> str:
    """When, as far as the text says: of one figure its phrase, of several the years from the first to the
    last.
    """
    phrases = [text for text in figures[f"time_{lang}"] if text]
    years = sorted(date[:4] for column in ("time_from", "time_to") for date in figures[column] if date)
    if len(figures) > 1 and years:
        return "–".join(dict.fromkeys((years[0], years[-1])))
    return word_list(phrases, lang) if phrases else word("date", "undated", lang)


def _verdict(facts: Facts, crosscheck: str, rule: ReadingRule, lang: str, min_grade: str) -> dict[str, str]:
    if not crosscheck:
        return {"mark": "", "verdict": ""}
    verdict = crosscheck_verdict(facts, crosscheck, rule, min_grade)
    return {"mark": VERDICT_MARKS[verdict], "verdict": word("verdict", verdict, lang)}


def card_entries(facts: Facts, table: pd.DataFrame, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """What the page says of the cards as ledger entries: cards.total, .exact, .ranges; title.cards;
    note.cards.

    table: from `cards`. exact: figures with one value; ranges: all others, open ones too.
    """
    exact = int((table["low"] == table["high"]).sum())
    counts = {"total": len(table), "exact": exact, "ranges": len(table) - exact}
    title = {lang: WORDS["title"][lang].format(**counts) + WORDS["stop"][lang] for lang in LANGS}
    note = {lang: _note(facts, lang, min_grade) for lang in LANGS}
    return [
        *(
            count_entry(f"cards.{name}", Fraction(count), facts.unit("count"))
            for name, count in counts.items()
        ),
        ledger_entry("title.cards", title, None, None),
        ledger_entry("note.cards", note, None, None),
    ]


def _note(facts: Facts, lang: str, min_grade: str) -> str:
    """The sources of the verdicts on the cards, beside the article."""
    numbers, links = source_numbers(facts), all_links(facts, min_grade)
    used = [link for id_ in facts.key_figures["crosscheck_id"] if id_ for link in tests_among(links[id_])]
    if not used:
        return word("source_note", "article", lang)
    return source_note(facts, numbers[used], lang, "verdicts")
