"""Whether a change of data/ is noticed by `gba check` or by nbval, judged in this process.

Left out on purpose: the checksums of the tables and the note from which data a notebook was run. With them any change is
noticed; the question here is whether a value matters for what a reader sees.

nbval's judgement without kernels: the cells of a notebook run in one namespace, and what they display must equal the stored
outputs. What takes long is drawing, and a drawing depends on nothing but what it is drawn from: charts are compared by that, and
drawn only if nothing else differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from mutants import Mutant, copy_project, restore, write
from nbformat import NotebookNode

from gba_analysis import notebook as exits
from gba_analysis import parameters
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.errors import DataError
from gba_analysis.figures.check import check_data
from gba_analysis.figures.tables import Facts, load
from gba_analysis.pipeline import ledger as ledgers
from gba_analysis.pipeline.canonical import PARAMETERS, tags
from gba_analysis.pipeline.ledger import CHART
from gba_analysis.pipeline.notebooks import read_all
from gba_analysis.project import Project

CHECK = "gba check"
CHINESE = "the Chinese run"
NOBODY = ""
LANGUAGES = ("en", "zh")
DRAWINGS = (exits.SVG, CHART)

# An output as it is stored: its data and metadata.
Output = dict[str, Any]


@dataclass
class Shown:
    """What the code cells of a notebook display.

    outputs: one list for each cell. drawn_from: what each chart is made of. read: the tables of data/ that it reads.
    """

    outputs: list[list[Output]] = field(default_factory=list)
    drawn_from: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set, compare=False)

    def texts(self) -> list[list[Output]]:
        """The outputs without drawings."""
        return [[_undrawn(output) for output in cell] for cell in self.outputs]


def stored(notebook: NotebookNode) -> Shown:
    """The outputs that a committed notebook holds."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return Shown([[_plain({"data": o.data, "metadata": o.metadata}) for o in cell.outputs] for cell in cells])


class Recorded(Facts):
    """Facts that note in the set `tables_read` which of their tables are read."""

    def __getattribute__(self, name: str) -> Any:
        if name in Facts.__dataclass_fields__:
            super().__getattribute__("__dict__").setdefault("tables_read", set()).add(name)
        return super().__getattribute__(name)


def facts_of(project: Project) -> Recorded:
    """The facts of `project`. Raises DataError if they cannot be loaded."""
    facts = load(project)
    return Recorded(**{name: getattr(facts, name) for name in Facts.__dataclass_fields__})


def run(notebook: NotebookNode, facts: Recorded, lang: str = "en", draw: bool = True) -> Shown:
    """Run the code cells of `notebook` in this process on `facts`; an exception of a cell is raised.

    draw: without it a chart is no drawing, but `drawn_from` says what it would be drawn from.
    """
    shown, namespace = Shown(), {"__name__": "__main__"}
    vars(facts)["tables_read"] = shown.read
    with _exits(shown, facts, draw):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                shown.outputs.append([])
                exec(cell.source, namespace)
                if PARAMETERS in tags(cell):
                    namespace["lang"] = lang
    return shown


class Judge:
    """Judges mutants of `project` on a copy of it in `folder`."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.copy = copy_project(project, folder)
        self.notebooks = read_all(project, parameters.NOTEBOOKS)
        self.stored = {name: stored(notebook) for name, notebook in self.notebooks.items()}
        self.ledger = ledgers.collect(self.notebooks)
        # What the notebooks show before any change, by language and name.
        self.before = {lang: self._all_shown(lang) for lang in LANGUAGES}
        # Who noticed the last change in a column; asked first about the next, which saves most of the time.
        self.noticed: dict[tuple[str, str, str], str] = {}

    def noticed_by(self, mutant: Mutant) -> str:
        """CHECK or a notebook, whoever notices first; CHINESE if only that run shows it; else NOBODY."""
        write(mutant, self.copy)
        try:
            facts = facts_of(self.copy)
            seen = self._first("en", mutant, facts, [*self.notebooks, CHECK])
            return seen or (CHINESE if self._first("zh", mutant, facts, [*self.notebooks]) else NOBODY)
        except DataError:
            return CHECK
        finally:
            restore(mutant, self.copy, self.project)

    def _first(self, lang: str, mutant: Mutant, facts: Recorded, judges: list[str]) -> str:
        """The first of `judges` that notices the mutant, or NOBODY."""
        place = (lang, mutant.table, mutant.column)
        for judge in sorted(judges, key=lambda judge: judge != self.noticed.get(place)):
            if self._problems(facts) if judge == CHECK else self._differs(judge, lang, mutant, facts):
                self.noticed[place] = judge
                return judge
        return NOBODY

    def _problems(self, facts: Facts) -> bool:
        """Whether `gba check` would find a problem."""
        return bool(check_data(self.copy) or list(finding_problems(facts.findings, self.ledger)))

    def _differs(self, name: str, lang: str, mutant: Mutant, facts: Recorded) -> bool:
        """Whether the notebook shows something else: in English than is stored, as nbval would find, in Chinese than before."""
        before = self.before[lang][name]
        if mutant.table not in before.read:
            return False
        try:
            shown = run(self.notebooks[name], facts, lang, draw=False)
            if lang == "zh":
                return shown != before
            if shown.texts() != self.stored[name].texts():
                return True
            if shown.drawn_from == before.drawn_from:
                return False
            return run(self.notebooks[name], facts).outputs != self.stored[name].outputs
        except Exception:
            # A cell that raises is an output that differs.
            return True

    def _all_shown(self, lang: str) -> dict[str, Shown]:
        facts = facts_of(self.project)
        return {name: run(notebook, facts, lang, draw=False) for name, notebook in self.notebooks.items()}


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

    def sketch(report: exits.Report, draw: Any, describe: Any, table: Any, *arguments: Any, **options: Any) -> None:
        content = (table.to_dict("split"), table.dtypes.to_dict(), report.lang, arguments, sorted(options.items()))
        shown.drawn_from.append(f"{draw.__module__}.{draw.__qualname__}{content!r}")
        chart(report, lambda *_, **__: None, describe, table, *arguments, **options)

    return sketch


def _undrawn(output: Output) -> Output:
    return output | {"data": {mime: content for mime, content in output["data"].items() if mime not in DRAWINGS}}


def _plain(content: Any) -> Any:
    """As it comes back from a notebook's file."""
    return json.loads(json.dumps(content))
