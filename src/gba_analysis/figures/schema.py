"""What `frictionless` finds wrong in data/ by datapackage.json, as our problems.

Every rule on types, constraints, keys and hashes is in datapackage.json; here it is only put into words.
Rules that a table schema cannot state are in `rules`. Importing this module is slow: only `check` does it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from io import StringIO
from typing import Any

from frictionless import FrictionlessException, Package

from gba_analysis.asked import nearest
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import place
from gba_analysis.figures.datapackage import DATAPACKAGE, Descriptor, file_name
from gba_analysis.figures.records import find_resource, read_resources
from gba_analysis.figures.spreadsheet import read_table_text
from gba_analysis.project import Project

# An error of frictionless: what else it knows depends on its `type`, and its base class declares none of it.
TableError = Any
UPDATE = "saved since the checksum was made: after a deliberate change run `gba update`"
DECLARE = "declare it there with its type, or take it out of the table"
TYPES = {"string": "text", "number": "a number", "integer": "an integer", "boolean": "true or false"}


def schema_problems(project: Project, package: Descriptor) -> list[Problem]:
    """Everything in data/ that breaks `package`, the content of datapackage.json.

    Raises DataError if `package` itself is not a valid Frictionless Data Package.
    """
    valid = _valid_package(project, package)
    readable, problems = _readable(project, package)
    # Mostly all of it is readable: to make a Package takes a fifth of the time.
    report = (valid if readable == package else _valid_package(project, readable)).validate()
    for resource, task in zip(readable["resources"], report.tasks, strict=True):
        for error in task.errors:
            problems += _table_problems(project, resource, error)
    # A cell may break two constraints of its field: the words are the same.
    return list(dict.fromkeys(problems))


def _valid_package(project: Project, package: Descriptor) -> Package:
    try:
        return Package.from_descriptor(dict(package), basepath=str(project.data))
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons or [error.error]]
    except (TypeError, AttributeError, KeyError):
        # frictionless reads some parts of a descriptor before it checks them.
        notes = ["a descriptor that frictionless cannot read"]
    expected = "a valid Frictionless Data Package"
    raise DataError(Problem(file_name(project, DATAPACKAGE), "", note, expected) for note in notes)


def _readable(project: Project, package: Descriptor) -> tuple[dict[str, Any], list[Problem]]:
    """`package` without the files that cannot be read, and the problems of those.

    References to them go as well, or frictionless would report the missing file once for each table that
    refers to it."""
    resources: list[Descriptor] = []
    problems: list[Problem] = []
    whole = {""}
    for resource in package["resources"]:
        try:
            header = next(csv.reader(StringIO(read_table_text(project, resource))), [])
        except DataError as error:
            problems += error.problems
            continue
        resources.append(resource)
        if set(resource["schema"]["primaryKey"]) <= set(header):
            whole.add(resource["name"])
    return dict(package) | {"resources": [_referring_to(whole, resource) for resource in resources]}, problems


def _referring_to(names: set[str], resource: Descriptor) -> dict[str, Any]:
    """`resource` with only those foreign keys that refer to one of `names`; the empty name is the table
    itself.
    """
    keys = [
        key
        for key in resource["schema"].get("foreignKeys", [])
        if key["reference"].get("resource", "") in names
    ]
    return dict(resource) | {"schema": resource["schema"] | {"foreignKeys": keys}}


def _table_problems(project: Project, resource: Descriptor, error: TableError) -> Iterator[Problem]:
    label = file_name(project, resource["path"])
    words = WORDS.get(error.type)
    if words:
        yield from words(label, resource, error, project)
    else:
        row = getattr(error, "row_number", None)
        expected = f"a table as {DATAPACKAGE} describes it"
        yield Problem(label, f"row {row}" if row else "", error.note or error.title, expected)


def _field(resource: Descriptor, name: str) -> Descriptor:
    return next((field for field in resource["schema"]["fields"] if field["name"] == name), {})


def describe(field: Descriptor) -> str:
    """What a cell of `field` must be, in words."""
    constraints = field.get("constraints", {})
    kind: str = field["type"]
    parts = [TYPES.get(kind, kind)]
    if "enum" in constraints:
        parts = ["one of " + ", ".join(map(str, constraints["enum"]))]
    if "minimum" in constraints:
        parts.append(f"at least {constraints['minimum']}")
    if "maximum" in constraints:
        parts.append(f"at most {constraints['maximum']}")
    if "pattern" in constraints:
        parts.append(f"of the form {constraints['pattern']}")
    return ", ".join(parts) + ("" if constraints.get("required") else ", or an empty cell")


def _cell(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    found = f"'{error.cell}'" if error.cell else "an empty cell"
    expected = describe(_field(resource, error.field_name))
    yield Problem(label, place(error.row_number, error.field_name), found, expected)


def _repeated(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    found = f"'{error.cell}', {error.note}"
    yield Problem(label, place(error.row_number, error.field_name), found, "a different one in each row")


def _primary_key(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    key = resource["schema"]["primaryKey"]
    positions = [index for index, field in enumerate(resource["schema"]["fields"]) if field["name"] in key]
    cell = ", ".join(error.cells[index] for index in positions if index < len(error.cells))
    # An empty key is reported already, as a required cell.
    if cell:
        where = place(error.row_number, ", ".join(key))
        yield Problem(label, where, f"'{cell}', {error.note}", "a different one in each row")


def _foreign_key(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    table = error.reference_name or resource["name"]
    columns, cell = ", ".join(error.reference_field_names), ", ".join(error.field_cells)
    where = place(error.row_number, ", ".join(error.field_names))
    expected = f"a value of the column {columns} of {file_name(project, f'{table}.csv')}"
    hint = nearest(cell, _values(project, table, columns))
    yield Problem(label, where, f"'{cell}'", expected, hint)


def _values(project: Project, table: str, column: str) -> list[str]:
    """What stands in a column of a table that others refer to; nothing if it has no such column."""
    resource = find_resource(read_resources(project), project=project, name=table)
    text = read_table_text(project, resource)
    return [row[column] for row in csv.DictReader(StringIO(text)) if row.get(column)]


def _missing_column(
    label: str, resource: Descriptor, error: TableError, project: Project
) -> Iterator[Problem]:
    yield Problem(label, "row 1", "no such column", f"a column {error.field_name}")


def _extra_column(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    expected = f"only the columns that {DATAPACKAGE} describes"
    yield Problem(label, "row 1", f"a column '{error.label}'", expected, DECLARE)


def _cell_count(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    expected = f"{len(resource['schema']['fields'])} cells, as in the header"
    yield Problem(
        label, f"row {error.row_number}", f"{len(error.cells)} cells", expected, "is a comma not quoted?"
    )


def _blank_row(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    yield Problem(label, f"row {error.row_number}", "an empty row", "a row of the table")


def _content(label: str, resource: Descriptor, error: TableError, project: Project) -> Iterator[Problem]:
    content = (project.data / resource["path"]).read_bytes()
    found = f"{len(content)} bytes with the hash sha256:{hashlib.sha256(content).hexdigest()}"
    expected = f"{resource['bytes']} bytes with the hash {resource['hash']}, as {DATAPACKAGE} records"
    yield Problem(label, "", found, expected, UPDATE)


# By the error types of frictionless.
WORDS = {
    "type-error": _cell,
    "constraint-error": _cell,
    "unique-error": _repeated,
    "primary-key": _primary_key,
    "foreign-key": _foreign_key,
    "missing-label": _missing_column,
    "extra-label": _extra_column,
    "extra-cell": _cell_count,
    "missing-cell": _cell_count,
    "blank-row": _blank_row,
    "hash-count": _content,
    "byte-count": _content,
}
