"""manifest.json: what a run was made from, with which tools, and size and checksum of every file; and a run held against it.

Holds no time and no path of the machine, so that equal runs of the same revision have equal manifests. Its form is
docs/manifest.schema.json. Building a run again is not done here.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import gba_analysis
from gba_analysis.errors import OutputError, Problem
from gba_analysis.pipeline.files import sha256, source_files
from gba_analysis.project import Project

NAME = "manifest.json"
SCHEMA = Path("docs", "manifest.schema.json")
SCHEMA_VERSION = 1
# A message quotes the value, which may be long.
LONGEST = 160
DISTRIBUTION = "gba-analysis"
LOCK = "requirements.lock"
# What a reader of the page wants to know; the manifest lists all.
SHOWN = ("gba-analysis", "papermill", "pandas", "matplotlib")


@dataclass(frozen=True)
class Made:
    """How a run was made. engine: its name and version."""

    scenario: str
    parameters: Mapping[str, Any]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    engine: Mapping[str, str]
    command: str


def manifest(made: Made, project: Project, run: Path) -> dict[str, Any]:
    """The content of manifest.json for the finished run in the folder `run`."""
    return {
        "schema": SCHEMA_VERSION,
        "revision": revision(project),
        "scenario": made.scenario,
        "parameters": dict(made.parameters),
        "languages": list(made.languages),
        "formats": list(made.formats),
        "command": made.command,
        "engine": dict(made.engine),
        "python": platform.python_version(),
        "platform": sysconfig.get_platform(),
        "packages": packages(),
        "inputs": inputs(project),
        "outputs": outputs(run),
    }


def dumps(content: Mapping[str, Any]) -> str:
    """The text of manifest.json."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(run: Path, project: Project) -> dict[str, Any]:
    """The manifest of the run in the folder `run`. Raises OutputError if there is none, or none of the published form."""
    path = run / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        hint = "name a run, such as build/base, or make it with `gba build`"
        raise OutputError(Problem(str(path), "", error.strerror or str(error), "the manifest of a run", hint)) from error
    except ValueError as error:
        raise OutputError(Problem(str(path), "", f"a file that is not JSON ({error})", "the manifest as it was written")) from error
    problems = [Problem(str(path), place, found, "what docs/manifest.schema.json allows") for place, found in _broken(content, project)]
    if problems:
        raise OutputError(problems)
    return content


def _broken(content: Any, project: Project) -> list[tuple[str, str]]:
    """Place and message of everything in `content` that the published form does not allow."""
    from jsonschema import Draft202012Validator

    schema = json.loads((project.root / SCHEMA).read_text(encoding="utf-8"))
    errors = sorted(Draft202012Validator(schema).iter_errors(content), key=lambda error: str(error.json_path))
    return [(error.json_path.removeprefix("$.").replace("$", "the whole file"), _short(error.message)) for error in errors]


def _short(message: str) -> str:
    return message if len(message) <= LONGEST else message[:LONGEST] + "…"


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """How `now` differs from `before`, two lists of files as a manifest has them: `changed`, `missing` or `added` by path."""
    verdicts = {name: "missing" for name in before.keys() - now.keys()} | {name: "added" for name in now.keys() - before.keys()}
    verdicts |= {name: "changed" for name in before.keys() & now.keys() if before[name] != now[name]}
    return dict(sorted(verdicts.items()))


def revision(project: Project) -> dict[str, Any] | None:
    """The commit that the project's sources are at and whether files differ from it; None outside a repository."""
    if not (project.root / ".git").exists():
        return None
    commit, status = (_git(project, *words) for words in (("rev-parse", "HEAD"), ("status", "--porcelain")))
    return None if commit is None or status is None else {"commit": commit.strip(), "changed": bool(status.strip())}


def _git(project: Project, *words: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(project.root), *words], capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def outputs(run: Path) -> dict[str, dict[str, Any]]:
    """Size in bytes and SHA-256 of every file of a run but its manifest, by path."""
    return {path.relative_to(run).as_posix(): _recorded(path) for path in source_files(run) if path != run / NAME}


def _recorded(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": sha256(path)}


def inputs(project: Project) -> dict[str, dict[str, Any]]:
    """Size in bytes and SHA-256 of every file a run depends on, by its path in the project; the package is `gba_analysis/…`."""
    folders = {folder.name: folder for folder in (project.data, project.notebooks, project.report)}
    folders["gba_analysis"] = Path(gba_analysis.__file__).parent
    sums = {
        f"{name}/{path.relative_to(folder).as_posix()}": _recorded(path)
        for name, folder in folders.items()
        for path in source_files(folder)
    }
    lock = project.root / LOCK
    return sums | ({LOCK: _recorded(lock)} if lock.is_file() else {})


@cache
def packages() -> Mapping[str, str]:
    """The versions of this package and of all it needs at run time, as installed, by name. What is installed is asked once."""
    return dict(sorted(_closure(DISTRIBUTION, {}).items()))


def shown_versions() -> dict[str, str]:
    """The versions that a page names: those of the packages that make its contents.

    Python's own is in the manifest only: the pages are the same bytes under every Python that the lock file serves.
    """
    return {name: metadata.version(name) for name in SHOWN}


def _closure(name: str, found: dict[str, str]) -> dict[str, str]:
    if name in found:
        return found
    try:
        found[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        return found
    for needed in _needed(name):
        _closure(needed, found)
    return found


def _needed(name: str) -> Iterator[str]:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)
