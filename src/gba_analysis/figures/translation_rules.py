"""Rules of texts that stand in several languages: what one language says the others say too.

For the titles in datapackage.json, for columns, and for cells that may be empty. What a text says is not
looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from gba_analysis.errors import Problem
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.datapackage import DATAPACKAGE, Descriptor
from gba_analysis.figures.tables import Facts
from gba_analysis.languages import LANGS

# Where these may be empty is a rule of its own, for each language.
RULED = ("choice", "condition")
ALL = "the same in all languages, or in none"


def translation_problems(facts: Facts, package: Descriptor) -> list[Problem]:
    """Every title, column and cell that one language has and another lacks."""
    problems = [*_description_problems(package)]
    for resource in package["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for stem in _stems(fields):
            missing = [name for name in _columns(stem) if name not in fields]
            if missing:
                found = f"the column {stem} without {', '.join(missing)}"
                problems.append(_described(f"resource {resource['name']}", found))
            elif stem not in RULED and not all(_is_required(fields[name]) for name in _columns(stem)):
                problems += _cell_problems(facts, resource["name"], stem)
    return problems


def _columns(stem: str) -> list[str]:
    return [f"{stem}_{lang}" for lang in LANGS]


def _stems(names: Iterable[str]) -> list[str]:
    """What stands before the language, in names such as `note_en`, each once."""
    pairs = (name.rpartition("_") for name in names)
    return list(dict.fromkeys(stem for stem, _, lang in pairs if stem and lang in LANGS))


def _is_required(field: Descriptor) -> bool:
    return bool(field.get("constraints", {}).get("required"))


def _description_problems(package: Descriptor) -> Iterator[Problem]:
    yield from _half_described("", package)
    for resource in package["resources"]:
        place = f"resource {resource['name']}"
        yield from _half_described(place, resource)
        for field in resource["schema"]["fields"]:
            yield from _half_described(f"{place}, field {field['name']}", field)


def _half_described(place: str, described: Mapping[str, Any]) -> Iterator[Problem]:
    for stem in _stems(described):
        missing = _empty(described, stem)
        if missing and len(missing) < len(LANGS):
            yield _described(place, f"a {stem} without {', '.join(missing)}")


def _empty(texts: Mapping[str, Any], stem: str) -> Collection[str]:
    return [name for name in _columns(stem) if not texts.get(name)]


def _described(place: str, found: str) -> Problem:
    return Problem(f"data/{DATAPACKAGE}", place, found, ALL)


def _cell_problems(facts: Facts, table: str, stem: str) -> Iterator[Problem]:
    if table not in vars(facts):
        return
    for number, row in rows(getattr(facts, table)):
        empty = _empty(row, stem)
        for column in empty if len(empty) < len(LANGS) else ():
            yield cell_problem(
                table, number, column, "an empty cell", f"a text, as another language has a {stem}"
            )
