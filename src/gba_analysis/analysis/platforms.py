"""The cooperation platforms: which figure is printed for which, whether any two can be compared, and
Hengqin's make-up.

The article's claims about single platforms are not judged here.

One definition: two figures measure the same thing for two platforms if they have the same unit and their ids
are the same after the platform's own id, as in `hengqin_hightech` and a possible `nansha_hightech`. The ids
of data/ are given with that meaning; names cannot serve, as they name the platform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from gba_analysis import parameters
from gba_analysis.analysis.cells import Name, Word
from gba_analysis.analysis.derived import (
    count_entry,
    derived_rows,
    evaluate,
    figure_quantity,
    indicator_rows,
)
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import Facts

NOTEBOOK = "02_platforms"
PLATFORMS = tuple(parameters.defaults(NOTEBOOK)["platforms"])
MEASURE = "measure"
WITH_NUMBERS = (MEASURE, "structural")


def _kinds_and_parents(entities: pd.DataFrame) -> dict[str, tuple[str, str]]:
    return dict(zip(entities.index, zip(entities["kind"], entities["parent_id"], strict=True), strict=True))


def _platform(entity_id: str, entities: Mapping[str, tuple[str, str]]) -> str:
    """The platform that an entity is or lies in, by its chain of parents; "" if there is none.

    Of a platform inside another, such as a park of a zone, it is the outer one. entities: the kind and the
    parent of each, by id."""
    platform, seen = "", set()
    while entity_id in entities and entity_id not in seen:
        kind, parent = entities[entity_id]
        if kind == "platform":
            platform = entity_id
        seen.add(entity_id)
        entity_id = parent
    return platform


def platform_figures(facts: Facts, platforms: Sequence[str]) -> pd.DataFrame:
    """The rows of indicators whose entity is one of `platforms` or lies in it, from every section of the
    article.

    Adds the columns `platform` and `definition`; ordered by `platforms`, then as in the file.
    Raises ParameterError for an unknown or repeated platform, or fewer than two.
    """
    owners = _owners(facts, platforms)
    definitions = [_definition(facts, id_, owner) for id_, owner in owners.items()]
    return facts.indicators.loc[list(owners)].assign(platform=list(owners.values()), definition=definitions)


def _owners(facts: Facts, platforms: Sequence[str]) -> dict[str, str]:
    """The platform of each figure of `platforms`, by the figure's id, in the order of `platform_figures`."""
    parameters.check({"platforms": list(platforms)}, NOTEBOOK, source="platforms")
    entities = _kinds_and_parents(facts.entities)
    owners = {id_: _platform(row["entity_id"], entities) for id_, row in facts.rows("indicators").items()}
    return {id_: owner for platform in platforms for id_, owner in owners.items() if owner == platform}


def _definition(facts: Facts, id_: str, owner: str) -> str:
    return f"{id_.removeprefix(owner + '_')} ({facts.rows('indicators')[id_]['unit']})"


def measured(facts: Facts, platforms: Sequence[str]) -> pd.DataFrame:
    """The rows of `platform_figures` that measure something."""
    figures = platform_figures(facts, platforms)
    return figures[figures["class"] == MEASURE]


def _measures(facts: Facts, owners: Mapping[str, str]) -> dict[str, str]:
    return {id_: owner for id_, owner in owners.items() if facts.rows("indicators")[id_]["class"] == MEASURE}


def _shared(spread: Mapping[str, set[str]]) -> list[str]:
    return [definition for definition, found in spread.items() if len(found) > 1]


def _spread(facts: Facts, owners: Mapping[str, str]) -> dict[str, set[str]]:
    """For each definition the platforms that have a figure under it."""
    spread: dict[str, set[str]] = {}
    for id_, owner in owners.items():
        spread.setdefault(_definition(facts, id_, owner), set()).add(owner)
    return spread


def _without_numbers(facts: Facts, owners: Mapping[str, str], platforms: Sequence[str]) -> list[str]:
    figures = facts.rows("indicators")
    numbered = {owner for id_, owner in owners.items() if figures[id_]["class"] in WITH_NUMBERS}
    return [platform for platform in platforms if platform not in numbered]


