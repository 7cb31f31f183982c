"""What uses the words of the catalogues: where a new list of things with words is registered.

A key that stands in the code as it is (`say("gap.nothing", …)`) needs no entry. One that is put together at
run time (`f"verdict.{verdict}"`) does: its group is named here with the list that its names come from. What
is wrong with the catalogues is said in `words.check`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import gba_analysis
from gba_analysis import parameters
from gba_analysis.analysis import (
    chart_data,
    derived,
    evidence,
    findings,
    industry,
    openness,
    phrases,
    robustness,
    robustness_tables,
    sensitivity,
    sources,
    time_series,
    verdicts,
)
from gba_analysis.analysis.title_kinds import Chart, read_chart, title_keys
from gba_analysis.charts.kinds.cards import SHAPES
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.period import MONTHS
from gba_analysis.figures.reading import READINGS
from gba_analysis.figures.tables import Facts
from gba_analysis.languages import LANGS
from gba_analysis.pages import stage
from gba_analysis.project import Project
from gba_analysis.words import catalogue
from gba_analysis.words.check import Uses

LITERAL = re.compile(r"""["']([a-z_]+\.\w+)["']""")
# The columns of each table for readers, whose heads are words of the group `column`.
TABLES = (
    derived.VALUE_COLUMNS,
    evidence.FIGURE_COLUMNS,
    evidence.REGISTER,
    evidence.RULE_COLUMNS,
    evidence.SUPPORT,
    industry.MONEY_COLUMNS,
    openness.LINK_COLUMNS,
    robustness_tables.FINDING_COLUMNS,
    robustness_tables.RANK_COLUMNS,
    sources.SHOWN,
    verdicts.COMPACT_COLUMNS,
    verdicts.UNCHECKED_COLUMNS,
)
# Between the names and keys of the column about.
SEPARATORS = re.compile(r"[\s=+]+")
# Lists of names that stand beside each other, as the rows or the columns of one chart or table.
BESIDE = (
    "basis",
    "language",
    "link_kind",
    "outcome",
    "panel",
    "parameter",
    "platform",
    "qualifier",
    "reading",
    "section",
    "verdict",
    "verdict_mark",
)
# Of figures that are part of a name, which is no qualifier of the article's table.
NAME = "name"


def word_uses(project: Project, facts: Facts) -> Uses:
    """What uses words: the code of the package, the titles in charts.csv, and the lists registered here."""
    charts = _charts(facts)
    written = _written(Path(gba_analysis.__file__).parent)
    needed, optional = title_keys(charts)
    members = _lists(project, facts)
    return Uses(
        literals={*written, *optional, *_about(facts)},
        members=members,
        asked={*needed, *(f"noun.{chart.noun}" for chart in charts if chart.noun)},
        beside=_beside(members),
    )


def _beside(members: Mapping[str, Collection[str]]) -> list[Collection[str]]:
    groups = {group: members[group] for group in BESIDE}
    groups["chart_column"] = chart_data.HEADS
    lists = [{f"{group}.{name}" for name in names} for group, names in groups.items()]
    return [*lists, *({heading(name) for name in columns} for columns in TABLES)]


def heading(column: str) -> str:
    """The key of the word over a column: one for each reading has the reading's own."""
    return f"{'reading' if column in READINGS else 'column'}.{column}"


@cache
def _written(package: Path) -> frozenset[str]:
    """All that stands in the code as a text and looks like a key; the catalogues' own do not count."""
    own = Path(catalogue.__file__).parent
    files = [path for path in package.rglob("*.py") if path.parent != own]
    return frozenset(text for path in files for text in LITERAL.findall(path.read_text(encoding="utf-8")))


def _charts(facts: Facts) -> Collection[Chart]:
    """The charts without what they are about: a row where that cannot be read still asks for its words."""
    return [read_chart(label, {**row, "about": ""}) for label, row in facts.rows("charts").items()]


def _about(facts: Facts) -> set[str]:
    """The keys that titles are about, and the nouns that they may take for them."""
    texts = {text for row in facts.rows("charts").values() for text in SEPARATORS.split(row["about"])}
    return {*texts, *(f"noun.{text}" for text in texts)}


def _lists(project: Project, facts: Facts) -> Mapping[str, Collection[str]]:
    choices = _choices(read_datapackage(project))
    given = choices["crosschecks", "verdict"]
    qualifiers, stated = choices["indicators", "qualifier"], choices["references", "qualifier"]
    contract = {item.name: item for item in parameters.CONTRACT if item.name != "lang"}
    sections = {str(row["section"]) for row in facts.rows("indicators").values()}
    return {
        "alt": SHAPES,
        "axis": ("count", "other"),
        "basis": choices["crosschecks", "basis"],
        "bound": {*phrases.SIGNS.values(), *phrases.BOUNDS.values()},
        "break": set(time_series.BREAKS.values()),
        "chart_key": SHAPES,
        "chart_column": (*chart_data.HEADS, "row"),
        "column": {name for columns in TABLES for name in columns if name not in READINGS},
        "flip": (robustness.DOWN, robustness.UP, robustness.SET),
        "language": LANGS,
        "link_kind": choices["links", "kind"],
        "month": [str(month) for month in range(1, MONTHS + 1)],
        "outcome": findings.OUTCOMES,
        stage.GROUP: stage.PAGE_WORDS,
        "panel": [*time_series.PANELS, *time_series.RANKS],
        "parameter": contract,
        "place": sections,
        "platform": contract["platforms"].choices,
        "qualifier": {*qualifiers, *stated, NAME},
        "reading": contract["reading"].choices,
        "reported": stated,
        "section": sections,
        "setting": (sensitivity.CHOSEN,),
        "short": {*stated, "rank"},
        "source_note": ("note", "verdicts"),
        "stated": [qualifier for qualifier in qualifiers if qualifier != "vague"],
        "verdict": given,
        "verdict_mark": given,
    }


def _choices(package: Mapping[str, Any]) -> dict[tuple[str, str], list[str]]:
    """What the schema allows in a column, by table and column."""
    return {
        (table["name"], field["name"]): field["constraints"]["enum"]
        for table in package["resources"]
        for field in table["schema"]["fields"]
        if "enum" in field.get("constraints", {})
    }
