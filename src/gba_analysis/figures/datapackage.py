"""Reading datapackage.json, the single schema of data/, and the text of the files it describes.

Whether the tables keep to it is checked in `schema`; what is in them is read in `tables`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gba_analysis.errors import DataError, Problem, quoted
from gba_analysis.project import Project

DATAPACKAGE = "datapackage.json"
# What of a resource depends on nothing but the table's bytes, and what kind of thing each must be.
SUMS = {"bytes": int, "hash": str}
# Without these a resource cannot be loaded, or its content not be checked.
REQUIRED = {"name": str, "path": str, **SUMS, "schema": dict}
NUMBERS = ("number", "integer")
KINDS = {str: "a text", int: "a whole number", dict: "an object", list: "a list"}
Descriptor = Mapping[str, Any]


def file_name(project: Project, path: str) -> str:
    """A file of data/ as messages name it: relative to the project."""
    return f"{project.data.name}/{path}"


def read_text(project: Project, path: str) -> str:
    """The text of one file of data/. Raises DataError if it is missing, unreadable or not UTF-8."""
    name = file_name(project, path)
    try:
        return (project.data / path).read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(Problem(name, "", error.strerror or str(error), "a readable file")) from error
    except UnicodeDecodeError as error:
        raise DataError(
            Problem(name, f"byte {error.start + 1}", "bytes that are not UTF-8", "a UTF-8 text")
        ) from error


def read_datapackage(project: Project, with_sums: bool = True) -> dict[str, Any]:
    """The content of datapackage.json. with_sums: whether each resource must have SUMS.

    Raises DataError if it is not a JSON object that lists resources, with every one that lacks a part of
    REQUIRED, its fields' names and types, or a primary key."""
    name = file_name(project, DATAPACKAGE)
    try:
        package = json.loads(read_text(project, DATAPACKAGE))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise DataError(Problem(name, where, f"malformed JSON ({error.msg})", "a JSON object")) from error
    except (ValueError, RecursionError) as error:
        raise DataError(Problem(name, "", f"JSON that cannot be read ({error})", "a JSON object")) from error
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise DataError(Problem(name, "", "no list of resources", "a Frictionless Data Package"))
    needed = REQUIRED if with_sums else {part: kind for part, kind in REQUIRED.items() if part not in SUMS}
    if problems := [
        Problem(name, ", ".join(filter(None, [_shown(resource, number), place])), found, expected)
        for number, resource in enumerate(package["resources"], 1)
        for place, found, expected in _resource_problems(resource, needed)
    ]:
        raise DataError(problems)
    return package


def _shown(resource: Any, number: int) -> str:
    name = resource.get("name") if isinstance(resource, dict) else None
    return f"resource {name}" if name and isinstance(name, str) else f"resource {number}"


def _resource_problems(resource: Any, needed: Mapping[str, type]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one resource: place in it, found, expected."""
    if not isinstance(resource, dict):
        yield "", quoted(resource), "an object with " + ", ".join(needed)
        return
    if missing := [part for part in needed if not resource.get(part)]:
        yield "", f"no {', '.join(missing)}", "an object with " + ", ".join(needed)
    for part, kind in needed.items():
        if resource.get(part) and not isinstance(resource[part], kind):
            yield "", f"the {part} {quoted(resource[part])}", KINDS[kind]
    if isinstance(resource.get("schema"), dict) and resource["schema"]:
        yield from _schema_problems(resource["schema"])


def _schema_problems(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        yield "", "no fields", "a list of fields"
        return
    for number, field in enumerate(fields, 1):
        missing = [part for part in ("name", "type") if not isinstance(field, dict) or not field.get(part)]
        if missing:
            yield f"field {number}", f"no {' and no '.join(missing)}", "an object with name and type"
            return
        yield from _limit_problems(field)
    for number, key in enumerate(
        schema["foreignKeys"] if isinstance(schema.get("foreignKeys"), list) else [], 1
    ):
        reference = key.get("reference") if isinstance(key, dict) else None
        if not isinstance(reference, dict) or not key.get("fields") or not reference.get("fields"):
            yield f"foreign key {number}", quoted(key), "an object with fields and reference"
    names, key = [field["name"] for field in fields], schema.get("primaryKey")
    if not isinstance(key, list) or not key or not all(name in names for name in key):
        yield "primaryKey", quoted(key), "a list of fields: " + ", ".join(names)


def _limit_problems(field: Descriptor) -> Iterator[tuple[str, str, str]]:
    """What the reader of the tables would stumble over while it checks the cells of a field."""
    limits = field.get("constraints")
    for name, limit in limits.items() if isinstance(limits, dict) else ():
        place = f"field {field['name']}, {name}"
        if name in ("minimum", "maximum") and field["type"] in NUMBERS and type(limit) not in (int, float):
            yield place, quoted(limit), "a number"
        elif name == "pattern" and not _is_pattern(limit):
            yield place, quoted(limit), "a regular expression"


def _is_pattern(text: Any) -> bool:
    try:
        return bool(re.compile(text))
    except (TypeError, re.error):
        return False
