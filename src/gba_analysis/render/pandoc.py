"""Runs the Pandoc that the wheel `pypandoc_binary` brings. Knows nothing of the report."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from gba_analysis.errors import EngineError, Problem
from gba_analysis.render.programs import PATIENCE, run_program

INSTALL = "pip install pypandoc_binary"
# Enough to hold Pandoc's message, too little to hide it.
LAST_LINES = 5
WARNING = "[WARNING] "
# Pandoc keeps a whole page in memory until it is done, so collecting garbage every few megabytes finds none
# and costs time: let it wait.
MEMORY = ("+RTS", "-O16m", "-RTS")
# Seconds to read a page, which takes less than one.
READING = 60.0


@lru_cache(maxsize=1)
def pandoc_path() -> Path:
    """The bundled program, never another Pandoc of the machine: same inputs, same bytes.

    Raises EngineError if the wheel is not installed.
    """
    package = find_spec("pypandoc")
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    path = Path(package.origin).parent / "files" / name if package and package.origin else None
    if path is None or not path.is_file():
        raise EngineError(Problem("pandoc", "", "no bundled program", "the wheel pypandoc_binary", INSTALL))
    return path


@lru_cache(maxsize=1)
def pandoc_version() -> str:
    """Such as `3.9`."""
    return run_pandoc(["--version"], "", folder=Path.cwd()).split()[1]


def run_pandoc(arguments: Iterable[str], text: str, *, folder: Path, source: str = "pandoc") -> str:
    """Pandoc's output for `text` on its standard input, run in `folder`; a warning counts as a failure.

    source: the file named in an error. Raises EngineError with Pandoc's last lines if it fails or warns, or
    if it comes to no end.
    """
    return _run(["--fail-if-warnings", *arguments], text, folder, source, PATIENCE).stdout


def read_pandoc(
    arguments: Iterable[str], text: str, source: str = "pandoc", limit: float = READING
) -> tuple[str, tuple[str, ...]]:
    """Pandoc's output for `text`, and its warnings. source: the file named in an error. limit: in seconds.
    Raises EngineError if it fails or comes to no end.
    """
    result = _run(arguments, text, Path.cwd(), source, limit)
    lines = result.stderr.splitlines()
    return result.stdout, tuple(line.removeprefix(WARNING) for line in lines if line.startswith(WARNING))


def _run(
    arguments: Iterable[str], text: str, folder: Path, source: str, limit: float
) -> subprocess.CompletedProcess[str]:
    line = [str(pandoc_path()), *arguments, *MEMORY]
    result = run_program(line, name="Pandoc", source=source, text=text, folder=folder, limit=limit)
    if result.returncode:
        said = " / ".join(result.stderr.strip().splitlines()[-LAST_LINES:])
        raise EngineError(Problem(source, "", f"Pandoc's refusal: {said}", "a page Pandoc can convert"))
    return result
