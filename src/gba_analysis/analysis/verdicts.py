"""What other sources say of the article's claims: the verdicts for readers, their counts, and both for the
prose.

How a verdict follows from figures is in `verdict_rule`; the claims, reasons and sources are in data/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Name, Phrase, Place, Word, phrase, texts_of
from gba_analysis.analysis.derived import count_entry
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.sources import cite, source_numbers
from gba_analysis.figures.grade_rule import GRADES, WEAKEST
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts
from gba_analysis.figures.verdict_rule import (
    NOT_FOUND,
    SEVERITY,
    VERDICTS,
    ReferenceUse,
    all_links,
    deciding_link,
    verdict_with,
)
from gba_analysis.figures.weight_rule import weight

VERDICT_COLUMNS = ["claim", "verdict", "reason", "sources", "grade", "basis"]
COMPACT_COLUMNS = ["claim", "verdict", "reason", "sources"]
# Of claims, as the schema lists them.
KINDS = ("hard", "soft", "promotional")
BASES = ("rule", "judgement")
UNCHECKED_COLUMNS = ["place", "claim"]
# Columns of a chart of counts: from the firmest, with what was not found at the end.
COUNT_ORDER = ("confirmed", *reversed([name for name in SEVERITY if name != "confirmed"]), NOT_FOUND)
PREFIX = "x_"


def verdicts(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> dict[str, str]:
    """The verdict of each cross-check, by id in order of weight, then of the article (see
    `crosscheck_verdict`).
    """
    links = all_links(facts, min_grade)
    return {id_: verdict_with(facts, id_, rule, links[id_]) for id_ in _by_weight(facts)}


def _by_weight(facts: Facts) -> list[str]:
    """The cross-checks from the weightiest, then in the file's order."""
    return sorted(facts.rows("crosschecks"), key=lambda id_: -weight(facts, id_))


