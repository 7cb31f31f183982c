"""The settings and the text of one page.

Only reads. What the settings mean to Pandoc and Typst is in `embedded`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gba_analysis.languages import language_tag
from gba_analysis.render.settings import merge, parse_yaml, read_settings, read_text, read_yaml

FENCE = "---"
# Settings of the project as a whole, not of a page.
PROJECT_KEYS = ("project", "format", "filters", "date-format")


@dataclass(frozen=True)
class PageSource:
    """One page in one format.

    source: the .qmd file. body: its text without front matter. metadata: title, lang and the like.
    options: the settings of the format. filters: Lua files of the project, relative to its folder.
    """

    source: Path
    body: str
    metadata: Mapping[str, Any]
    options: Mapping[str, Any]
    filters: tuple[str, ...]


def split_front_matter(text: str) -> tuple[str, str]:
    """The YAML between the first two `---` lines (empty if there is none), and the text after it."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != FENCE:
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "".join(lines[1:number]), "".join(lines[number + 1 :])
    return "", text


def read_page(folder: Path, *, lang: str, format_name: str) -> PageSource:
    """The page that profile `lang` of the project in `folder` renders, in one format (html or typst).

    Merges _quarto.yml, _quarto-<lang>.yml, _metadata.yml (if there is one) and the page's front matter.
    Raises EngineError if a file is missing or is no YAML mapping, or the project's settings are not those of
    `settings`."""
    settings = read_settings(folder, lang)
    directory = folder / "_metadata.yml"
    if directory.is_file():
        settings = merge(settings, read_yaml(directory))
    source = folder / settings["project"]["render"][0]
    front_matter, body = split_front_matter(read_text(source))
    settings = merge(settings, parse_yaml(front_matter, source))
    return PageSource(source, body, _metadata(settings), settings["format"][format_name], _filters(settings))


def _metadata(settings: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {key: value for key, value in settings.items() if key not in PROJECT_KEYS}
    lang = metadata.get("lang", "en")
    return {**metadata, "lang": language_tag(lang)}


def _filters(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(entry["path"] for entry in settings.get("filters", []))
