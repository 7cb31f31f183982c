"""Renewing the checksums of the tables in datapackage.json, after a deliberate change.

Nothing else in that file is changed, and its formatting is always the same. `gba check` refuses a table whose
checksum is not the recorded one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.datapackage import DATAPACKAGE, file_name, read_datapackage
from gba_analysis.files import digest
from gba_analysis.project import Project
from gba_analysis.record.output import write_file


@dataclass(frozen=True)
class Renewed:
    """A table with a new checksum. path: in data/. before, now: its size in bytes; None if it had none."""

    path: str
    before: int | None
    now: int


def update(project: Project) -> list[Renewed]:
    """Record the present size and SHA-256 of every table; returns those that had others.

    Raises DataError if datapackage.json is broken, or with every table that cannot be read; then nothing is
    changed.
    """
    package, renewed, problems = read_datapackage(project, with_sums=False), [], []
    for resource in package["resources"]:
        try:
            content = (project.data / resource["path"]).read_bytes()
        except OSError as error:
            name, found = file_name(project, resource["path"]), error.strerror or str(error)
            problems.append(Problem(name, "", found, f"a readable file, as {DATAPACKAGE} declares it"))
            continue
        sums = _sums(content)
        if any(resource.get(name) != value for name, value in sums.items()):
            renewed.append(Renewed(resource["path"], resource.get("bytes"), len(content)))
        resource.update(sums)
    if problems:
        raise DataError(problems)
    _write(project, package)
    return renewed


def _sums(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{digest(content)}"}


def _write(project: Project, package: dict[str, Any]) -> None:
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    path = project.data / DATAPACKAGE
    if path.read_bytes() != text.encode():
        write_file(path, text.encode())
