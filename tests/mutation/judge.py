"""Whether a change of data/ is noticed by `gba check` or by nbval, judged in this process.

Left out on purpose: the checksums of the tables and the note from which data a notebook was run. With them any change is
noticed; the question here is whether a value matters for what a reader sees.

nbval's judgement without kernels: what the cells of a notebook display must equal the stored outputs. Only what can depend on the
changed value is asked, whoever noticed the last change of the column first, and nobody after the first who notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from known import Change, Known
from memory import Memory
from mutants import Mutant, copy_project, restore, write
from notebook_cells import Script, Session, Shown

from gba_analysis import parameters
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.datapackage import Descriptor, read_datapackage
from gba_analysis.figures.derived_rules import derived_problems
from gba_analysis.figures.key_figure_rules import key_figure_problems
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.reference_rules import reference_problems
from gba_analysis.figures.rules import fact_problems
from gba_analysis.figures.schema import schema_problems
from gba_analysis.figures.tables import Facts, load, read_table
from gba_analysis.pipeline import ledger as ledgers
from gba_analysis.pipeline.notebooks import read_all
from gba_analysis.project import Project
from gba_analysis.reads import READS

CHECK = "gba check"
CHINESE = "the Chinese run"
NOBODY = ""
LANGUAGES = ("en", "zh")


class Judge:
    """Judges mutants of `project` on a copy of it in `folder`."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.copy = copy_project(project, folder)
        self.memory = Memory(load(project))
        notebooks = read_all(project, parameters.NOTEBOOKS)
        self.scripts = {name: Script(name, notebook) for name, notebook in notebooks.items()}
        self.ledger = ledgers.collect(notebooks)
        with self.memory.used():
            # What each cell shows before any change, by language and name.
            self.before = {(lang, name): self._shown(lang, name) for lang in LANGUAGES for name in self.scripts}
            self.memory.learn(CHECK, lambda: self._problems(self.memory.facts))
        # Who noticed the last change in a column, and in which cell, by language, table and column.
        self.noticed: dict[tuple[str, str, str], tuple[str, int]] = {}

    def noticed_by(self, mutant: Mutant) -> str:
        """CHECK or a notebook, whoever notices first; CHINESE if only that run shows it; else NOBODY."""
        write(mutant, self.copy)
        try:
            with self.memory.used():
                facts = self._changed(mutant)
                seen = self._first("en", mutant, facts, [*self.scripts, CHECK])
                return seen or (CHINESE if self._first("zh", mutant, facts, self.scripts) else NOBODY)
        except DataError:
            return CHECK
        finally:
            restore(mutant, self.copy, self.project)

    def _changed(self, mutant: Mutant) -> Known:
        resources = {resource["name"]: resource for resource in read_datapackage(self.copy)["resources"]}
        table = read_table(self.copy, resources, mutant.table)
        change = Change(mutant.table, mutant.column, frozenset({mutant.line}))
        return Known.of(self.memory.facts, change, **{mutant.table: table})

    def _first(self, lang: str, mutant: Mutant, facts: Known, judges: Iterable[str]) -> str:
        """The first of `judges` that notices the mutant, or NOBODY."""
        place = (lang, mutant.table, mutant.column)
        if place in self.noticed:
            judge, cell = self.noticed[place]
            if any(self._noticing(judge, lang, facts, [cell])):
                return judge
        for judge in judges:
            if judge != CHECK and mutant.table not in READS[judge]:
                continue
            cells = [0] if judge == CHECK else range(len(self.scripts[judge].codes))
            cell = next(self._noticing(judge, lang, facts, cells), None)
            if cell is not None:
                self.noticed[place] = judge, cell
                return judge
        return CHECK if CHECK in judges and self._breaks_the_schema(mutant) else NOBODY

    def _noticing(self, judge: str, lang: str, facts: Known, cells: Iterable[int]) -> Iterator[int]:
        """Those of the judge's cells that give another answer for `facts`; `gba check` has one, its rules."""
        if judge == CHECK:
            yield from (cell for cell in cells if self.memory.may_differ(CHECK, self._problems, facts) and self._problems(facts))
            return
        session = Session(self.scripts[judge], facts, lang)
        for cell in cells:

            def show(others: Known, cell: int = cell) -> Shown:
                return Session(session.script, others, lang).show(cell)

            if self.memory.may_differ((lang, judge, cell), show, session.facts) and self._differs(session, cell):
                yield cell

    def _differs(self, session: Session, cell: int) -> bool:
        """Whether a cell shows something else: in English than is stored, as nbval would find, in Chinese than before."""
        script, before = session.script, self.before[session.lang, session.script.name][cell]
        try:
            shown = session.show(cell)
            if session.lang == "zh":
                return shown != before
            if shown.texts() != script.stored[cell].texts():
                return True
            if shown.drawn_from == before.drawn_from:
                return False
            return Session(script, session.facts, draw=True).show(cell).outputs != script.stored[cell].outputs
        except Exception:
            # A cell that raises is an output that differs.
            return True

    def _problems(self, facts: Facts) -> list[Problem]:
        """What `gba check` would find by the rules between cells."""
        values = parameters.defaults()
        found = fact_problems(facts) + derived_problems(facts, values) + key_figure_problems(facts)
        found += reference_problems(facts, ReadingRule.from_parameters(values))
        return [*found, *finding_problems(facts.findings, self.ledger)]

    def _breaks_the_schema(self, mutant: Mutant) -> bool:
        """Whether `gba check` would find a problem by the schema, in the parts of it that are about the changed column."""
        return bool(schema_problems(self.copy, _about(mutant, read_datapackage(self.copy))))

    def _shown(self, lang: str, name: str) -> list[Shown]:
        """What each cell of a notebook shows before any change, each in a run of its own: so it is known which tables it needs."""

        def show(cell: int) -> Shown:
            return Session(self.scripts[name], self.memory.facts, lang).show(cell)

        cells = range(len(self.scripts[name].codes))
        return [self.memory.learn((lang, name, cell), lambda cell=cell: show(cell)) for cell in cells]


def _about(mutant: Mutant, package: Descriptor) -> dict[str, Any]:
    """`package` with only the changed table, and the foreign keys from and to the changed column with their tables."""
    changed = mutant.table
    kept = {}
    for resource in package["resources"]:
        name = resource["name"]
        keys = [
            key
            for key in resource["schema"].get("foreignKeys", [])
            if (name == changed and mutant.column in key["fields"])
            or ((key["reference"]["resource"] or name) == changed and mutant.column in key["reference"]["fields"])
        ]
        kept[name] = dict(resource) | {"schema": resource["schema"] | {"foreignKeys": keys}}
    wanted = {changed} | {key["reference"]["resource"] for key in kept[changed]["schema"]["foreignKeys"]}
    wanted |= {name for name, resource in kept.items() if resource["schema"]["foreignKeys"]}
    return dict(package) | {"resources": [resource for name, resource in kept.items() if name in wanted]}
