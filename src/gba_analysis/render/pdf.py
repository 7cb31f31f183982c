"""Compiles Typst source to an accessible, archivable PDF. Knows nothing of the report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gba_analysis.errors import EngineError, Problem
from gba_analysis.render.programs import run_program

COMPILER = Path(__file__).with_name("compiler.py")


@lru_cache(maxsize=1)
def typst_version() -> str:
    """The version of the compiler inside the wheel, such as `0.15.1`."""
    import typst

    return json.loads(typst.eval(b"", "str(sys.version)"))


def compile_pdf(
    main: Path, *, root: Path, fonts: Path, standards: Iterable[str], epoch: int, source: str
) -> bytes:
    """The PDF of the Typst file `main`, with the fonts in `fonts` and no others.

    root: folder that holds all files `main` may read. standards: PDF standards it must meet.
    epoch: creation date, in seconds since 1970 (UTC). source: the file named in an error.
    Raises EngineError if Typst refuses the source, or warns: a warning is a font or glyph that is not there.
    """
    options = {
        "input": str(main),
        "root": str(root),
        "font_paths": [str(fonts)],
        "ignore_system_fonts": True,
        "pdf_standards": list(standards),
        "timestamp": epoch,
    }
    with TemporaryDirectory() as scratch:
        output = Path(scratch, "page.pdf")
        if problems := [_problem(said, source) for said in _run({**options, "output": str(output)}, source)]:
            raise EngineError(problems)
        return output.read_bytes()


def _run(options: Mapping[str, Any], source: str) -> list[dict[str, Any]]:
    """Typst's messages. Raises EngineError if its process crashes."""
    line = [sys.executable, "-P", str(COMPILER)]
    result = run_program(line, name="Typst", source=source, text=json.dumps(options))
    if result.returncode:
        last = next(reversed(result.stderr.strip().splitlines()), "it said nothing")
        raise EngineError(
            Problem(
                source, "", f"Typst's process ended with {result.returncode}: {last}", "a page Typst can set"
            )
        )
    return json.loads(result.stdout)


def _problem(said: Mapping[str, Any], source: str) -> Problem:
    return Problem(
        source, "", f"Typst's refusal: {said['message']}", "a page Typst can set", "; ".join(said["hints"])
    )
