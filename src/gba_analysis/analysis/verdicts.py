"""What other sources say of the article's claims: the verdicts for readers, their counts, and both for the prose.

How a verdict follows from figures is in `verdict_rule`; the claims, reasons and sources are in data/.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from gba_analysis.analysis.derived import LANGS, count_entry, ledger_entry
from gba_analysis.analysis.sources import cite, source_numbers
from gba_analysis.analysis.verdict_rule import (
    CONTEXT,
    GRADES,
    NOT_FOUND,
    SEVERITY,
    VERDICTS,
    WEAKEST,
    crosscheck_verdict,
    links_of,
)
from gba_analysis.analysis.words import WORDS, place, word
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

VERDICT_COLUMNS = ["claim", "verdict", "reason", "sources", "grade", "basis", "weight"]
# From this weight on a verdict matters to every reader; the others are for reference.
HEADLINE_WEIGHT = 4
UNCHECKED_COLUMNS = ["place", "claim"]
# Columns of a chart of counts: from the firmest, with what was not found at the end.
COUNT_ORDER = ("confirmed", *reversed([name for name in SEVERITY if name != "confirmed"]), NOT_FOUND)
PREFIX = "x_"


def verdicts(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> pd.Series:
    """The verdict of each cross-check, by id in order of weight, then of the article (see `crosscheck_verdict`)."""
    ids = facts.crosschecks.sort_values("weight", ascending=False, kind="stable").index
    return pd.Series({id_: crosscheck_verdict(facts, id_, rule, min_grade) for id_ in ids})


def verdict_table(facts: Facts, rule: ReadingRule, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The cross-checks for which a source of `min_grade` or better was found, weightiest first, by id, with
    VERDICT_COLUMNS.

    sources: all that a cross-check uses, context included, as numbers of `sources`. grade: the best of those that
    test it. A reason that speaks of another verdict than the one given, or of sources left out, says so.
    """
    numbers = source_numbers(facts)
    found = verdicts(facts, rule, min_grade)
    records = {}
    for id_, verdict in found.items():
        links = links_of(facts, id_, min_grade)
        if links.empty:
            continue
        row = facts.crosschecks.loc[id_]
        tests = links[links["definition"] != CONTEXT]
        records[id_] = {
            "claim": facts.claims.loc[row["claim_id"], f"text_{lang}"],
            "verdict": word("verdict", verdict, lang),
            "reason": _reason(row, verdict, len(links) < len(links_of(facts, id_)), lang),
            "sources": " ".join(map(cite, dict.fromkeys(numbers[links.index]))),
            "grade": tests["grade"].min() if len(tests) else word("gap", "nothing", lang),
            "basis": word("basis", row["basis"], lang),
            "weight": row["weight"],
        }
    return pd.DataFrame.from_dict(records, orient="index", columns=VERDICT_COLUMNS)


def _reason(row: pd.Series, verdict: str, partly: bool, lang: str) -> str:
    """The stored reason; if it speaks of another verdict, or partly of sources that are left out, it says so."""
    reason = row[f"reason_{lang}"]
    if verdict != row["verdict"]:
        stored = word("verdict", row["verdict"], lang)
        return word("reason", "changed", lang).format(verdict=stored, reason=reason)
    return word("reason", "partly", lang).format(reason=reason) if partly else reason


def compact(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """`verdict_table` in four columns, for a page: the basis stands with the verdict, the grade with the sources."""
    pattern = {name: word("compact", name, lang) for name in ("verdict", "sources")}
    return pd.DataFrame(
        {
            "claim": table["claim"],
            "verdict": [pattern["verdict"].format(**row) for row in table[["verdict", "basis"]].to_dict("records")],
            "reason": table["reason"],
            "sources": [pattern["sources"].format(**row) for row in table[["grade", "sources"]].to_dict("records")],
        }
    )


def unchecked_table(facts: Facts, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """The claims for which no source of `min_grade` or better was found, weightiest first, with UNCHECKED_COLUMNS."""
    rows = facts.crosschecks.sort_values("weight", ascending=False, kind="stable")
    rows = rows[[links_of(facts, id_, min_grade).empty for id_ in rows.index]]
    claims = facts.claims.loc[rows["claim_id"]]
    where = [place(*at, lang) for at in zip(claims["section"], claims["paragraph"], strict=True)]
    return pd.DataFrame({"place": where, "claim": claims[f"text_{lang}"].to_numpy()}, index=rows.index)


def verdict_counts(facts: Facts, rule: ReadingRule, lang: str, min_grade: str = WEAKEST) -> pd.DataFrame:
    """How many cross-checks of each part of the article have which verdict: long table with row, column and count."""
    found = verdicts(facts, rule, min_grade)
    claims = facts.claims.loc[facts.crosschecks.loc[found.index, "claim_id"]]
    sections = pd.Series(claims["section"].astype(str).to_numpy(), index=found.index)
    return pd.DataFrame(
        [
            {
                "row": word("section", section, lang),
                "column": word("verdict", verdict, lang),
                "count": int(((sections == section) & (found == verdict)).sum()),
            }
            for section in sorted(set(sections))
            for verdict in COUNT_ORDER
        ]
    )


def verdict_entries(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """The word of each verdict as a ledger entry `verdict.<id>`, the id of the cross-check without its `x_`."""
    return [
        ledger_entry(
            f"verdict.{id_.removeprefix(PREFIX)}",
            {lang: word("verdict", verdict, lang) for lang in LANGS},
            None,
            None,
            inputs=[name for name in [facts.crosschecks.loc[id_, "indicator_id"]] if name],
        )
        for id_, verdict in verdicts(facts, rule, min_grade).items()
    ]


def summary_entries(facts: Facts, rule: ReadingRule, min_grade: str = WEAKEST) -> list[dict[str, Any]]:
    """The counts for the prose as ledger entries.

    claims.total, .<kind>, .checkable (hard and soft); verdicts.total, .<verdict>, .tested (all but not_found), .rule,
    .judgement; references.total, .sources (pages), .grade_a, .grade_b, .grade_c (pages of each grade).
    """
    found = verdicts(facts, rule, min_grade)
    kinds, bases = facts.claims["kind"], facts.crosschecks["basis"]
    references = facts.references[facts.references["grade"] <= min_grade]
    pages = references.assign(number=source_numbers(facts)).drop_duplicates("number")["grade"]
    counts = {
        "claims.total": len(kinds),
        **{f"claims.{kind}": int((kinds == kind).sum()) for kind in WORDS["claim_kind"]},
        "claims.checkable": int((kinds != "promotional").sum()),
        "verdicts.total": len(found),
        **{f"verdicts.{verdict}": int((found == verdict).sum()) for verdict in VERDICTS},
        "verdicts.tested": int((found != NOT_FOUND).sum()),
        **{f"verdicts.{basis}": int((bases == basis).sum()) for basis in WORDS["basis"]},
        "references.total": len(references),
        "references.sources": len(pages),
        **{f"references.grade_{grade.lower()}": int((pages == grade).sum()) for grade in GRADES},
    }
    return [count_entry(key, count, facts.unit("count")) for key, count in counts.items()]
