"""`gba verify`: a recorded run is checked, built again from nothing in other surroundings, and compared file
by file.
"""

from __future__ import annotations

import platform
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gba_analysis.errors import Problem
from gba_analysis.files import digest
from gba_analysis.pipeline.check import check_project
from gba_analysis.progress import Progress
from gba_analysis.project import Project
from gba_analysis.proof import certificate
from gba_analysis.proof.differences import difference, same_content
from gba_analysis.proof.manifest_check import (
    Files,
    RunError,
    contradictions,
    differences,
    read_files,
    read_manifest,
    read_run,
)
from gba_analysis.proof.outcomes import Check, File
from gba_analysis.proof.rebuild import rebuild, require_room
from gba_analysis.record import manifest as manifests
from gba_analysis.record.provenance import read_provenance
from gba_analysis.render.engines import choose

SAME, SAME_CONTENT, DIFFERS = "the same bytes", "the same numbers and text", "another content"
MISSING, ADDED = "missing in the run", "not made by the rebuild"
ALTERED, MISRECORDED = "altered since the run was built", "not what the manifest lists"
# Names of files that a message lists before it stops.
MOST_NAMED = 20


@dataclass(frozen=True)
class Verification:
    """A finished verification. result: failed, incomplete (something was skipped) or passed. certificates:
    the files.
    """

    result: str
    summary: str
    files: tuple[File, ...]
    certificates: tuple[Path, ...]

    @property
    def differing(self) -> list[File]:
        return [file for file in self.files if file.verdict not in (SAME, SAME_CONTENT)]


def verify(run: Path, project: Project, *, progress: Progress) -> Verification:
    """Verify the run in the folder `run` and write <run>.certificate.json and .html beside it.

    Where the platform or a package differs from the run's, numbers and text are compared, as bytes are
    promised per platform. Raises RunError for a folder without a usable manifest and for sources other than
    the run's, OutputError for a full disk, EngineError if the run's engine is missing or the rebuild fails.
    """
    started = time.time()
    files = read_run(run)
    recorded = read_manifest(run, files=files, project=project)
    _require_same_sources(recorded, project)
    surroundings = _other_surroundings(recorded)
    with progress.stage("check"):
        altered = differences(run.resolve().name, files=_outputs(files), recorded=recorded["outputs"])
        told = contradictions(
            Path(run.resolve().name), files=files, manifest=recorded, provenance=read_provenance(project)
        )
        checks = [_check_files(altered, recorded), _check_pages(told), _check_sources(project)]
    with TemporaryDirectory(prefix="gba-verify-") as work:
        require_room(Path(work), run)
        with progress.stage("rebuild"):
            again = rebuild(project, recorded, work=Path(work))
        with progress.stage("compare"):
            made = read_run(again)
            verdicts = tuple(
                _compare(run, again, _outputs(files), _outputs(made), altered, exact=not surroundings)
            )
            checks.append(_check_rebuild(verdicts, surroundings))
            checks.append(
                _check_manifest(recorded, read_manifest(again, files=made, project=project), surroundings)
            )
    content = certificate.certificate(
        recorded,
        checks=checks,
        files=verdicts,
        surroundings=surroundings,
        started=started,
        manifest_sha256=digest(files[manifests.NAME]),
    )
    written = certificate.write(run, content)
    return Verification(content["result"], content["summary"], verdicts, written)


def _outputs(files: Files) -> dict[str, bytes]:
    """The files of a run that its manifest lists."""
    return {name: content for name, content in files.items() if name != manifests.NAME}


def _require_same_sources(recorded: Mapping[str, Any], project: Project) -> None:
    problems = list(
        differences(
            "", files=read_files(manifests.input_files(project)), recorded=recorded["inputs"]
        ).values()
    )
    if not problems:
        return
    commit = (recorded["revision"] or {}).get("commit", "")
    cure = f"check out the revision {commit[:12]}" if commit else "check out the run's revision"
    rest = f"{len(problems) - MOST_NAMED} more files; " if len(problems) > MOST_NAMED else ""
    shown = problems[:MOST_NAMED]
    shown[-1] = replace(
        shown[-1],
        hint=f"{rest}the sources have changed since the run was built: {cure}, or build the run again",
    )
    raise RunError(shown)


