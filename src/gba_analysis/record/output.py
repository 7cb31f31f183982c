"""The output folder or file: checked before work begins, replaced as a whole when the work is done.

What is written into it does not belong here.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gba_analysis.errors import OutputError, Problem
from gba_analysis.project import Project
from gba_analysis.record.manifest import NAME as MANIFEST

LEDGER = "ledger.json"
# By these a manifest is known as one of ours, whatever its version.
PARTS = {"schema", "scenario", "outputs"}
# The reasons why a file cannot be written that lie with the disk or its owner, not with this program.
OUTSIDE_REASONS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)


def require_outside(out: Path, project: Project) -> None:
    """Raises OutputError if `out` is a file, or lies where the project's own sources are."""
    if out.exists() and not out.is_dir():
        raise OutputError(Problem(str(out), "", "a file", "a folder, or a path where none is yet"))
    for source in (project.data, project.notebooks, project.report):
        if out.resolve().is_relative_to(source):
            raise OutputError(
                Problem(str(out), "", f"a folder inside {source.name}/", "one outside the project's sources")
            )


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A new folder beside `target` that takes its place when the block ends, and is removed if the block
    fails.

    Whatever stands at `target` stays untouched until then.
    Raises OutputError if `target` is not a run of ours, or cannot be written.
    """
    with _workplace(target) as work:
        _require_ours(target)
        new = work / "new"
        new.mkdir()
        yield new
        _swap(new, target, work / "old")


def write_file(target: Path, content: bytes) -> None:
    """Write `content` as the file `target`, which is all of it or what it was before. Raises OutputError if
    it cannot be.
    """
    with _workplace(target) as work:
        new = work / "new"
        new.write_bytes(content)
        os.replace(new, target)


@contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, removed at the end. Raises OutputError if the disk or its owner forbids
    to write.
    """
    work = _beside(target)
    try:
        yield work
    except OSError as error:
        if error.errno not in OUTSIDE_REASONS:
            raise
        raise _unwritable(Path(error.filename or target), error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _require_ours(target: Path) -> None:
    if target.exists() and not _is_run(target / MANIFEST):
        raise OutputError(
            Problem(
                str(target),
                "",
                f"something without the {MANIFEST} of a run",
                "an earlier run, or nothing",
                "move it away, or choose another --out or --scenario",
            )
        )


def _is_run(manifest: Path) -> bool:
    """Other programs have files of that name too. One of the two that tell ours apart may be lost or
    damaged.
    """
    return manifest.is_file() and (manifest.with_name(LEDGER).is_file() or _parts(manifest) >= PARTS)


def _parts(manifest: Path) -> set[str]:
    try:
        return set(json.loads(manifest.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return set()


def _beside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target.parent, error) from error


def _swap(new: Path, target: Path, old: Path) -> None:
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(new, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(Problem(str(path), "", error.strerror or str(error), "a folder that can be written"))
