"""From staged folders to the finished pages. How an engine renders is its own business."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from gba_analysis.pipeline.progress import Progress
from gba_analysis.render.engines import Engine
from gba_analysis.render.seal import seal

# What a user reads of this part of a build.
STAGE = "render"


def render_pages(
    run: Path, languages: Sequence[str], formats: Sequence[str], engine: Engine, epoch: int, progress: Progress
) -> list[str]:
    """Render <run>/<lang>/ to <run>/briefing.<lang>.<format> and return the files' names.

    epoch: date recorded in the PDF, in seconds since 1970 (UTC). Raises EngineError.
    """
    names = []
    for lang in languages:
        with TemporaryDirectory(prefix="gba-") as scratch:
            # Quarto leaves caches behind, which are no part of a run.
            folder = Path(shutil.copytree(run / lang, Path(scratch, lang)))
            for to in formats:
                name = f"briefing.{lang}.{to}"
                with progress.item(name, STAGE):
                    shutil.move(engine.render(folder, lang, to, epoch), run / name)
                    if to == "html":
                        _seal(run / name)
                names.append(name)
    return names


def _seal(page: Path) -> None:
    page.write_text(seal(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
