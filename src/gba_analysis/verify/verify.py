"""`gba verify`: a recorded run is checked, built again from nothing in other surroundings, and compared file by file."""

from __future__ import annotations

import platform
import sysconfig
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gba_analysis.errors import OutputError, Problem
from gba_analysis.pipeline import manifest as manifests
from gba_analysis.pipeline.check import check_project
from gba_analysis.pipeline.files import sha256
from gba_analysis.pipeline.progress import Progress
from gba_analysis.project import Project
from gba_analysis.render.engines import choose
from gba_analysis.verify import certificate
from gba_analysis.verify.differences import difference, same_content
from gba_analysis.verify.rebuild import rebuild, require_room

SAME, SAME_CONTENT, DIFFERS = "the same bytes", "the same numbers and text", "another content"
MISSING, ADDED = "missing in the run", "not made by the rebuild"
ALTERED = "altered since the run was built"
# Names of files that a message lists before it stops.
MOST_NAMED = 20


@dataclass(frozen=True)
class File:
    """The verdict on one file of the run. detail: where it differs, in a few lines."""

    name: str
    verdict: str
    detail: str = ""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. result: passed, failed or skipped."""

    name: str
    result: str
    detail: str


@dataclass(frozen=True)
class Outcome:
    """A finished verification. result: failed, incomplete (something was skipped) or passed. certificates: the files."""

    result: str
    summary: str
    files: tuple[File, ...]
    certificates: tuple[Path, ...]

    @property
    def differing(self) -> list[File]:
        return [file for file in self.files if file.verdict not in (SAME, SAME_CONTENT)]


def verify(run: Path, project: Project, progress: Progress) -> Outcome:
    """Verify the run in the folder `run` and write <run>.certificate.json and .html beside it.

    Where the platform or a package differs from the run's, numbers and text are compared, as bytes are promised per
    platform. Raises OutputError for a folder without a usable manifest, sources other than the run's or a full disk;
    EngineError if the run's engine is missing or the rebuild fails.
    """
    started = time.time()
    recorded = manifests.read(run, project)
    _require_same_sources(recorded, project)
    surroundings = _other_surroundings(recorded)
    with progress.stage("check"):
        found = manifests.outputs(run)
        altered = manifests.differences(recorded["outputs"], found)
        checks = [_check_files(altered, recorded), _check_sources(project)]
    with TemporaryDirectory(prefix="gba-verify-") as work:
        require_room(Path(work), run)
        with progress.stage("rebuild"):
            again = rebuild(project, recorded, Path(work))
        with progress.stage("compare"):
            files = tuple(_compare(run, again, found, altered, exact=not surroundings))
            checks.append(_check_rebuild(files, surroundings))
            checks.append(_check_manifest(recorded, manifests.read(again, project), surroundings))
    content = certificate.certificate(recorded, checks, files, surroundings, started, sha256(run / manifests.NAME))
    written = certificate.write(run, content)
    return Outcome(content["result"], content["summary"], files, written)


def _require_same_sources(recorded: Mapping[str, Any], project: Project) -> None:
    changed = manifests.differences(recorded["inputs"], manifests.inputs(project))
    if not changed:
        return
    commit = (recorded["revision"] or {}).get("commit", "")
    hint = f"check out the revision {commit[:12]}" if commit else "check out the run's revision"
    problems = [
        Problem(name, "", f"a source {verdict} since the run was built", "the sources of the run")
        for name, verdict in list(changed.items())[:MOST_NAMED]
    ]
    rest = f"; {len(changed) - MOST_NAMED} more files" if len(changed) > MOST_NAMED else ""
    problems[-1] = Problem(*_parts(problems[-1]), f"{hint}, or build the run again{rest}")
    raise OutputError(problems)


def _parts(problem: Problem) -> tuple[str, str, str, str]:
    return problem.file, problem.place, problem.found, problem.expected


def _other_surroundings(recorded: Mapping[str, Any]) -> list[str]:
    """What of platform, engine and packages is not as the run had it, in words; bytes are then not promised."""
    engine = choose(recorded["engine"]["name"])
    pairs = [
        ("platform", recorded["platform"], sysconfig.get_platform()),
        (f"engine {engine.name}", recorded["engine"]["version"], engine.version),
    ]
    before, now = recorded["packages"], manifests.packages()
    pairs += [(name, before.get(name, "none"), now.get(name, "none")) for name in sorted(before.keys() | now.keys())]
    return [f"{name} {one}, here {other}" for name, one, other in pairs if one != other]


def _check_files(altered: Mapping[str, str], recorded: Mapping[str, Any]) -> Check:
    count = len(recorded["outputs"])
    if altered:
        named = ", ".join(f"{name} ({verdict})" for name, verdict in list(altered.items())[:MOST_NAMED])
        return Check("files of the run against its manifest", "failed", named)
    return Check("files of the run against its manifest", "passed", f"{count} files, sizes and checksums as recorded")


def _check_sources(project: Project) -> Check:
    checked = check_project(project)
    if checked.problems:
        return Check("gba check", "failed", "; ".join(map(str, checked.problems[:3])))
    return Check("gba check", "passed", ", ".join(f"{count} {what}" for what, count in checked.counts.items()))


def _compare(
    run: Path, again: Path, found: Mapping[str, Any], altered: Mapping[str, str], exact: bool
) -> Iterator[File]:
    """The verdict on every file that the run has or the rebuild made. found: the run's files; altered: see `differences`."""
    made = manifests.outputs(again)
    for name in sorted(made.keys() | found.keys()):
        if name not in found:
            yield File(name, MISSING, "the rebuild made it")
        elif name not in made:
            yield File(name, ADDED)
        elif found[name] == made[name]:
            yield File(name, SAME)
        elif not exact and same_content(run / name, again / name):
            yield File(name, SAME_CONTENT)
        else:
            yield File(name, ALTERED if name in altered else DIFFERS, difference(run / name, again / name))


def _check_rebuild(files: tuple[File, ...], surroundings: list[str]) -> Check:
    wanted = "numbers and text" if surroundings else "bytes"
    bad = [file for file in files if file.verdict not in (SAME, SAME_CONTENT)]
    name = f"rebuilt files against those of the run, {wanted}"
    if bad:
        return Check(name, "failed", f"{len(bad)} of {len(files)} files differ: " + ", ".join(file.name for file in bad[:MOST_NAMED]))
    return Check(name, "passed", f"{len(files)} files" + (", bytes not promised here" if surroundings else ""))


def _check_manifest(recorded: Mapping[str, Any], again: Mapping[str, Any], surroundings: list[str]) -> Check:
    """Whether both manifests say the same of parameters, tools and inputs; outputs are compared file by file."""
    name = "manifest of the rebuild against that of the run"
    if surroundings:
        return Check(name, "skipped", "other surroundings: " + "; ".join(surroundings[:MOST_NAMED]))
    parts = recorded.keys() - {"outputs", "revision", "python"}
    bad = sorted(part for part in parts if recorded[part] != again[part])
    return Check(name, "failed" if bad else "passed", ", ".join(bad) or f"{len(parts)} parts as recorded; Python {platform.python_version()}")
