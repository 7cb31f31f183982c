"""The settings of the report's pages, merged in Quarto's order, and what they must be for both engines to
make the same of them.

Only reads. What the settings mean to Pandoc and Typst is in `embedded`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from gba_analysis.errors import EngineError, Problem
from gba_analysis.files import text_fault
from gba_analysis.json_schema import form_problems
from gba_analysis.languages import LANGS
from gba_analysis.yaml_reading import fault, load_yaml

PROJECT = "_quarto.yml"
PROFILE = "_quarto-{lang}.yml"
EXPECTED = "a file of the report or of the kit"
# Where figures have their captions; crossref.lua reads it.
CAPTIONS = "fig-cap-location"
TEXT = {"type": "string", "minLength": 1}
SWITCH = {"type": "boolean"}
SHARED = {
    "toc": SWITCH,
    "toc-depth": {"type": "integer", "minimum": 1},
    "number-sections": SWITCH,
    CAPTIONS: {"enum": ["top", "bottom"]},
}


def _list(item: Mapping[str, Any], title: str) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1, "title": title}


def _object(properties: Mapping[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*required], **more}


# All that a format may set: one that the embedded engine would ignore is refused.
HTML = _object(
    {
        "theme": {"const": "none"},
        "minimal": {"const": True},
        "embed-resources": {"const": True},
        "template": TEXT,
        "css": TEXT,
        **SHARED,
    },
    *("template", "css"),
    additionalProperties=False,
)
TYPST = _object(
    {
        "template-partials": _list(TEXT, "a list of Typst files"),
        "pdf-standard": _list(TEXT, "a list of PDF standards"),
        "font-paths": TEXT,
        **SHARED,
    },
    *("template-partials", "pdf-standard", "font-paths"),
    additionalProperties=False,
)
FILTER = _object(
    {"at": {"const": "post-quarto"}, "path": TEXT},
    "at",
    "path",
    title="a filter, as `at: post-quarto` and `path: FILE`",
)
SCHEMA = _object(
    {
        "project": _object({"render": _list(TEXT, "a list of pages, such as [briefing.en.qmd]")}, "render"),
        "lang": {"enum": [*LANGS]},
        "filters": {"type": "array", "items": FILTER},
        "format": _object({"html": HTML, "typst": TYPST}, "html", "typst"),
    },
    *("project", "lang", "format"),
)


def merge(base: Any, over: Any) -> Any:
    """As Quarto merges settings: mappings key by key, lists one after the other, else the later value."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return {**base, **{key: merge(base.get(key), value) for key, value in over.items()}}
    if isinstance(base, list) and isinstance(over, list):
        return base + [item for item in over if item not in base]
    return over


def read_settings(folder: Path, lang: str, beside: Path | None = None) -> dict[str, Any]:
    """What _quarto.yml and _quarto-<lang>.yml in `folder` say together.

    beside: another folder with files that the settings may name, as those of the kit before they are staged.
    Raises EngineError if one is missing or no YAML mapping, or with everything that breaks SCHEMA or names a
    file that is not there."""
    profile = PROFILE.format(lang=lang)
    settings = merge(read_yaml(folder / PROJECT), read_yaml(folder / profile))
    file = str(folder / PROJECT)
    problems = form_problems(file, content=settings, schema=SCHEMA, hint=f"with {profile}") or [
        Problem(file, place, f"{name}, which is not there", EXPECTED)
        for place, name in _named(settings)
        if not any((place_of / name).exists() for place_of in filter(None, (folder, beside)))
    ]
    if problems:
        raise EngineError(problems)
    return settings


def _named(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each file that well-formed settings name, with the place where they do."""
    for kind, option in (("html", "template"), ("html", "css"), ("typst", "font-paths")):
        yield f"format, {kind}, {option}", settings["format"][kind][option]
    for number, name in enumerate(settings["format"]["typst"]["template-partials"]):
        yield f"format, typst, template-partials[{number}]", name
    for number, entry in enumerate(settings.get("filters", [])):
        yield f"filters[{number}], path", entry["path"]
    for number, name in enumerate(settings["project"]["render"]):
        yield f"project, render[{number}]", name


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises EngineError if the file is missing or holds no mapping."""
    return parse_yaml(read_text(path), path)


def read_text(path: Path) -> str:
    """The text of a file of the report. Raises EngineError if it is missing, unreadable, not UTF-8, or begins
    with a byte-order mark.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EngineError(
            Problem(str(path), "", error.strerror or str(error), "a file of the report")
        ) from error
    if fault := text_fault(content):
        raise EngineError(Problem(str(path), *fault))
    # As Python reads a text: one sign for every line end.
    return content.decode().replace("\r\n", "\n").replace("\r", "\n")


def parse_yaml(text: str, path: Path) -> dict[str, Any]:
    """The mapping in `text`, empty if nothing is. path: the file named in an error. Raises EngineError."""
    try:
        settings = load_yaml(text) or {}
    except yaml.YAMLError as error:
        raise EngineError(Problem(str(path), *fault(error), "valid YAML")) from error
    if not isinstance(settings, dict):
        raise EngineError(Problem(str(path), "", repr(settings), "a YAML mapping"))
    return settings
