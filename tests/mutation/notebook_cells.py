"""The code cells of a notebook, run in this process without a kernel: any one of them, after those that it needs.

A cell needs the earlier ones that bind a name it uses, and what those need. What takes long is drawing, and a drawing depends on
nothing but what it is drawn from: without drawing, a chart is noted by that. Whether something differs is not judged here.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from known import Known
from nbformat import NotebookNode

from gba_analysis import notebook as exits
from gba_analysis.figures.tables import Facts
from gba_analysis.pipeline.canonical import PARAMETERS, tags
from gba_analysis.pipeline.ledger import CHART
from gba_analysis.reads import READS, Undeclared

DRAWINGS = (exits.SVG, CHART)
# A cell that asks for all names needs every cell before it.
ALL_NAMES = "globals"
LEAVING = ("chart", "data", "table", "publish")

# An output as it is stored: its data and metadata.
Output = dict[str, Any]


@dataclass
class Shown:
    """What a code cell displays. drawn_from: what each of its charts is made of, unless they were drawn."""

    outputs: list[Output] = field(default_factory=list)
    drawn_from: list[str] = field(default_factory=list)

    def texts(self) -> list[Output]:
        """The outputs without drawings."""
        return [_undrawn(output) for output in self.outputs]


class Script:
    """The code cells of a notebook in their order. needs: for each, the earlier ones that run before it."""

    def __init__(self, name: str, notebook: NotebookNode) -> None:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.name = name
        self.parameters = next(number for number, cell in enumerate(cells) if PARAMETERS in tags(cell))
        self.codes = [compile(cell.source, f"{name}, cell {number}", "exec") for number, cell in enumerate(cells)]
        self.needs = needs([cell.source for cell in cells])
        self.stored = [Shown([_plain({"data": o.data, "metadata": o.metadata}) for o in cell.outputs]) for cell in cells]


class Session:
    """One run of cells of `script` on `facts`, first to last. draw: whether charts are drawn, or noted by what they are drawn from."""

    def __init__(self, script: Script, facts: Known, lang: str = "en", draw: bool = False) -> None:
        undeclared = {name: Undeclared(script.name, name) for name in Facts.__dataclass_fields__ if name not in READS[script.name]}
        self.script, self.lang, self.draw = script, lang, draw
        self.facts = type(facts).of(facts, facts.change, script.name, **undeclared)
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.finished: set[int] = set()

    def show(self, number: int) -> Shown:
        """What the cell displays; an exception in it, or in one that it needs, is raised."""
        for earlier in self.script.needs[number]:
            if earlier not in self.finished:
                with _silent(self.facts):
                    self._run(earlier)
        shown = Shown()
        with _heard(shown, self.facts, self.draw):
            self._run(number)
        return shown

    def _run(self, number: int) -> None:
        exec(self.script.codes[number], self.namespace)
        if number == self.script.parameters:
            self.namespace["lang"] = self.lang
        self.finished.add(number)


def needs(sources: Sequence[str]) -> list[tuple[int, ...]]:
    """For each cell the earlier ones that it needs, in order, by the names in its code."""
    bound, found = [], []
    for number, source in enumerate(sources):
        binds, uses = _names(source)
        bound.append(binds)
        direct = {earlier for earlier in range(number) if ALL_NAMES in uses or bound[earlier] & uses}
        found.append(tuple(sorted(direct.union(*(found[earlier] for earlier in direct)))))
    return found


def _names(source: str) -> tuple[set[str], set[str]]:
    """The names that code binds, or whose content it sets, anywhere in it; and those that it uses."""
    binds, uses = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (uses if isinstance(node.ctx, ast.Load) else binds).add(node.id)
        elif isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            binds.update(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
        elif isinstance(node, ast.alias):
            binds.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            binds.add(node.name)
    return binds, uses


@contextmanager
def _silent(facts: Facts) -> Iterator[None]:
    """Within it, a notebook is given `facts`, and what it displays is dropped."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(exits.tables, "load", lambda *_: facts))
        for name in LEAVING:
            stack.enter_context(patch.object(exits.Report, name, lambda *_, **__: None))
        yield


@contextmanager
def _heard(shown: Shown, facts: Facts, draw: bool) -> Iterator[None]:
    """Within it, a notebook is given `facts`, and what it displays goes to `shown`."""

    def display(data: dict[str, Any], raw: bool, metadata: dict[str, Any] | None = None) -> None:
        shown.outputs.append(_plain({"data": data, "metadata": metadata or {}}))

    with ExitStack() as stack:
        stack.enter_context(patch.object(exits.tables, "load", lambda *_: facts))
        stack.enter_context(patch.object(exits, "display", display))
        if not draw:
            stack.enter_context(patch.object(exits.Report, "chart", _sketch(shown)))
        yield


def _sketch(shown: Shown) -> Any:
    """In place of `Report.chart`: it notes what it would draw from, and shows the text alone."""

    def sketch(report: exits.Report, draw: Any, describe: Any, table: Any, *arguments: Any, **options: Any) -> None:
        content = (table.to_dict("split"), table.dtypes.to_dict(), report.lang, arguments, sorted(options.items()))
        shown.drawn_from.append(f"{draw.__module__}.{draw.__qualname__}{content!r}")
        alt = exits.EMPTY[report.lang] if table.empty else describe(table, report.lang, *arguments)
        if not alt.strip():
            raise ValueError("no alternative text")
        exits.display({exits.SVG: "", CHART: {}, "text/plain": alt}, raw=True, metadata={exits.SVG: {"alt": alt}})

    return sketch


def _undrawn(output: Output) -> Output:
    return output | {"data": {mime: content for mime, content in output["data"].items() if mime not in DRAWINGS}}


def _plain(content: Any) -> Any:
    """As it comes back from a notebook's file."""
    return json.loads(json.dumps(content))
