"""From staged folders to the finished pages. How an engine renders is its own business."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from gba_analysis.pipeline.progress import Progress
from gba_analysis.render.engines import Engine
from gba_analysis.render.seal import seal

# What a user reads of this part of a build.
STAGE = "render"
# A language and a format.
PageId = tuple[str, str]


def render_pages(
    run: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    engine: Engine,
    epoch: int,
    progress: Progress,
    jobs: int = 1,
) -> list[str]:
    """Render <run>/<lang>/ to <run>/briefing.<lang>.<format> and return the files' names.

    epoch: date recorded in the PDF, in seconds since 1970 (UTC). jobs: how many pages are rendered at a time, where the engine
    allows it; the files are the same. Raises EngineError.
    """

    def render(pages: Sequence[PageId]) -> None:
        for lang, to in pages:
            with progress.item(_name(lang, to), STAGE):
                shutil.move(engine.render(folders[lang], lang, to, epoch), run / _name(lang, to))
                if to == "html":
                    _seal(run / _name(lang, to))

    with TemporaryDirectory(prefix="gba-") as scratch:
        # Quarto leaves caches behind, which are no part of a run.
        folders = {lang: Path(shutil.copytree(run / lang, Path(scratch, lang))) for lang in languages}
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            # A failure cancels what has not begun.
            list(pool.map(render, _turns(languages, formats, engine)))
    return [_name(lang, to) for lang in languages for to in formats]


def _turns(languages: Sequence[str], formats: Sequence[str], engine: Engine) -> list[list[PageId]]:
    """The pages that must follow one another, and in which order to begin."""
    if engine.formats_at_once:
        # One format after the other: the second finds a language's text read.
        return [[(lang, to)] for to in formats for lang in languages]
    return [[(lang, to) for to in formats] for lang in languages]


def _name(lang: str, to: str) -> str:
    return f"briefing.{lang}.{to}"


def _seal(page: Path) -> None:
    page.write_text(seal(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
