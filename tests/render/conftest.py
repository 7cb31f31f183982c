"""A staged folder, as the pipeline makes one, from the report's own files and the sample page."""

import json
import shutil
from pathlib import Path

import pytest

from gba_analysis.fonts import write_woff2
from gba_analysis.project import Project

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample"
REPORT_PARTS = ("filters", "fonts", "templates", "styles")
TABLE = "| Group | Firms | Share |\n|:--|--:|--:|\n| Macao-funded | 33 | 13.9 % |\n| Others | 205 | 86.1 % |\n"


def code_cell(label, data, alt=None):
    """A code cell as an executed notebook holds it."""
    metadata = {"fig-alt": alt} if alt else {}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    source = ["#| label: " + label + "\n", "#| echo: false\n", "show()"]
    return {"cell_type": "code", "id": label, "metadata": metadata, "source": source, "execution_count": 1, "outputs": [output]}


def notebook(*cells):
    """A notebook of these cells."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return {"cells": list(cells), "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}


def write_notebook(path, *cells):
    """Write a notebook of these cells to `path`."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(notebook(*cells)), encoding="utf-8")


def stage(folder):
    """Copy the report's parts and the sample into `folder`, with a notebook and fonts."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in REPORT_PARTS:
        shutil.copytree(ROOT / "report" / part, folder / part)
    for settings in (ROOT / "report").glob("_quarto*.yml"):
        shutil.copy(settings, folder)
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    (folder / "_metadata.yml").write_text("date: 2025-01-31\n", encoding="utf-8")
    svg = (SAMPLE / "chart.svg").read_text(encoding="utf-8")
    write_notebook(
        folder / "notebooks" / "02_platforms.ipynb",
        code_cell("chart", {"image/svg+xml": svg, "text/plain": "x"}, 'Three bars; the "first" is the longest.'),
        code_cell("table", {"text/markdown": TABLE, "text/plain": "x"}),
        code_cell("second", {"image/svg+xml": svg.replace("240", "200"), "text/plain": "x"}, "三个条形。"),
    )
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*")) if path.suffix in {".qmd", ".yml", ".html"})
    write_woff2(text + TABLE, folder / "styles" / "fonts", Project(ROOT))
    return folder


@pytest.fixture()
def staged(tmp_path):
    """A staged folder of its own, to change at will."""
    return stage(tmp_path / "run")
