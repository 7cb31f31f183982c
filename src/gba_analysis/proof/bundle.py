"""A finished run as one file to pass on: a zip with RO-Crate metadata, the same bytes wherever it is made.

Only a run that is what its manifest says goes in. What goes in is read in `bundle_parts`, what the metadata
say is in `crate`."""

from __future__ import annotations

import datetime as dt
import io
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from gba_analysis.errors import OutputError, Problem
from gba_analysis.project import Project
from gba_analysis.proof import bundle_parts, crate
from gba_analysis.proof.manifest_check import Files, RunError, contradictions, read_manifest, read_run
from gba_analysis.record.output import require_outside, write_file
from gba_analysis.record.provenance import read_provenance

# The days that a zip can hold.
EARLIEST, LATEST = (dt.datetime(*day, tzinfo=dt.UTC) for day in ((1980, 1, 1), (2107, 12, 31)))
# An ordinary file that all may read, as a Unix system writes it, on every system.
MODE, UNIX = stat.S_IFREG | 0o644, 3
LEVEL = 9


@dataclass(frozen=True)
class Bundle:
    """A written bundle. names: the files in it, sorted. left_out: why it holds no certificate; empty if it
    holds one.
    """

    path: Path
    names: tuple[str, ...]
    left_out: str


def bundle(project: Project, run: Path, out: Path | None = None) -> Bundle:
    """Write the finished run in the folder `run`, with its data and metadata, into the zip `out` (default:
    beside the run).

    Raises a GbaError with every file that is not as the manifest records it; nothing is written then.
    """
    files = read_run(run)
    manifest = read_manifest(run, files=files, project=project)
    target = out or run.resolve().with_name(f"{run.resolve().name}.zip")
    _require_place(target, run, project)
    sources = bundle_parts.project_files(project)
    if problems := bundle_parts.problems(project, run, files, sources, manifest):
        raise RunError(problems)
    provenance = read_provenance(project)
    if problems := contradictions(run, files=files, manifest=manifest, provenance=provenance):
        raise RunError(problems)
    citation = bundle_parts.citation(project, sources=sources, manifest=manifest)
    description = crate.RunDescription(
        manifest=manifest,
        citation=citation,
        datapackage=bundle_parts.datapackage(project, sources),
        date=provenance.date,
    )
    certificate, left_out = bundle_parts.certificate(run.resolve(), files)
    made = {name: content for name, content in files.items() if crate.is_made(name)}
    contents = made | sources | certificate | {crate.README: crate.readme(description)}
    contents[crate.METADATA] = crate.metadata(contents, description)
    write_file(target, zipped(contents, provenance.created))
    return Bundle(target, tuple(sorted(contents)), left_out)


def zipped(contents: Files, moment: dt.datetime) -> bytes:
    """A zip of `contents` by path, every file dated `moment`: the same bytes for the same arguments."""
    time = min(max(moment.astimezone(dt.UTC), EARLIEST), LATEST).timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(name, time)
            info.create_system, info.external_attr = UNIX, MODE << 16
            archive.writestr(info, contents[name], zipfile.ZIP_DEFLATED, LEVEL)
    return buffer.getvalue()


def _require_place(target: Path, run: Path, project: Project) -> None:
    """Raises OutputError if the zip would lie among the files it is made of, or take the place of what is no
    bundle.
    """
    require_outside(target.parent, project)
    if target.resolve().is_relative_to(run.resolve()):
        raise OutputError(Problem(str(target), "", "a file inside the run", "one outside of it"))
    if target.exists() and not _is_bundle(target):
        hint = "move it away, or choose another --out"
        raise OutputError(
            Problem(str(target), "", "something that is no bundle", "an earlier bundle, or nothing", hint)
        )


def _is_bundle(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return crate.METADATA in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
