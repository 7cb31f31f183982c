"""Dated events, the forum's cadence, and the collaborations the article names, by partner and field.

A collaboration named in the article says nothing about its size: links are counted, not weighed.

Partner of a link: the end outside the mainland, decided by the regions of the two entities. An end in Hong
Kong or Macao comes before an international one; of two equal ends it is the one the collaboration goes to. A
link without an end outside the mainland has no partner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Name, Place, Word
from gba_analysis.analysis.derived import count_entry, evaluate, value_table
from gba_analysis.errors import ParameterError, Problem
from gba_analysis.figures.period import period_ends
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

THEME = "openness"
# Regions outside the mainland in order of precedence; equal numbers are equal.
OUTSIDE = {"hongkong": 0, "macao": 0, "international": 1}
TIMELINE_COLUMNS = ["start", "end", "label", "kind", "ongoing"]
MATRIX_COLUMNS = ["row", "column", "count"]
LINK_COLUMNS = ["collaboration", "partner", "kind", "field", "place"]


def timeline(facts: Facts) -> pd.DataFrame:
    """The dated events in order of time, indexed by id, with start, end, label, kind and ongoing.

    start, end: years as floats. kind: `year` for a date known to the year only (it spans that year, 2021 to
    2022), `point` for one known to the month, `span` for an event with two dates (to the end of the second).
    """
    rows = facts.events
    spans = [_span(start, end) for start, end in zip(rows["date_from"], rows["date_to"], strict=True)]
    table = pd.DataFrame(spans, columns=["start", "end", "kind"], index=rows.index)
    table["label"] = pd.Series({id_: Name("events", id_, begins=True) for id_ in rows.index}, dtype=object)
    table = table.assign(ongoing=rows["ongoing"])
    return table[TIMELINE_COLUMNS].sort_values(["start", "end"], kind="stable")


def _span(date_from: str, date_to: str) -> tuple[float, float, str]:
    """The start, end and kind of an event, from ISO years or years and months; `date_to` may be empty."""
    begin, end = map(float, period_ends(date_from))
    if date_to:
        return begin, float(period_ends(date_to)[1]), "span"
    if "-" not in date_from:
        return begin, end, "year"
    # A dot cannot show a month's length: it stands in its middle.
    middle = (begin + end) / 2
    return middle, middle, "point"


def cadence(facts: Facts, rule: ReadingRule, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The forum's cadence and its scientists per edition, with their conditions, as a table for readers."""
    computed = evaluate(facts, rule, parameters, THEME)
    return value_table(computed, facts, computed)


def partners(facts: Facts) -> pd.DataFrame:
    """The links that have a partner, with the columns `partner` and `other` (entity ids) and `side` (a
    region).
    """
    rows = facts.links.copy()
    ends = [
        _partner_first(facts, start, end)
        for start, end in zip(rows["from_entity_id"], rows["to_entity_id"], strict=True)
    ]
    rows["partner"], rows["other"] = [[pair[position] for pair in ends] for position in (0, 1)]
    rows["side"] = facts.entities.loc[rows["partner"], "region"].to_numpy()
    return rows[rows["side"].isin(list(OUTSIDE))]


def _partner_first(facts: Facts, start: str, end: str) -> tuple[str, str]:
    entities = facts.rows("entities")
    ranks = [OUTSIDE.get(entities[entity]["region"], len(OUTSIDE)) for entity in (start, end)]
    return (start, end) if ranks[0] < ranks[1] else (end, start)


def collaboration_matrix(facts: Facts, min_links: int = 1) -> pd.DataFrame:
    """How many links each partner has in each field: a long table with MATRIX_COLUMNS.

    min_links: partners with fewer links are left out. Partners stand by side, then by number of links; fields
    in the file's order, those without a link left out. Every pair has a row, with 0 where there is no link.
    Raises ParameterError if no partner has so many links."""
    links = partners(facts)
    totals = links["partner"].value_counts(sort=False)
    shown = totals[totals >= min_links]
    if shown.empty:
        most = f"at most {totals.max()}, the links of the partner with the most"
        raise ParameterError(Problem("parameters", "parameter min_links", str(min_links), most))
    counts = Counter(zip(links["partner"], links["field"], strict=True))
    partners_shown = _by_side(shown, facts)
    fields = [
        field for field in facts.fields.index if any(counts[partner, field] for partner in partners_shown)
    ]
    return pd.DataFrame(
        [
            {
                "row": Name("entities", partner, begins=True),
                "column": Name("fields", field),
                "count": counts[partner, field],
            }
            for partner in partners_shown
            for field in fields
        ],
        columns=MATRIX_COLUMNS,
    )


def _by_side(totals: pd.Series, facts: Facts) -> list[str]:
    sides = list(OUTSIDE)
    order = facts.entities.loc[totals.index, "region"].map(sides.index)
    frame = pd.DataFrame({"side": order, "fewest": -totals})
    return list(frame.sort_values(["side", "fewest"], kind="stable").index)


def links_table(facts: Facts) -> pd.DataFrame:
    """Every link that has a partner, indexed by id, with LINK_COLUMNS."""
    rows = partners(facts)
    return pd.DataFrame(
        [
            {
                "collaboration": Name("links", id_),
                "partner": Name("entities", row["partner"], begins=True),
                "kind": Word(f"link_kind.{row['kind']}"),
                "field": Name("fields", row["field"]),
                "place": Place(row["section"], row["paragraph"]),
            }
            for id_, row in rows.iterrows()
        ],
        index=rows.index,
        columns=LINK_COLUMNS,
    )


def summary_entries(facts: Facts) -> list[dict[str, Any]]:
    """The counts for the prose as ledger entries `openness.…`.

    events and, of them, ongoing; links (pairs of a collaboration and a partner) and links_<side>;
    collaborations (one the article tells of Hong Kong and Macao together is one collaboration and two links);
    partners."""
    links, unit = partners(facts), facts.unit("count")
    counts = {
        "events": len(facts.events),
        "ongoing": int(facts.events["ongoing"].sum()),
        "links": len(links),
        **{f"links_{side}": int((links["side"] == side).sum()) for side in OUTSIDE},
        "collaborations": len(links.drop_duplicates(["name_en", "section", "paragraph"])),
        "partners": links["partner"].nunique(),
    }
    return [count_entry(f"{THEME}.{name}", count, unit) for name, count in counts.items()]