def verdict_table(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The cross-checks for which a source of `min_grade` or better was found, weightiest first, by id, with
    VERDICT_COLUMNS.

    sources: all that a cross-check uses, context included, as numbers of `sources`. grade: of the source that
    decides it. A reason that speaks of another verdict than the one given, or of sources left out, says so.
    """
    numbers, rows = source_numbers(facts), facts.rows("crosschecks")
    every, counting = all_links(facts), all_links(facts, min_grade)
    records = {}
    for id_ in _by_weight(facts):
        links = counting[id_]
        if not links:
            continue
        row, verdict = rows[id_], verdict_with(facts, id_, rule, links)
        records[id_] = {
            "claim": Name("claims", row["claim_id"], "text"),
            "verdict": Word(f"verdict.{verdict}"),
            "reason": _reason(id_, row, verdict, partly=len(links) < len(every[id_])),
            "sources": " ".join(map(cite, dict.fromkeys(numbers[reference] for reference in links))),
            "grade": _standing(deciding_link(facts, id_, rule, links)),
            "basis": Word(f"basis.{row['basis']}"),
        }
    return pd.DataFrame.from_dict(records, orient="index", columns=VERDICT_COLUMNS)


def _standing(link: ReferenceUse | None) -> Cell:
    """The letter beside a verdict: the grade of the source that decides it, and whether that is a party."""
    if link is None:
        return Word("gap.nothing")
    return phrase("compact.party", grade=link.grade) if link.party else link.grade


def _reason(id_: str, row: Mapping[str, Any], verdict: str, *, partly: bool) -> Cell:
    """The stored reason; if it speaks of another verdict, or partly of sources that are left out, it says
    so.
    """
    reason = Name("crosschecks", id_, "reason")
    if verdict != row["verdict"]:
        return phrase("reason.changed", verdict=Word(f"verdict.{row['verdict']}"), reason=reason)
    return phrase("reason.partly", reason=reason) if partly else reason


def compact(table: pd.DataFrame) -> pd.DataFrame:
    """`verdict_table` with COMPACT_COLUMNS, for a page: the basis stands with the verdict, the grade with the
    sources.
    """
    return pd.DataFrame(
        {
            "claim": table["claim"],
            "verdict": _together("compact.verdict", table[["verdict", "basis"]]),
            "reason": table["reason"],
            "sources": _together("compact.sources", table[["grade", "sources"]]),
        },
        columns=COMPACT_COLUMNS,
    )


def _together(key: str, columns: pd.DataFrame) -> list[Phrase]:
    names = [str(name) for name in columns]
    rows = zip(*(columns[name] for name in names), strict=True)
    return [phrase(key, **dict(zip(names, row, strict=True))) for row in rows]


def unchecked_table(facts: Facts, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The claims for which no source of `min_grade` or better was found, weightiest first, with
    UNCHECKED_COLUMNS.
    """
    links, rows, claims = all_links(facts, min_grade), facts.rows("crosschecks"), facts.rows("claims")
    ids = [id_ for id_ in _by_weight(facts) if not links[id_]]
    about = [rows[id_]["claim_id"] for id_ in ids]
    cells = [
        (Place(claims[claim]["section"], claims[claim]["paragraph"]), Name("claims", claim, "text"))
        for claim in about
    ]
    return pd.DataFrame(
        cells, columns=UNCHECKED_COLUMNS, index=pd.Index(ids, name=facts.crosschecks.index.name)
    )


def verdict_counts(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> pd.DataFrame:
    """How many cross-checks of each part of the article have which verdict: long table with row, column and
    count.
    """
    rows, claims = facts.rows("crosschecks"), facts.rows("claims")
    found = verdicts(facts, rule, min_grade)
    counts = Counter(
        (str(claims[rows[id_]["claim_id"]]["section"]), verdict) for id_, verdict in found.items()
    )
    return pd.DataFrame(
        [
            {
                "row": Word(f"section.{section}"),
                "column": Word(f"verdict.{verdict}"),
                "count": counts[section, verdict],
            }
            for section in sorted({section for section, _ in counts})
            for verdict in COUNT_ORDER
        ]
    )


def verdict_entries(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """The word of each verdict as a ledger entry `verdict.<id>`, the id of the cross-check without its
    `x_`.
    """
    rows = facts.rows("crosschecks")
    return [
        ledger_entry(
            f"verdict.{id_.removeprefix(PREFIX)}",
            texts_of(Word(f"verdict.{verdict}"), facts),
            None,
            None,
            word=f"verdict.{verdict}",
            inputs=[name for name in [rows[id_]["indicator_id"]] if name],
        )
        for id_, verdict in verdicts(facts, rule, min_grade).items()
    ]


def summary_entries(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """The counts for the prose as ledger entries.

    claims.total, .<kind>, .checkable (hard and soft); verdicts.total, .<verdict>, .tested (all but
    not_found), .rule, .judgement; references.total, .sources (pages), .grade_a, .grade_b, .grade_c (pages of
    each grade)."""
    found = verdicts(facts, rule, min_grade)
    given = Counter(found.values())
    kinds, bases = facts.claims["kind"], facts.crosschecks["basis"]
    references = facts.references[facts.references["grade"] <= min_grade]
    pages = references.assign(number=source_numbers(facts)).drop_duplicates("number")["grade"]
    counts = {
        "claims.total": len(kinds),
        **{f"claims.{kind}": int((kinds == kind).sum()) for kind in KINDS},
        "claims.checkable": int((kinds != "promotional").sum()),
        "verdicts.total": len(found),
        **{f"verdicts.{verdict}": given[verdict] for verdict in VERDICTS},
        "verdicts.tested": len(found) - given[NOT_FOUND],
        **{f"verdicts.{basis}": int((bases == basis).sum()) for basis in BASES},
        "references.total": len(references),
        "references.sources": len(pages),
        **{f"references.grade_{grade.lower()}": int((pages == grade).sum()) for grade in GRADES},
    }
    return [count_entry(key, count, facts.unit("count")) for key, count in counts.items()]
