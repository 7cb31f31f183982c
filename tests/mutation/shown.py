"""What a notebook displays when its cells run in this process, beside what it displays as committed.

nbval's judgement without kernels: the cells of a notebook run in one namespace, and what they display must
equal the stored outputs. What takes long is drawing, and a drawing depends on nothing but what it is drawn
from: `draw=False` notes that instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from nbformat import NotebookNode

from gba_analysis import notebook as exits
from gba_analysis.analysis.cells import in_words
from gba_analysis.figures.tables import Facts
from gba_analysis.ledger import CHART
from gba_analysis.notebooks.canonical import PARAMETERS, tags

DRAWINGS = (exits.SVG, CHART)

# An output as it is stored: its data and metadata.
Output = dict[str, Any]


@dataclass
class Shown:
    """What the code cells of a notebook display.

    outputs: one list for each cell. drawn_from: what each chart is made of.
    """

    outputs: list[list[Output]] = field(default_factory=list)
    drawn_from: list[str] = field(default_factory=list)

    def texts(self) -> list[list[Output]]:
        """The outputs without drawings."""
        return [_texts(cell) for cell in self.outputs]


def stored(notebook: NotebookNode) -> Shown:
    """The outputs that a committed notebook holds."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return Shown([[_plain({"data": o.data, "metadata": o.metadata}) for o in cell.outputs] for cell in cells])


def run(
    notebook: NotebookNode, facts: Facts, lang: str = "en", draw: bool = True, like: Shown | None = None
) -> Shown:
    """Run the code cells of `notebook` in this process on `facts`; an exception of a cell is raised.

    draw: without it a chart is no drawing, but `drawn_from` says what it would be drawn from. like: the run
    ends with the first cell whose texts are not as there."""
    shown, namespace = Shown(), {"__name__": "__main__"}
    with _exits(shown, facts, draw):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                shown.outputs.append([])
                exec(cell.source, namespace)
                if like and _texts(shown.outputs[-1]) != _texts(like.outputs[len(shown.outputs) - 1]):
                    return shown
                if PARAMETERS in tags(cell):
                    namespace["lang"] = lang
    return shown


@contextmanager
def _exits(shown: Shown, facts: Facts, draw: bool) -> Iterator[None]:
    """Within it, what a notebook displays goes to `shown`, and it is given `facts`."""

    def display(data: dict[str, Any], raw: bool, metadata: dict[str, Any] | None = None) -> None:
        shown.outputs[-1].append(_plain({"data": data, "metadata": metadata or {}}))

    with ExitStack() as stack:
        stack.enter_context(patch.object(exits, "display", display))
        stack.enter_context(patch.object(exits.tables, "load", lambda *_: facts))
        if not draw:
            chart = exits.Report.chart
            stack.enter_context(patch.object(exits.Report, "chart", _sketched(chart, shown)))
            stack.enter_context(patch.object(exits, "empty_chart", lambda lang: None))
            stack.enter_context(patch.object(exits, "drawing", lambda figure: figure))
            stack.enter_context(patch.object(exits, "to_svg", lambda figure: ""))
            stack.enter_context(patch.object(exits, "page_svg", lambda figure, lang: ""))
        yield


def _sketched(chart: Any, shown: Shown) -> Any:
    """`Report.chart` that notes what it would draw from and draws nothing."""

    def sketch(
        report: exits.Report, draw: Any, describe: Any, table: Any, *arguments: Any, **options: Any
    ) -> None:
        texts = in_words(table, report.facts, report.lang)
        content = (
            texts.to_dict("split"),
            texts.dtypes.to_dict(),
            report.lang,
            arguments,
            sorted(options.items()),
        )
        shown.drawn_from.append(f"{draw.__module__}.{draw.__qualname__}{content!r}")
        chart(report, lambda *_, **__: None, describe, table, *arguments, **options)

    return sketch


def _texts(cell: list[Output]) -> list[Output]:
    return [
        output | {"data": {mime: content for mime, content in output["data"].items() if mime not in DRAWINGS}}
        for output in cell
    ]


def _plain(content: Any) -> Any:
    """As it comes back from a notebook's file."""
    return json.loads(json.dumps(content))
