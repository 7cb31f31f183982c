"""The cells of the tables of data/ as Python values, typed by datapackage.json; without pandas, whose import
takes longer.

Whole tables for analysis are in `tables`. Whether the facts keep every rule is checked in `check`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.cell_names import FIRST_ROW, place
from gba_analysis.figures.datapackage import DATAPACKAGE, Descriptor, file_name, read_datapackage
from gba_analysis.figures.spreadsheet import read_table_text
from gba_analysis.project import Project


def load_rows(project: Project, name: str) -> dict[Any, dict[str, Any]]:
    """The rows of one table by primary key, as `Facts.rows` has them. Raises DataError with all problems that
    keep it from being read.
    """
    resource = find_resource(read_resources(project), project=project, name=name)
    columns = read_columns(project, resource)
    records = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    names = resource["schema"]["primaryKey"]
    return {_key(record, names): record for record in records}


def _key(record: dict[str, Any], names: list[str]) -> Any:
    """The key's cells, taken out of the record: a tuple if there are several."""
    cells = tuple(record.pop(name) for name in names)
    return cells if len(cells) > 1 else cells[0]


def read_resources(project: Project) -> dict[str, Descriptor]:
    """What datapackage.json says of each table, by name. Raises DataError if it cannot be read."""
    return {resource["name"]: resource for resource in read_datapackage(project)["resources"]}


def find_resource(resources: Mapping[str, Descriptor], *, project: Project, name: str) -> Descriptor:
    """The resource with this name. Raises DataError if there is none."""
    if name not in resources:
        package = file_name(project, DATAPACKAGE)
        raise DataError(Problem(package, "resources", f"no resource named {name}", "one for each table"))
    return resources[name]


def read_columns(project: Project, resource: Descriptor) -> dict[str, list[Any]]:
    """The cells of a table by column, in the schema's order, in the types of `Facts`.

    Raises DataError with all its problems: a file that cannot be read, a missing column, cells of another
    type, a row whose primary key an earlier one has."""
    label, fields = file_name(project, resource["path"]), resource["schema"]["fields"]
    texts = _columns(read_table_text(project, resource), label)
    missing = [field["name"] for field in fields if field["name"] not in texts]
    if missing:
        raise DataError(
            [Problem(label, "row 1", "no such column", f"a column {column}") for column in missing]
        )
    problems: list[Problem] = []
    columns = {field["name"]: list(_typed(texts[field["name"]], field, label, problems)) for field in fields}
    problems += _repeated(columns, resource["schema"]["primaryKey"], label)
    if problems:
        raise DataError(problems)
    return columns


def _repeated(columns: Mapping[str, list[Any]], names: list[str], label: str) -> Iterator[Problem]:
    first: dict[tuple[Any, ...], int] = {}
    for row, key in enumerate(zip(*(columns[name] for name in names), strict=True), FIRST_ROW):
        if first.setdefault(key, row) != row:
            found = f"'{', '.join(map(str, key))}', which row {first[key]} has already"
            yield Problem(label, place(row, ", ".join(names)), found, "a different one in each row")


def _columns(text: str, label: str) -> dict[str, tuple[str, ...]]:
    """The columns of a CSV file as text. A short row ends in empty cells; row numbers stay those of the
    file.
    """
    try:
        header, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        found = str(error) if isinstance(error, csv.Error) else "no header"
        raise DataError(Problem(label, "", f"broken CSV ({found})", "a CSV table")) from error
    long = [number for number, row in enumerate(rows, FIRST_ROW) if len(row) > len(header)]
    if long:
        raise DataError([_long_row(label, number, rows, header) for number in long])
    whole = [row + [""] * (len(header) - len(row)) for row in rows]
    return dict(zip(header, zip(*whole, strict=True), strict=True)) if whole else dict.fromkeys(header, ())


def _long_row(label: str, number: int, rows: list[list[str]], header: list[str]) -> Problem:
    found = f"broken CSV ({len(rows[number - FIRST_ROW])} cells)"
    return Problem(
        label, f"row {number}", found, f"{len(header)} cells, as in the header", "is a comma not quoted?"
    )


def _typed(texts: tuple[str, ...], field: Descriptor, label: str, problems: list[Problem]) -> Iterator[Any]:
    """The values of a column's cells; to `problems` is added what is wrong with them."""
    convert = _converter(field)
    for row, cell in enumerate(texts, FIRST_ROW):
        try:
            yield convert(cell)
        except (ValueError, ArithmeticError):
            problems.append(
                Problem(label, place(row, field["name"]), repr(cell), f"the type {field['type']}")
            )


def _converter(field: Descriptor) -> Callable[[str], Any]:
    """How a cell of this field becomes a Python value; it raises ValueError or ArithmeticError. A text is
    one.
    """
    converters: dict[str, Callable[[str], Any]] = {
        "number": lambda cell: Fraction(Decimal(cell)),
        "integer": int,
        "boolean": lambda cell: _boolean(cell, field),
    }
    convert = converters.get(field["type"])
    return (lambda cell: convert(cell) if cell else None) if convert else str


def _boolean(cell: str, field: Descriptor) -> bool:
    true, false = field.get("trueValues", ["true"]), field.get("falseValues", ["false"])
    if cell not in true + false:
        raise ValueError(cell)
    return cell in true
