"""A run's folder for one language: a Quarto project that stock Quarto renders as it stands.

Holds the report's sources, the files of the kit, the executed notebooks, the ledger's texts, and what the web
page takes in: each table as CSV, each chart as markup with its texts; later also web fonts of the characters
on the page. Nothing is rendered here."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode

from gba_analysis import kit
from gba_analysis.characters import code_points
from gba_analysis.errors import Problem, SourceError
from gba_analysis.files import source_files
from gba_analysis.fonts import missing_glyphs
from gba_analysis.languages import LANGS
from gba_analysis.ledger import CHART, DATA, Ledger
from gba_analysis.project import Project
from gba_analysis.render.notebook_cells import cell_label
from gba_analysis.words import say

# What the engines add to a page themselves beside words: numbering, signs, the footnotes' way back.
ENGINE_SIGNS = string.printable + "\u00a0“”‘’–—…"
# The words that filters and templates put into a page, by their names in the catalogue's group.
GROUP = "page"
PAGE_WORDS = ("figure", "table", "section", "number", "link", "data", "data_table", "loose_table")
# The engines fill in the placeholders of these words.
PLACEHOLDERS = {name: f"{{{name}}}" for name in ("title", "heading", "column", "page", "pages")}
DOWNLOADS = "downloads"
CHARTS = "charts"
# A chart's table is named after the chart.
DATA_SUFFIX = "-data"
PAGE_TEXTS = (".qmd", ".yml", ".html", ".js")
# The C dumper is ten times as fast; not every PyYAML has it.
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# What it writes for the few characters that Python's own dumper writes as they are: U+0085, and those beyond
# U+FFFF.
ESCAPES = ("\\N", "\\U")
# For both dumpers: no line is ever broken.
ENDLESS = 2**31 - 1


def stage(
    folder: Path,
    *,
    lang: str,
    project: Project,
    notebooks: Mapping[str, tuple[NotebookNode, str]],
    variables: Mapping[str, Any],
    date: str,
) -> str:
    """Write the run folder of one language into the new `folder`, but for the web fonts; returns all
    characters that they must hold.

    notebooks: canonical, each with the text of its file, by file name without suffix. date: ISO, shown as the
    page's date."""
    _copy(_by_name(project.report) | kit.files(), folder)
    write_text(folder / "_variables.yml", yaml_text(variables))
    write_text(folder / "_metadata.yml", yaml_text({"date": date, "page-words": page_words(lang)}))
    for name, (notebook, content) in notebooks.items():
        write_text(folder / "notebooks" / f"{name}.ipynb", content)
        for file, text in _downloads(notebook):
            write_text(folder / DOWNLOADS / file, text)
        for file, text in _charts(notebook):
            write_text(folder / CHARTS / file, text)
    return page_text(folder, lang, notebooks={name: notebook for name, (notebook, _) in notebooks.items()})


def page_words(lang: str) -> dict[str, str]:
    """The words that filters and templates put into a page, by name, with their placeholders."""
    return {name: say(f"{GROUP}.{name}", lang, **PLACEHOLDERS) for name in PAGE_WORDS}


def require_glyphs(ledger: Ledger, *, lang: str, notebooks: Mapping[str, NotebookNode]) -> None:
    """Raises SourceError with every value and table that needs a character the shipped fonts lack."""
    values = ((f"{entry.notebook}.ipynb", f"key {key}", entry.text[lang]) for key, entry in ledger.items())
    outputs = ((f"{name}.ipynb", place, text) for name, place, text in _output_texts(notebooks))
    places = [*values, *outputs]
    # One look at all texts; only if a character is missing is each text looked at.
    if missing_glyphs("".join(text for _, _, text in places)):
        raise SourceError(
            Problem(file, place, f"the characters {code_points(missing)}", "characters of the shipped fonts")
            for file, place, text in places
            if (missing := missing_glyphs(text))
        )


def page_text(folder: Path, lang: str, *, notebooks: Mapping[str, NotebookNode]) -> str:
    """All characters that can appear on the page in `lang` staged in `folder`, each once and in order of code
    point.
    """
    others = tuple(other for other in LANGS if other != lang)
    files = [
        path for path in source_files(folder) if path.suffix in PAGE_TEXTS and not path.stem.endswith(others)
    ]
    sources = [path.read_text(encoding="utf-8") for path in files]
    text = "".join([ENGINE_SIGNS, *sources, *(text for _, _, text in _output_texts(notebooks))])
    return "".join(sorted(set(text)))


def yaml_text(content: Mapping[str, Any]) -> str:
    """`content` as YAML: sorted, one line for each value; the same text whichever dumper there is."""
    text = _dumped(content, DUMPER)
    return _dumped(content, yaml.SafeDumper) if any(sign in text for sign in ESCAPES) else text


def _dumped(content: Mapping[str, Any], dumper: type) -> str:
    return yaml.dump(content, Dumper=dumper, allow_unicode=True, sort_keys=True, width=ENDLESS)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with line feeds, on every system; makes the folders above."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _by_name(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in source_files(folder)}


def _copy(files: Mapping[str, Path], target: Path) -> None:
    # Contents only: a read-only source must not make a read-only copy.
    for name, path in files.items():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())


def _downloads(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """File name and text of each table's CSV; the table behind a chart is named after the chart."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if DATA in output.get("data", {}):
                yield f"{cell_label(cell).removesuffix(DATA_SUFFIX)}.csv", output["data"][DATA]["csv"]


def _charts(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """File name and markup of each chart: one image for a reader, drawn twice, of which the style sheet shows
    one.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if pages := output.get("data", {}).get(CHART):
                drawn = (
                    svg.replace("<svg ", f'<svg class="{width}" aria-hidden="true" ', 1)
                    for width, svg in sorted(pages.items())
                )
                alt = escape(cell.metadata.get("fig-alt", ""))
                yield (
                    f"{cell_label(cell)}.html",
                    f'<div class="chart" role="img" aria-label="{alt}">{"".join(drawn)}</div>\n',
                )


def _output_texts(notebooks: Mapping[str, NotebookNode]) -> Iterator[tuple[str, str, str]]:
    """Notebook, place and text of every table, chart and alternative text."""
    for name, notebook in notebooks.items():
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                yield (
                    name,
                    f"cell {cell_label(cell)}",
                    data.get("text/markdown", "") + "".join(data.get(CHART, {}).values()),
                )
            yield name, f"alt text of cell {cell_label(cell)}", cell.metadata.get("fig-alt", "")
