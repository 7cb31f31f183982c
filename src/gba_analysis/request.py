"""What a user asks to be built: parameters checked and named, before anything else is looked at.

Imports nothing heavy, because the command loads it at once. Nothing is built here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gba_analysis import parameters
from gba_analysis import scenario as scenarios
from gba_analysis.errors import ParameterError, Problem, quoted
from gba_analysis.languages import LANGS
from gba_analysis.project import Project

# Not a parameter of a run: every run holds all languages asked for.
LANG = "lang"
FORMATS = ("html", "pdf")
# How a notebook's kernel starts. Only time depends on it.
KERNELS = (FORKED, ORDINARY) = ("forked", "ordinary")


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to build. values: all parameters, checked, without `lang`. out: the folder of the scenarios'
    folders.

    is_forced: take nothing from earlier builds. last_first: run the notebooks in reverse, which must not
    matter. update_notebooks: store the English run in notebooks/."""

    project: Project
    values: Mapping[str, Any]
    scenario: str
    out: Path
    languages: Sequence[str] = LANGS
    formats: Sequence[str] = FORMATS
    engine: str = "auto"
    jobs: int = 2
    kernels: str = ORDINARY
    is_forced: bool = False
    last_first: bool = False
    update_notebooks: bool = False

    @property
    def target(self) -> Path:
        """The run's folder."""
        return self.out / self.scenario


def default_jobs() -> int:
    """How many notebooks run at a time if nobody says: one for each processor."""
    return os.cpu_count() or 2


def require_base(values: Mapping[str, Any], languages: Sequence[str]) -> None:
    """Raises ParameterError unless this is the run that the committed notebooks show: the defaults, with
    English.
    """
    expected = "the defaults, as the committed notebooks have them"
    if changed := scenarios.changed(values):
        raise ParameterError(Problem("--update-notebooks", "", f"another {', '.join(changed)}", expected))
    if LANGS[0] not in languages:
        raise ParameterError(
            Problem(
                "--update-notebooks",
                "",
                f"--lang {','.join(languages)}",
                f"{LANGS[0]} among the languages",
            )
        )


def read_values(pairs: Iterable[tuple[str, str]], file: Path | None) -> dict[str, Any]:
    """All parameters without `lang`: `pairs` as typed after -p over those in `file` over the defaults.

    Raises ParameterError with everything wrong in both.
    """
    typed = {name: parameters.parse_value(text) for name, text in pairs}
    sources = [(str(file), parameters.read_file(file))] if file else []
    problems: list[Problem] = []
    values = parameters.defaults()
    for source, given in [*sources, ("-p", typed)]:
        try:
            parameters.check({name: value for name, value in given.items() if name != LANG}, source=source)
        except ParameterError as error:
            problems += error.problems
        if LANG in given:
            problems.append(
                Problem(source, f"parameter {LANG}", quoted(given[LANG]), f"the option --{LANG} instead")
            )
        values |= given
    if problems:
        raise ParameterError(problems)
    return {name: value for name, value in values.items() if name != LANG}


def scenario_name(
    values: Mapping[str, Any], *, pairs: Iterable[tuple[str, str]], file: Path | None, given: str
) -> str:
    """The scenario's name: `given`, else the parameter file's stem and what -p adds to it, else the changed
    values.

    Raises ParameterError if it is no usable name.
    """
    if given or file is None:
        return scenarios.checked_name(given or scenarios.slug(scenarios.changed(values)), values)
    added = {name: values[name] for name, _ in pairs}
    parts = [scenarios.tame(file.stem), *([scenarios.slug(added)] if added else [])]
    return scenarios.checked_name("_".join(parts), values)
