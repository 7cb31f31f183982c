"""Builds a recorded run again, from copies of its sources and in surroundings that differ in all that must
not matter.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gba_analysis
from gba_analysis.errors import EngineError, OutputError, Problem
from gba_analysis.files import source_files
from gba_analysis.pages.stage import write_text, yaml_text
from gba_analysis.project import ENVIRONMENT, Project
from gba_analysis.record.manifest import LOCK, SCHEMA

# What is taken from this process: where programs and libraries are, nothing of the user.
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV")
SETTINGS = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "C.UTF-8",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "20251",
    "SOURCE_DATE_EPOCH": "86400",
}
UMASK = 0o077
FOLDER = "another {place} 别处"
# A rebuilt run needs this many times the room of the run, for copies on the way, and as much for caches.
ROOM, CACHES = 4, 100_000_000
LINES = 12

# What the rebuild does otherwise than an ordinary build, as the certificate says it.
VARIATIONS = {
    "folder of the project": "a copy of the files that the manifest names, "
    "below a folder with a space, braces and Chinese in its name",
    "folder of the package": "a copy of the package's files",
    "user's home": "a new, empty folder; no settings, caches or start-up files of the user",
    "time zone": SETTINGS["TZ"],
    "locale": f"LC_ALL={SETTINGS['LC_ALL']}",
    "clock": "the time of the rebuild; SOURCE_DATE_EPOCH is set to another day",
    "hash seed": SETTINGS["PYTHONHASHSEED"],
    "umask": f"{UMASK:03o}",
    "workers": "one",
    "order of the notebooks": "last to first",
    "kernels": "ordinary, a new process for each notebook",
    "cache": "none",
}


def require_room(work: Path, run: Path) -> None:
    """Raises OutputError if the disk of `work` has too little room to build `run` again."""
    needed = ROOM * sum(path.stat().st_size for path in source_files(run)) + CACHES
    free = shutil.disk_usage(work).free
    if free < needed:
        found = f"{free / 1e6:,.0f} MB of free room"
        raise OutputError(
            Problem(
                str(work), "", found, f"{needed / 1e6:,.0f} MB", "set TMPDIR to a folder on a larger disk"
            )
        )


def rebuild(project: Project, recorded: Mapping[str, Any], *, work: Path) -> Path:
    """Build the run that `recorded`, its manifest, describes; returns the new run's folder below `work`.

    Raises EngineError with the last lines of what the build said if it fails.
    """
    place = work / FOLDER
    copy = _copied(project, place / "project")
    values = place / "parameters.yml"
    write_text(values, yaml_text(recorded["parameters"]))
    out = place / "runs"
    command = [
        *(sys.executable, "-m", "gba_analysis", "--project", str(copy), "build", "--params", str(values)),
        *("--scenario", recorded["scenario"], "--engine", recorded["engine"]["name"], "--out", str(out)),
        *(
            "--lang",
            ",".join(recorded["languages"]),
            "--to",
            ",".join(recorded["formats"]),
            "-j",
            "1",
            "--reversed",
            "--kernels",
            "ordinary",
        ),
    ]
    done = subprocess.run(
        command,
        cwd=place,
        env=_environment(place),
        umask=UMASK,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = "".join(f"\n    {line}" for line in done.stderr.splitlines()[-LINES:])
        raise EngineError(
            Problem(
                "gba build",
                "",
                f"exit code {done.returncode}",
                "a run like the recorded one",
                f"it said:{lines}",
            )
        )
    return out / recorded["scenario"]


def _copied(project: Project, target: Path) -> Path:
    """A copy of all that a build may read, and of the package; nothing else."""
    for folder in (project.data, project.notebooks, project.report):
        _copy_files(folder, target / folder.name)
    for file in (LOCK, SCHEMA):
        if (project.root / file).is_file():
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project.root / file, target / file)
    package = Path(gba_analysis.__file__).parent
    _copy_files(package, target.parent / "packages" / package.name)
    return target


def _copy_files(source: Path, target: Path) -> None:
    for path in source_files(source):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _environment(place: Path) -> dict[str, str]:
    folders = {"HOME": place / "home", "TMPDIR": place / "scratch"}
    for folder in folders.values():
        folder.mkdir(parents=True)
    inherited = {name: os.environ[name] for name in KEPT if name in os.environ}
    paths = {name: str(folder) for name, folder in folders.items()} | {"PYTHONPATH": str(place / "packages")}
    return inherited | SETTINGS | paths | {ENVIRONMENT: str(place / "project")}