def comparability(facts: Facts, platforms: Sequence[str], rule: ReadingRule) -> pd.DataFrame:
    """Which indicator is printed for which platform: a long table with row, column, text, reading and count.

    row: what is counted, named as for the first platform that has it. column: the platform. text: the printed
    figure, reading: its interval with the unit; both "" and count 0 where nothing is printed. Every pair has
    a row, so that a platform without figures keeps its column. Raises ParameterError as `platform_figures`.
    """
    rows = measured(facts, platforms)
    first = rows.drop_duplicates("definition")
    cells = dict(zip(zip(rows["definition"], rows["platform"], strict=True), rows.index, strict=True))
    return pd.DataFrame(
        [
            {
                "row": Name("indicators", id_, begins=True),
                "column": Word(f"platform.{platform}"),
                **_printed(facts, cells.get((definition, platform)), rule),
            }
            for id_, definition in first["definition"].items()
            for platform in platforms
        ],
        columns=["row", "column", "text", "reading", "count"],
    )


def _printed(facts: Facts, id_: str | None, rule: ReadingRule) -> dict[str, Any]:
    if id_ is None:
        return {"text": "", "reading": "", "count": 0}
    printed = facts.rows("indicators")[id_]["printed"]
    return {"text": printed, "reading": figure_quantity(facts, id_, rule, "full"), "count": 1}


def makeup(facts: Facts, rule: ReadingRule) -> pd.DataFrame:
    """Hengqin's national high-tech firms as rows of an interval chart: all, by source of capital, and the
    unicorns, whose place among them the text leaves open.
    """
    computed = evaluate(facts, rule, {}, "platforms")
    capital, left_open = Word("group.capital"), Word("group.open")
    return pd.concat(
        [
            indicator_rows(facts, rule, ["hengqin_hightech"]),
            indicator_rows(facts, rule, ["hengqin_macao_funded"], capital),
            derived_rows(computed, ["platforms.hengqin_other"], capital),
            indicator_rows(facts, rule, ["hengqin_unicorns"], left_open),
        ]
    )


def shares(facts: Facts, platforms: Sequence[str], rule: ReadingRule) -> pd.DataFrame:
    """The derived percentages of `platforms` as rows of an interval chart, each platform a group.

    A percentage belongs to the platform of its first figure, the part. Raises ParameterError as
    `platform_figures`."""
    owners = _owners(facts, platforms)
    computed = evaluate(facts, rule, {}, "platforms")
    percentages = {
        key: owners.get(item.inputs[0], "") for key, item in computed.items() if item.unit == "percent"
    }
    groups = [
        derived_rows(
            computed,
            [key for key, owner in percentages.items() if owner == platform],
            Word(f"platform.{platform}"),
        )
        for platform in platforms
    ]
    return pd.concat(groups)


def summary_entries(facts: Facts, platforms: Sequence[str]) -> list[dict[str, Any]]:
    """The counts for the prose as ledger entries `platforms.…`.

    compared: how many platforms; indicators: how many definitions; shared: how many of them printed for two
    or more; without_numbers: platforms without a number; figures_<platform>: measures printed for each
    platform there is, compared or not."""
    owners = _owners(facts, platforms)
    measures, everywhere = _measures(facts, owners), _measures(facts, _owners(facts, PLATFORMS))
    spread = _spread(facts, measures)
    counts: dict[str, tuple[int, Iterable[str]]] = {
        "compared": (len(platforms), measures),
        "indicators": (len(spread), measures),
        "shared": (len(_shared(spread)), measures),
        "without_numbers": (len(_without_numbers(facts, owners, platforms)), owners),
    }
    for platform in PLATFORMS:
        ids = [id_ for id_, owner in everywhere.items() if owner == platform]
        counts[f"figures_{platform}"] = (len(ids), ids)
    unit = facts.unit("count")
    return [
        count_entry(f"platforms.{name}", count, unit, inputs=list(ids))
        for name, (count, ids) in counts.items()
    ]
