"""Rows of charts.csv and the charts of the committed notebooks, held against each other without running one.

What a title says is checked in `analysis.chart_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping

from nbformat import NotebookNode

from gba_analysis import ledger as ledgers
from gba_analysis.analysis.chart_rules import label_problems
from gba_analysis.analysis.chart_titles import KEY
from gba_analysis.errors import GbaError, Problem
from gba_analysis.figures.tables import Facts
from gba_analysis.notebooks.committed import code_cells, file_name
from gba_analysis.pipeline.unknown_ids import texts
from gba_analysis.project import Project


def chart_labels(project: Project, facts: Facts, stored: Mapping[str, NotebookNode]) -> list[Problem]:
    """Rows whose label no notebook draws, and charts without a row. stored: the committed notebooks."""
    literals = {
        text
        for notebook in stored.values()
        for _, cell in code_cells(notebook)
        for text, _ in texts(cell.source)
    }
    try:
        ledger = ledgers.collect(stored)
    except GbaError:
        # Reported with the notebooks.
        ledger = {}
    titled = {
        key.removeprefix(KEY): file_name(project, entry.notebook)
        for key, entry in ledger.items()
        if key.startswith(KEY)
    }
    return label_problems(facts, literals=literals, titled=titled)
