"""The outputs of a notebook's labelled cells, as a page embeds them. Reads stored outputs; runs nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

OPTION = "#|"
LABEL = f"{OPTION} label:"
SVG, MARKDOWN, TEXT = "image/svg+xml", "text/markdown", "text/plain"
PADDING = re.compile(" {2,}")
# The characters of the row under a table's headings, which says how columns are aligned.
RULES = (set("|-"), set("|-:"))
# What may keep two spaces apart in a table: code, and a space that does not break.
SPACED = ("`", "\\ ")
# Enough for the notebooks of one page, which is read once for each format.
REMEMBERED = 16
KINDS = {SVG: "svg", MARKDOWN: "markdown", TEXT: "text"}


@dataclass(frozen=True)
class EmbeddedCell:
    """One labelled cell. kind: svg, markdown, text, none (no output) or several (more than one)."""

    kind: str
    text: str = ""
    alt: str = ""


def read_cells(path: Path) -> dict[str, EmbeddedCell]:
    """The labelled cells of the notebook at `path`, by label."""
    return dict(_labelled(path.read_bytes()))


@lru_cache(maxsize=REMEMBERED)
def _labelled(notebook: bytes) -> Mapping[str, EmbeddedCell]:
    return {name: _cell(cell) for cell in json.loads(notebook)["cells"] if (name := cell_label(cell))}


def read_all_cells(folder: Path) -> dict[str, EmbeddedCell]:
    """The labelled cells of all notebooks/*.ipynb in `folder`, by the address that `embed` uses."""
    return dict(_addressed_cells(folder))


def _addressed_cells(folder: Path) -> Iterator[tuple[str, EmbeddedCell]]:
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        for name, cell in read_cells(path).items():
            yield f"notebooks/{path.name}#{name}", cell


def cell_label(cell: Mapping[str, Any]) -> str:
    """A code cell's label, from `#| label: name` in its first line; empty if it has none."""
    first = _joined(cell["source"]).partition("\n")[0]
    return (
        first.removeprefix(LABEL).strip() if cell["cell_type"] == "code" and first.startswith(LABEL) else ""
    )


def _cell(cell: Mapping[str, Any]) -> EmbeddedCell:
    outputs = cell.get("outputs", [])
    if len(outputs) != 1:
        return EmbeddedCell("several" if outputs else "none")
    data = _data(outputs[0])
    for mime, kind in KINDS.items():
        if mime in data:
            text = _joined(data[mime])
            return EmbeddedCell(
                kind, _narrow(text) if kind == "markdown" else text, cell["metadata"].get("fig-alt", "")
            )
    return EmbeddedCell("none")


def _narrow(markdown: str) -> str:
    """A pipe table without the spaces that align its columns in a notebook, which are half of it; other text
    as it is.
    """
    if _is_pipe_table(markdown.splitlines()) and not any(sign in markdown for sign in SPACED):
        return PADDING.sub(" ", markdown)
    return markdown


def _is_pipe_table(lines: Sequence[str]) -> bool:
    # Without the row under the headings the lines would be verse, which keeps its spaces.
    return all(line.startswith("|") for line in lines) and set("".join(lines[1:2])) in RULES


def _data(output: Mapping[str, Any]) -> Mapping[str, Any]:
    return {TEXT: output["text"]} if output["output_type"] == "stream" else output.get("data", {})


def _joined(text: str | list[str]) -> str:
    # The notebook format allows one string or a list of lines.
    return text if isinstance(text, str) else "".join(text)
