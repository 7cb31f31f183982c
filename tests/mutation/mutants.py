"""Every value of data/ changed a little, one at a time, as datapackage.json says what it may be.

Left out: empty cells, and the names of rows (columns `id`), which are keys and no values. A foreign key is
changed to another row of its table, so that the tables stay whole. Nothing is judged here."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.pipeline.update import update
from gba_analysis.project import Project

NAME = "id"
DATE = "[0-9]{4}"
YEAR_DIGITS = 4
LAST_DIGIT = "9"
# Both are in the shipped font, so that a changed Chinese text can be drawn.
HAN = "中文"


@dataclass(frozen=True)
class Mutant:
    """One cell with another content. line: its place among the table's rows, from 0. key: the row's primary
    key.
    """

    table: str
    line: int
    key: str
    column: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.table}[{self.key}].{self.column}: {self.old!r} → {self.new!r}"


def all_mutants(project: Project) -> list[Mutant]:
    """One mutant for each value of data/, in the order of the tables, rows and columns."""
    resources = {resource["name"]: resource for resource in read_datapackage(project)["resources"]}
    tables = {name: rows(project, name) for name in resources}
    return [
        mutant
        for name, resource in resources.items()
        for mutant in _of_table(name, resource["schema"], tables)
    ]


def rows(project: Project, table: str) -> list[dict[str, str]]:
    """The cells of a table as they stand in its file."""
    with (project.data / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copy_project(project: Project, folder: Path) -> Project:
    """A project in the empty `folder` with a copy of data/; the other parts are links to those of
    `project`.
    """
    shutil.copytree(project.data, folder / "data")
    for part in (project.notebooks, project.report):
        (folder / part.name).symlink_to(part)
    return Project(folder)


def write(mutant: Mutant, copy: Project) -> None:
    """Put the mutant into the copy, with checksums renewed as `gba update` renews them."""
    cells = rows(copy, mutant.table)
    if cells[mutant.line][mutant.column] != mutant.old:
        raise ValueError(f"{mutant}: found {cells[mutant.line][mutant.column]!r} in its place")
    cells[mutant.line][mutant.column] = mutant.new
    buffer = StringIO()
    writer = csv.DictWriter(buffer, list(cells[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(cells)
    (copy.data / f"{mutant.table}.csv").write_text(buffer.getvalue(), encoding="utf-8", newline="")
    update(copy)


def restore(mutant: Mutant, copy: Project, project: Project) -> None:
    """Put the table and the checksums of `project` back into the copy."""
    for name in (f"{mutant.table}.csv", "datapackage.json"):
        shutil.copyfile(project.data / name, copy.data / name)


def _of_table(
    table: str, schema: Mapping[str, Any], tables: Mapping[str, list[dict[str, str]]]
) -> Iterator[Mutant]:
    targets = _targets(table, schema)
    for line, row in enumerate(tables[table]):
        key = ", ".join(row[name] for name in schema["primaryKey"])
        for field in schema["fields"]:
            name, old = field["name"], row[field["name"]]
            if not old or name == NAME:
                continue
            keys = [other[targets[name][1]] for other in tables[targets[name][0]]] if name in targets else []
            new = _next(old, keys) if keys else _changed(old, field)
            yield Mutant(table, line, key, name, old, new)


def _targets(table: str, schema: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The table and column that each foreign key of one column refers to."""
    return {
        key["fields"][0]: (key["reference"]["resource"] or table, key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", [])
    }


def _changed(old: str, field: Mapping[str, Any]) -> str:
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        return _next(old, constraints["enum"])
    if field["type"] == "boolean":
        return _next(old, [field["trueValues"][0], field["falseValues"][0]])
    if field["type"] == "integer":
        most = constraints.get("maximum")
        return str(int(old) + (1 if most is None or int(old) < most else -1))
    if field["type"] == "number":
        number = Decimal(old)
        return f"{number + Decimal(1).scaleb(min(number.as_tuple().exponent, 0)):f}"
    return _other_date(old) if constraints.get("pattern", "").startswith(DATE) else _other_text(old)


def _next(old: str, values: list[str]) -> str:
    return values[(values.index(old) + 1) % len(values)]


def _other_date(old: str) -> str:
    """A year later, or another month or day, of the same precision."""
    if len(old) == YEAR_DIGITS:
        return str(int(old) + 1)
    head, last = old[:-2], int(old[-2:])
    return f"{head}{last - 1 if last > 1 else last + 1:02d}"


def _other_text(old: str) -> str:
    """`old` with its middle letter or digit changed, or its middle character if it has none."""
    places = [place for place, character in enumerate(old) if character.isalnum()] or list(range(len(old)))
    place = places[len(places) // 2]
    return old[:place] + _other_character(old[place]) + old[place + 1 :]


def _other_character(old: str) -> str:
    if old.isascii() and old.isalnum():
        return chr(ord(old) + (-1 if old in ("z", "Z", LAST_DIGIT) else 1))
    return HAN[1] if old == HAN[0] else HAN[0]
