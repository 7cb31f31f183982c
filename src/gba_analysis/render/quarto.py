"""Renders a staged folder with the real Quarto, if the machine has one. Installs and configures nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from gba_analysis.errors import EngineError, Problem
from gba_analysis.render.programs import run_program

INSTALL = 'pip install "gba-analysis[quarto]"'
FORMATS = {"html": "html", "pdf": "typst"}
OUTPUT = "_output"
# Enough to hold Quarto's message, too little to hide it.
LAST_LINES = 8


def find_quarto() -> Path | None:
    """The program of the package quarto-cli if that is installed, else the one on PATH, else None.

    The package comes first because the command it puts on PATH returns 0 even when Quarto fails.
    """
    on_path = shutil.which("quarto")
    return _packaged_quarto() or (Path(on_path) if on_path else None)


def _packaged_quarto() -> Path | None:
    package = find_spec("quarto_cli")
    folders = (package.submodule_search_locations if package else None) or []
    name = "quarto.exe" if os.name == "nt" else "quarto"
    return next((path for folder in folders if (path := Path(folder) / "bin" / name).is_file()), None)


def version(program: Path) -> str:
    """Such as `1.10.18`. Raises EngineError if the program does not start."""
    return _run([str(program), "--version"], dict(os.environ)).strip()


def command(program: Path, folder: Path, *, lang: str, to: str) -> list[str]:
    """The line that renders the staged `folder` in language `lang` to `to` (html or pdf)."""
    return [str(program), "render", str(folder), "--profile", lang, "--to", FORMATS[to]]


def environment(epoch: int) -> dict[str, str]:
    """This process's environment, with the date to record in the PDF (seconds since 1970, UTC)."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}


def render(
    program: Path,
    folder: Path,
    *,
    lang: str,
    to: str,
    epoch: int,
    turn: AbstractContextManager = nullcontext(),
) -> bytes:
    """The page of the staged `folder`, rendered while holding `turn`. Raises EngineError with Quarto's last
    lines.

    Quarto works on a copy: it leaves caches behind, which are no part of a run.
    """
    with TemporaryDirectory(prefix="gba-") as scratch:
        # An earlier page must not pass for this one.
        copy = Path(shutil.copytree(folder, Path(scratch, lang), ignore=shutil.ignore_patterns(OUTPUT)))
        with turn:
            _run(command(program, copy, lang=lang, to=to), environment(epoch))
        target = copy / OUTPUT / f"briefing.{lang}.{to}"
        if not target.is_file():
            raise EngineError(Problem(str(target), "", "no file", "Quarto's output"))
        return target.read_bytes()


def _run(line: Sequence[str], environ: dict[str, str]) -> str:
    try:
        result = run_program(line, name="Quarto", source="quarto", environment=environ)
    except OSError as error:
        raise EngineError(Problem(line[0], "", str(error), "a program that starts", INSTALL)) from error
    if result.returncode:
        said = " / ".join(result.stderr.strip().splitlines()[-LAST_LINES:])
        raise EngineError(
            Problem(" ".join(line), "", f"exit code {result.returncode}: {said}", "exit code 0")
        )
    return result.stdout
