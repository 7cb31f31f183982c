"""Reading datapackage.json, the single schema of data/, and the text of the files it describes.

Whether the tables keep to it is the business of `schema`; what is in them that of `tables`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gba_analysis.errors import DataError, Problem
from gba_analysis.project import Project

DATAPACKAGE = "datapackage.json"
# Without these a resource cannot be loaded, or its content not be checked.
REQUIRED = ("name", "path", "bytes", "hash", "schema")
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


def read_datapackage(project: Project) -> dict[str, Any]:
    """The content of datapackage.json.

    Raises DataError if it is not a JSON object that lists resources, each with all of REQUIRED and a primary
    key."""
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
    incomplete = [
        number for number, resource in enumerate(package["resources"], 1) if not _is_complete(resource)
    ]
    if incomplete:
        expected = ", ".join(REQUIRED) + " with fields and primaryKey"
        raise DataError(
            [Problem(name, f"resource {number}", "an incomplete one", expected) for number in incomplete]
        )
    return package


def _is_complete(resource: Any) -> bool:
    if not isinstance(resource, dict) or not all(resource.get(key) for key in REQUIRED):
        return False
    schema = resource["schema"]
    return isinstance(schema, dict) and all(
        isinstance(schema.get(key), list) for key in ("fields", "primaryKey")
    )
