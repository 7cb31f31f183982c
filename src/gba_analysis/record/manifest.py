"""manifest.json: what a run was made from, with which tools, and size and checksum of every file.

Holds no time and no path of the machine, so that equal runs of the same revision have equal manifests. Its
form is docs/manifest.schema.json. How a run is checked against it belongs in
`proof.manifest_check`."""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import gba_analysis
from gba_analysis.errors import Problem, SourceError
from gba_analysis.files import sha256, source_files
from gba_analysis.project import Project

NAME = "manifest.json"
SCHEMA = Path("docs", "manifest.schema.json")
SCHEMA_VERSION = 1
DISTRIBUTION = "gba-analysis"
LOCK = "requirements.lock"
# What only an extra needs. Most requirements are of that kind, and to read them all takes longer than to find
# nothing to do.
OF_AN_EXTRA = re.compile(r""";\s*extra\s*==\s*(['"])[^'"]*\1\s*$""")
# What a reader of the page wants to know; the manifest lists all.
SHOWN = ("gba-analysis", "papermill", "pandas", "matplotlib")


@dataclass(frozen=True, kw_only=True)
class Made:
    """How a run was made. engine: its name and version."""

    scenario: str
    parameters: Mapping[str, Any]
    languages: tuple[str, ...]
    formats: tuple[str, ...]
    engine: Mapping[str, str]
    command: str


def manifest(made: Made, *, project: Project, run: Path) -> dict[str, Any]:
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


def revision(project: Project) -> dict[str, Any] | None:
    """The commit that the project's sources are at and whether files differ from it; None outside a
    repository.
    """
    if not (project.root / ".git").exists():
        return None
    commit, status = (_git(project, *words) for words in (("rev-parse", "HEAD"), ("status", "--porcelain")))
    return (
        None
        if commit is None or status is None
        else {"commit": commit.strip(), "changed": bool(status.strip())}
    )


def _git(project: Project, *words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(project.root), *words], capture_output=True, encoding="utf-8", check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def outputs(run: Path) -> dict[str, dict[str, Any]]:
    """Size in bytes and SHA-256 of every file of a run but its manifest, by path."""
    paths = {path.relative_to(run).as_posix(): path for path in source_files(run)}
    return {name: _recorded(path) for name, path in paths.items() if name != NAME}


def inputs(project: Project) -> dict[str, dict[str, Any]]:
    """Size in bytes and SHA-256 of every file a run depends on, by the names of `input_files`."""
    return {name: _recorded(path) for name, path in input_files(project).items()}


def require_inputs(project: Project, before: Mapping[str, Any]) -> None:
    """Raises SourceError with every file that a run depends on and that is not as in `before`, which is of
    `inputs`.
    """
    now = inputs(project)
    changed = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    if changed:
        raise SourceError(
            [
                Problem(
                    name,
                    "",
                    "a change while it was worked with",
                    "one content from begin to end",
                    "try again",
                )
                for name in changed
            ]
        )


def input_files(project: Project) -> dict[str, Path]:
    """Every file a run depends on, by its path in the project; the package is `gba_analysis/…`."""
    folders = {folder.name: folder for folder in (project.data, project.notebooks, project.report)}
    folders["gba_analysis"] = Path(gba_analysis.__file__).parent
    lock = project.root / LOCK
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in folders.items()
        for path in source_files(folder)
    }
    return files | ({LOCK: lock} if lock.is_file() else {})


def _recorded(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": sha256(path)}


@cache
def packages() -> Mapping[str, str]:
    """The versions of this package and of all it needs at run time, as installed, by name. What is installed
    is asked once.
    """
    return dict(sorted(_closure(DISTRIBUTION, {}).items()))


def shown_versions() -> dict[str, str]:
    """The versions that a page names: those of the packages that make its contents.

    Python's own is in the manifest only: the pages are the same bytes under every Python that the lock file
    serves."""
    return {name: metadata.version(name) for name in SHOWN}


def _closure(name: str, found: dict[str, str]) -> dict[str, str]:
    if name in found:
        return found
    try:
        described = _fields(name)
    except metadata.PackageNotFoundError:
        return found
    found[name] = described["Version"]
    for needed in _needed(described.get_all("Requires-Dist") or ()):
        _closure(needed, found)
    return found


def _fields(name: str) -> Message | metadata.PackageMetadata:
    """What a package says of itself, without its description, which comes last and is most of it."""
    text = metadata.distribution(name).read_text("METADATA")
    return HeaderParser().parsestr(text.partition("\n\n")[0]) if text else metadata.metadata(name)


def _needed(requirements: Iterable[str]) -> Iterator[str]:
    """The names of the packages that these requirements name for this machine, without extras."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    for text in requirements:
        if OF_AN_EXTRA.search(text):
            continue
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)
