"""A page's text with its values and outputs put in: the document from which every format of the page is made.

Pandoc reads each text here; what it writes from the document is in `embedded`.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from gba_analysis.render.pandoc import run_pandoc
from gba_analysis.render.shortcode_escapes import free_sign, hide_angles, show_angles

FILTER = Path(__file__).parent / "shortcodes.lua"
# Enough for the pages of a run.
REMEMBERED = 4


def read_document(
    body: str, *, resources: str, source: str, turn: AbstractContextManager = nullcontext()
) -> str:
    """The document in Pandoc's JSON. Several threads that ask for the same one wait for the first.

    body: Markdown. resources: JSON, with no character escaped that need not be, of `variables` (Markdown by
    key) and `cells` (by the address that `embed` uses). source: the file named in an error. turn: held while
    Pandoc works. Raises EngineError if Pandoc refuses the text or a shortcode."""
    with _lock(body, resources), turn:
        return _read(body, resources, source)


@lru_cache(maxsize=REMEMBERED)
def _lock(body: str, resources: str) -> Lock:
    return Lock()


@lru_cache(maxsize=REMEMBERED)
def _read(body: str, resources: str, source: str) -> str:
    sign = free_sign(body, resources)
    with TemporaryDirectory() as scratch:
        file = Path(scratch, "resources.json")
        file.write_text(resources, encoding="utf-8")
        # Not as an argument: a locale may have no byte for it.
        marks = Path(scratch, "marks.json")
        marks.write_text(json.dumps({"gba-sign": sign}), encoding="utf-8")
        arguments = [
            "--from=markdown",
            "--to=json",
            "--columns=9999",
            # Not the user's own data folder.
            "--data-dir=.",
            f"--lua-filter={FILTER}",
            f"--metadata=gba-resources:{file}",
            f"--metadata-file={marks}",
        ]
        return show_angles(
            run_pandoc(arguments, hide_angles(body, sign), folder=Path(scratch), source=source), sign
        )
