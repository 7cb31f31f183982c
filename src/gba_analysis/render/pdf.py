"""Compiles Typst source to an accessible, archivable PDF. Knows nothing of the report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from gba_analysis.errors import EngineError, Problem


@lru_cache(maxsize=1)
def typst_version() -> str:
    """The version of the compiler inside the wheel, such as `0.15.1`."""
    import typst

    return json.loads(typst.eval(b"", "str(sys.version)"))


def compile_pdf(main: Path, root: Path, fonts: Path, standards: Iterable[str], epoch: int, source: str) -> bytes:
    """The PDF of the Typst file `main`, with the fonts in `fonts` and no others.

    root: folder that holds all files `main` may read. standards: PDF standards it must meet.
    epoch: creation date, in seconds since 1970 (UTC). source: the file named in an error.
    Raises EngineError if Typst refuses the source, or warns: a warning is a font or glyph that is not there.
    """
    import typst

    try:
        pdf, warnings = typst.compile_with_warnings(
            main,
            root=root,
            font_paths=[fonts],
            ignore_system_fonts=True,
            pdf_standards=list(standards),
            timestamp=epoch,
        )
    except typst.TypstError as error:
        raise EngineError(_problem(error, source)) from error
    if warnings:
        raise EngineError([_problem(warning, source) for warning in warnings])
    return pdf


def _problem(said: Exception, source: str) -> Problem:
    hints = "; ".join(getattr(said, "hints", []))
    return Problem(source, "", f"Typst's refusal: {getattr(said, 'message', said)}", "a page Typst can set", hints)
