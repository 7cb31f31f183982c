"""How firm the printed figures are: the register of all of them, and how many are bounded, dated, and parts
of a base.

What single figures mean belongs to the modules of their themes; whether other sources agree, to the verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from gba_analysis.analysis.cells import Cell, Name, Place, Quantity, Word, name_or
from gba_analysis.analysis.derived import count_entry
from gba_analysis.figures.reading import READINGS, ReadingRule
from gba_analysis.figures.tables import Facts

REGISTER = ("place", "printed", "what", "reading", "date")
FIGURE_COLUMNS = ["what", "printed", "reading", "note"]
RULE_COLUMNS = ("qualifier", "printed", *READINGS)
TIMES = ("time_from", "time_to", "time_en", "time_zh")
EXACT = ("exact", "reach")
BOUNDS = ("over", "over_round", "about_under", "rank")
SUPPORT = ["section", "measures", "exact", "dated", "with_base"]
# One figure for each qualifier, to show what the readings make of it.
EXAMPLES = {
    "exact": "hengqin_hightech",
    "reach": "hetao_match_rate",
    "over": "jointlabs_staff",
    "over_round": "supercomputing_teams",
    "about_under": "jointlabs_hkm_staff",
    "rank": "macao_zhuhai_rank",
    "vague": "vague_startups",
}


def register(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """Every figure of the article in reading order, indexed by id, with the columns REGISTER.

    reading is the interval under `rule` with its unit."""
    ids = facts.indicators.sort_values(["section", "paragraph"], kind="stable").index
    records = [_figure_row(facts, rule, id_) for id_ in ids]
    return pd.DataFrame(records, index=ids, columns=REGISTER)


def _figure_row(facts: Facts, rule: ReadingRule, id_: str) -> dict[str, Cell]:
    """What a table can say of one figure."""
    row = facts.rows("indicators")[id_]
    time = row["time_from"] or row["time_to"] or Word("date.undated")
    return {
        "place": Place(row["section"], row["paragraph"]),
        "printed": row["printed"],
        "what": Name("indicators", id_, begins=True),
        "reading": _reading(facts, rule, id_),
        "date": name_or(facts, Name("indicators", id_, "time"), time),
        "note": Name("indicators", id_, "note"),
    }


def _reading(facts: Facts, rule: ReadingRule, id_: str) -> Cell:
    interval = facts.read(id_, rule)
    if interval is None:
        return Word("gap.no_value")
    return Quantity(interval, facts.rows("indicators")[id_]["unit"], "full")


def figure_table(facts: Facts, rule: ReadingRule, ids: Iterable[str]) -> pd.DataFrame:
    """The figures `ids`, of any units, as a table for readers, with FIGURE_COLUMNS."""
    ids = list(ids)
    records = [_figure_row(facts, rule, id_) for id_ in ids]
    return pd.DataFrame(
        records, index=pd.Index(ids, name=facts.indicators.index.name), columns=FIGURE_COLUMNS
    )


def _date(time_from: str, time_to: str, time_en: str, time_zh: str) -> str:
    if time_from or time_to:
        return "dated"
    return "phrase" if time_en or time_zh else "undated"


def attributes(rows: pd.DataFrame) -> pd.DataFrame:
    """What each figure of `rows` is counted by: section, qualifier, date and base.

    qualifier: a numeral inside a name bounds nothing, so it is not counted with the exact figures. date:
    `dated` (a year is given), `phrase` (only words such as "in recent years") or `undated`. base: how firmly
    the figure is a part of another one (a relation), or `none`."""
    times = zip(*(rows[column] for column in TIMES), strict=True)
    return pd.DataFrame(
        {
            "section": rows["section"].astype(str),
            "qualifier": rows["qualifier"].where(rows["class"] != "name", "name"),
            "date": [_date(*time) for time in times],
            "base": rows["relation"].where(rows["parent_id"] != "", "none"),
        },
        index=rows.index,
    )


def counted_figures(facts: Facts, include_names: bool) -> pd.DataFrame:
    """The figures that are counted. include_names: whether numerals inside names are among them."""
    return facts.indicators if include_names else facts.indicators[facts.indicators["class"] != "name"]


def measures(facts: Facts) -> pd.DataFrame:
    """The figures that measure something: not those that name, date or structure."""
    return facts.indicators[facts.indicators["class"] == "measure"]


def firmness(facts: Facts, include_names: bool = False) -> pd.DataFrame:
    """How many figures each section has of each qualifier: long table with row (section), column and count.

    Every pair that a section and a qualifier can form has a row, with 0 where there is no figure."""
    keys = attributes(counted_figures(facts, include_names))
    counts = keys.groupby(["section", "qualifier"]).size()
    return pd.DataFrame(
        [
            {
                "row": Word(f"section.{section}"),
                "column": Word(f"qualifier.{qualifier}"),
                "count": int(counts.get((section, qualifier), 0)),
            }
            for section in sorted(keys["section"].unique())
            for qualifier in facts.words.keys_of("qualifier")
            if qualifier in set(keys["qualifier"])
        ]
    )


def support(facts: Facts) -> pd.DataFrame:
    """What comes with the measures: for each section, and in a last row for all, how many there are, and how
    many of them are exact, carry a year, and are part of a whole. The columns SUPPORT.
    """
    measured = measures(facts)
    groups = {"measures": measured.index, **_measure_groups(measured)}
    sections = measured["section"].astype(str)
    places = {
        Word(f"section.{section}"): sections.index[sections == section] for section in sorted(set(sections))
    }
    places[Word("gap.total")] = measured.index
    return pd.DataFrame(
        [
            (name, *(len(groups[column].intersection(ids)) for column in SUPPORT[1:]))
            for name, ids in places.items()
        ],
        columns=SUPPORT,
    )


def rules(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """What each reading makes of one figure of each qualifier, with RULE_COLUMNS.

    rule: gives the tolerances; its name does not matter.
    """
    return pd.DataFrame(
        [
            {
                "qualifier": Word(f"qualifier.{qualifier}"),
                "printed": facts.rows("indicators")[id_]["printed"],
                **{name: _reading(facts, replace(rule, name=name), id_) for name in READINGS},
            }
            for qualifier, id_ in EXAMPLES.items()
        ],
        columns=RULE_COLUMNS,
    )


def summary_entries(facts: Facts, include_names: bool = False) -> list[dict[str, Any]]:
    """The counts for the prose as ledger entries `evidence.…`.

    figures_total; figures_counted, without the numerals inside names unless include_names; measures,
    structural, vague, names; of the measures: exact, bounds, dated, phrase_only, undated, with_base,
    with_stated_base, without_base, and firm (exact, with a year and with a base at once), each of these also
    as a percentage of the measures, `<name>_share`."""
    rows, measured = facts.indicators, measures(facts)
    counted = {
        "figures_total": rows.index,
        "figures_counted": counted_figures(facts, include_names).index,
        "measures": measured.index,
        "structural": rows.index[rows["class"] == "structural"],
        "vague": rows.index[rows["class"] == "vague"],
        "names": rows.index[rows["class"] == "name"],
    }
    groups = _measure_groups(measured)
    counts = [_count(facts, name, ids) for name, ids in (counted | groups).items()]
    return counts + [_share(facts, name, ids, len(measured)) for name, ids in groups.items()]


def _measure_groups(measured: pd.DataFrame) -> dict[str, pd.Index]:
    keys = attributes(measured)
    exact, dated, based = keys["qualifier"].isin(EXACT), keys["date"] == "dated", keys["base"] != "none"
    masks = {
        "exact": exact,
        "bounds": keys["qualifier"].isin(BOUNDS),
        "dated": dated,
        "phrase_only": keys["date"] == "phrase",
        "undated": keys["date"] == "undated",
        "with_base": based,
        "with_stated_base": keys["base"] == "explicit",
        "without_base": ~based,
        "firm": exact & dated & based,
    }
    return {name: measured.index[mask] for name, mask in masks.items()}


def _count(facts: Facts, name: str, ids: Iterable[str]) -> dict[str, Any]:
    ids = list(ids)
    return count_entry(f"evidence.{name}", len(ids), facts.unit("count"), inputs=ids)


def _share(facts: Facts, name: str, ids: Iterable[str], total: int) -> dict[str, Any]:
    ids = list(ids)
    expression = f"{len(ids)} / {total} * 100"
    value = Fraction(len(ids) * 100, total)
    return count_entry(
        f"evidence.{name}_share", value, facts.unit("percent"), inputs=ids, expression=expression
    )