def _other_surroundings(recorded: Mapping[str, Any]) -> list[str]:
    """What of platform, engine and packages is not as the run had it, in words; bytes are then not
    promised.
    """
    engine = choose(recorded["engine"]["name"])
    pairs = [
        ("platform", recorded["platform"], sysconfig.get_platform()),
        (f"engine {engine.name}", recorded["engine"]["version"], engine.version),
    ]
    before, now = recorded["packages"], manifests.packages()
    pairs += [
        (name, before.get(name, "none"), now.get(name, "none")) for name in sorted(before.keys() | now.keys())
    ]
    return [f"{name} {one}, here {other}" for name, one, other in pairs if one != other]


def _check_files(altered: Mapping[str, Problem], recorded: Mapping[str, Any]) -> Check:
    name = "files of the run against its manifest"
    if altered:
        return Check(name=name, result="failed", detail=_lines(altered.values()))
    return Check(
        name=name,
        result="passed",
        detail=f"{len(recorded['outputs'])} files, sizes and checksums as recorded",
    )


def _check_pages(told: list[Problem]) -> Check:
    name = "what the pages tell of the run against its manifest"
    return (
        Check(name=name, result="failed", detail=_lines(told))
        if told
        else Check(name=name, result="passed", detail="parameters, engine, versions, command as recorded")
    )


def _lines(problems: Iterable[Problem]) -> str:
    lines = [str(problem) for problem in problems]
    rest = len(lines) - MOST_NAMED
    return "\n".join(lines[:MOST_NAMED]) + (f"\n{rest} more" if rest > 0 else "")


def _check_sources(project: Project) -> Check:
    checked = check_project(project)
    if checked.problems:
        return Check(name="gba check", result="failed", detail=_lines(checked.problems))
    return Check(
        name="gba check",
        result="passed",
        detail=", ".join(f"{count} {what}" for what, count in checked.counts.items()),
    )


def _compare(
    run: Path, again: Path, found: Files, made: Files, altered: Mapping[str, Problem], exact: bool
) -> Iterator[File]:
    """The verdict on every file that the run has, its manifest lists or the rebuild made.

    found, made: the files of the run and of the rebuild. altered: those of the run that are not as recorded.
    """
    for name in sorted(made.keys() | found.keys() | altered.keys()):
        if name not in found:
            yield File(
                name=name,
                verdict=MISSING,
                detail="the rebuild made it" if name in made else "the rebuild did not make it either",
            )
        elif name not in made:
            yield File(name=name, verdict=ADDED)
        elif found[name] == made[name]:
            yield (
                File(name=name, verdict=MISRECORDED, detail=str(altered[name]))
                if name in altered
                else File(name=name, verdict=SAME)
            )
        elif not exact and same_content(run / name, again / name):
            yield File(name=name, verdict=SAME_CONTENT)
        elif name in altered:
            yield File(
                name=name, verdict=ALTERED, detail=altered[name].hint or difference(run / name, again / name)
            )
        else:
            yield File(name=name, verdict=DIFFERS, detail=difference(run / name, again / name))


def _check_rebuild(files: tuple[File, ...], surroundings: list[str]) -> Check:
    wanted = "numbers and text" if surroundings else "bytes"
    bad = [file for file in files if file.verdict not in (SAME, SAME_CONTENT)]
    name = f"rebuilt files against those of the run, {wanted}"
    if bad:
        return Check(
            name=name,
            result="failed",
            detail=f"{len(bad)} of {len(files)} files differ: "
            + ", ".join(file.name for file in bad[:MOST_NAMED]),
        )
    return Check(
        name=name,
        result="passed",
        detail=f"{len(files)} files" + (", bytes not promised here" if surroundings else ""),
    )


def _check_manifest(recorded: Mapping[str, Any], again: Mapping[str, Any], surroundings: list[str]) -> Check:
    """Whether both manifests say the same of parameters, tools and inputs; outputs are compared file by
    file.
    """
    name = "manifest of the rebuild against that of the run"
    if surroundings:
        return Check(
            name=name, result="skipped", detail="other surroundings: " + "; ".join(surroundings[:MOST_NAMED])
        )
    parts = recorded.keys() - {"outputs", "revision", "python"}
    bad = sorted(part for part in parts if recorded[part] != again[part])
    return Check(
        name=name,
        result="failed" if bad else "passed",
        detail=", ".join(bad) or f"{len(parts)} parts as recorded; Python {platform.python_version()}",
    )
