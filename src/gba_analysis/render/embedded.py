"""Renders a staged folder with Pandoc and Typst from ordinary wheels, as Quarto would.

Supports exactly the engine-neutral subset; `sources` refuses the rest before a page comes here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gba_analysis.render.document import read_document
from gba_analysis.render.embed import embed_resources
from gba_analysis.render.notebook_cells import EmbeddedCell, read_all_cells
from gba_analysis.render.page import PageSource, read_page
from gba_analysis.render.pandoc import pandoc_version, run_pandoc
from gba_analysis.render.pdf import compile_pdf, typst_version
from gba_analysis.render.settings import CAPTIONS, read_yaml

HERE = Path(__file__).parent
FORMATS = {"html": "html", "pdf": "typst"}
# Quarto's own default for numbered sections; the template decides how it is shown.
SECTION_NUMBERING = "1.1.a"


def version() -> str:
    """The versions of the two programs inside."""
    return f"Pandoc {pandoc_version()}, Typst {typst_version()}"


def render(
    folder: Path, *, lang: str, to: str, epoch: int, turn: AbstractContextManager = nullcontext()
) -> bytes:
    """The page of the staged `folder` in language `lang`, as `to` (html or pdf). Leaves nothing in the
    folder.

    epoch: date recorded in the PDF, in seconds since 1970 (UTC). turn: held while Pandoc or Typst works, and
    not in between, so that several pages can share the processors. Raises EngineError."""
    page = read_page(folder, lang=lang, format_name=FORMATS[to])
    with TemporaryDirectory() as scratch:
        return _convert(page, folder, to, epoch, Path(scratch), turn)


def _convert(
    page: PageSource, folder: Path, to: str, epoch: int, scratch: Path, turn: AbstractContextManager
) -> bytes:
    resources = _write_inputs(page, folder, scratch)
    document = read_document(page.body, resources=resources, source=page.source.name, turn=turn)
    shared = [*_shared_arguments(scratch), *_caption_arguments(page), *_filter_arguments(page)]
    if to == "html":
        with turn:
            html = run_pandoc(
                [*shared, *_html_arguments(page)], document, folder=folder, source=page.source.name
            )
            return embed_resources(
                html, folder=folder, arguments=[f"--resource-path={scratch}"], source=page.source.name
            ).encode()
    source = scratch / "page.typ"
    fonts = folder / page.options["font-paths"]
    with turn:
        typst = run_pandoc(
            [*shared, *_typst_arguments(page)], document, folder=folder, source=page.source.name
        )
        source.write_text(typst, encoding="utf-8")
        return compile_pdf(
            source,
            root=scratch,
            fonts=fonts,
            standards=page.options["pdf-standard"],
            epoch=epoch,
            source=page.source.name,
        )


def _write_inputs(page: PageSource, folder: Path, scratch: Path) -> str:
    """Writes the charts and the metadata for Pandoc; returns the resources of the document, as JSON."""
    cells = read_all_cells(folder)
    charts = [address for address, cell in cells.items() if cell.kind == "svg"]
    files = {address: f"cell-{number}.svg" for number, address in enumerate(charts)}
    for address, name in files.items():
        (scratch / name).write_text(cells[address].text, encoding="utf-8")
    resources = {
        "variables": dict(flatten(read_yaml(folder / "_variables.yml"))),
        "cells": {address: _described(cell, files.get(address)) for address, cell in cells.items()},
    }
    (scratch / "metadata.json").write_text(_json(page.metadata), encoding="utf-8")
    return _json(resources)


def _described(cell: EmbeddedCell, file: str | None) -> dict[str, Any]:
    # A chart travels as a file: Pandoc embeds it in HTML, Typst reads it.
    return asdict(cell) if file is None else {"kind": cell.kind, "alt": cell.alt, "file": file}


def flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of nested mappings, as (key with dots, text)."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, default=str)


def _shared_arguments(scratch: Path) -> list[str]:
    return [
        "--from=json",
        "--standalone",
        "--wrap=none",
        f"--metadata-file={scratch / 'metadata.json'}",
        # Not the user's own data folder; and where Pandoc looks for our Typst partials.
        "--data-dir=.",
    ]


def _caption_arguments(page: PageSource) -> list[str]:
    return [f"--metadata={CAPTIONS}:{page.options[CAPTIONS]}"] if CAPTIONS in page.options else []


def _filter_arguments(page: PageSource) -> list[str]:
    return [f"--lua-filter={path}" for path in [HERE / "crossref.lua", *page.filters]]


def _contents_arguments(page: PageSource) -> list[str]:
    return ["--toc", f"--toc-depth={page.options['toc-depth']}"] if page.options.get("toc") else []


def _html_arguments(page: PageSource) -> list[str]:
    return [
        "--to=html5",
        f"--template={page.options['template']}",
        f"--css={page.options['css']}",
        *_contents_arguments(page),
    ]


def _typst_arguments(page: PageSource) -> list[str]:
    numbering = (
        [f"--variable=section-numbering:{SECTION_NUMBERING}"] if page.options.get("number-sections") else []
    )
    return ["--to=typst", f"--template={HERE / 'frame.typ'}", *numbering, *_contents_arguments(page)]
