"""Whether a change of data/ is noticed by `gba check` or by nbval, judged in this process.

Left out on purpose: the checksums of the tables and the note from which data a notebook was run. With them
any change is noticed; the question here is whether a value matters for what a reader sees. What a change
cannot matter to is not asked: a notebook or a rule that makes no use of the column, and tables that are as
they were. Charts are drawn only if nothing else differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from mutants import Mutant, copy_project, restore, write
from shown import run, stored
from unread import uses

from gba_analysis import ledger as ledgers
from gba_analysis import parameters
from gba_analysis.analysis.chart_rules import chart_problems
from gba_analysis.analysis.finding_texts import finding_problems
from gba_analysis.errors import DataError
from gba_analysis.figures.check import rule_problems
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.reads import READS
from gba_analysis.figures.schema import schema_problems
from gba_analysis.figures.tables import Facts, load, read_table
from gba_analysis.notebooks.committed import read_all
from gba_analysis.project import Project

CHECK = "gba check"
CHINESE = "the Chinese run"
NOBODY = ""
LANGS = ("en", "zh")
# Takes as long as the other notebooks together.
LAST = "07_robustness"


class Judge:
    """Judges mutants of `project` on a copy of it in `folder`."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.copy = copy_project(project, folder)
        self.facts = load(project)
        self.notebooks = read_all(
            project, sorted(parameters.NOTEBOOKS, key=lambda name: (name == LAST, name))
        )
        self.stored = {name: stored(notebook) for name, notebook in self.notebooks.items()}
        self.ledger = ledgers.collect(self.notebooks)
        # What the notebooks show before any change, by language and name.
        self.before = {
            lang: {
                name: run(notebook, self.facts, lang, draw=False) for name, notebook in self.notebooks.items()
            }
            for lang in LANGS
        }
        # Whether a column is used by CHECK or by a notebook in a language, as far as it was asked.
        self.used: dict[tuple[str, str, str, str], bool] = {}
        # Who noticed the last change in a column; asked first about the next, which saves much of the time.
        self.noticed: dict[tuple[str, str, str], str] = {}

    def noticed_by(self, mutant: Mutant) -> str:
        """CHECK or a notebook, whoever notices first; CHINESE if only that run shows it; else NOBODY."""
        write(mutant, self.copy)
        try:
            resources = {resource["name"]: resource for resource in read_datapackage(self.copy)["resources"]}
            facts = replace(
                self.facts, **{mutant.table: read_table(self.copy, resources=resources, name=mutant.table)}
            )
            seen = self._first("en", mutant, facts, [*self.notebooks, CHECK])
            return seen or (CHINESE if self._first("zh", mutant, facts, [*self.notebooks]) else NOBODY)
        except DataError:
            return CHECK
        finally:
            restore(mutant, self.copy, self.project)

    def _first(self, lang: str, mutant: Mutant, facts: Facts, judges: list[str]) -> str:
        """The first of `judges` that notices the mutant, or NOBODY."""
        place = (lang, mutant.table, mutant.column)
        for judge in sorted(judges, key=lambda judge: judge != self.noticed.get(place)):
            if self._problems(mutant, facts) if judge == CHECK else self._differs(judge, lang, mutant, facts):
                self.noticed[place] = judge
                return judge
        return NOBODY

    def _problems(self, mutant: Mutant, facts: Facts) -> bool:
        """Whether `gba check` would find a problem."""
        if self._uses(CHECK, "en", mutant) and rule_problems(facts):
            return True
        package = read_datapackage(self.copy)
        package["resources"] = concerned(package["resources"], mutant.table, mutant.column)
        return bool(
            list(finding_problems(facts.rows("findings"), self.ledger))
            or chart_problems(facts)
            or schema_problems(self.copy, package)
        )

    def _differs(self, name: str, lang: str, mutant: Mutant, facts: Facts) -> bool:
        """Whether the notebook shows something else: in English than is stored, as nbval would find, in
        Chinese than before.
        """
        before = self.before[lang][name]
        if mutant.table not in READS[name] or not self._uses(name, lang, mutant):
            return False
        try:
            shown = run(self.notebooks[name], facts, lang, draw=False, like=before)
            if lang == "zh":
                return shown != before
            if shown.texts() != self.stored[name].texts():
                return True
            if shown.drawn_from == before.drawn_from:
                return False
            return run(self.notebooks[name], facts).outputs != self.stored[name].outputs
        # A notebook that fails in any way shows something else.
        except Exception:  # noqa: BLE001
            # A cell that raises is an output that differs.
            return True

    def _uses(self, judge: str, lang: str, mutant: Mutant) -> bool:
        """Whether CHECK's rules or a notebook may depend on the values of the mutant's column."""
        place = (judge, lang, mutant.table, mutant.column)
        if place not in self.used:
            is_key = mutant.column not in getattr(self.facts, mutant.table).columns
            self.used[place] = is_key or uses(
                *self._result(judge, lang), self.facts, mutant.table, mutant.column
            )
        return self.used[place]

    def _result(self, judge: str, lang: str) -> tuple[Callable[[Facts], Any], Any]:
        """How to get what CHECK's rules find or a notebook shows, and what that is before any change."""
        if judge == CHECK:
            return rule_problems, []
        return lambda facts: run(self.notebooks[judge], facts, lang, draw=False), self.before[lang][judge]


def concerned(resources: list[dict[str, Any]], table: str, column: str) -> list[dict[str, Any]]:
    """The table, those that a foreign key with this column of it refers to, and those that refer to the
    column.
    """
    names = {table}
    for resource in resources:
        for key in resource["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"] or resource["name"]
            if resource["name"] == table and column in key["fields"]:
                names.add(target)
            if target == table and column in key["reference"]["fields"]:
                names.add(resource["name"])
    return [resource for resource in resources if resource["name"] in names]
