"""Checks the report's pages before anything is rendered: constructs, keys, labels, references, languages,
glyphs.

All problems are reported together, with file and line. Renders nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations
from pathlib import Path, PurePosixPath

import yaml

from gba_analysis import kit
from gba_analysis.asked import AWAITED, nearest
from gba_analysis.errors import EngineError, Problem
from gba_analysis.files import source_files
from gba_analysis.fonts import missing_glyphs
from gba_analysis.languages import LANGS
from gba_analysis.project import Project
from gba_analysis.render.breach import Breach
from gba_analysis.render.page import split_front_matter
from gba_analysis.render.raw_text import check_brackets, check_markers
from gba_analysis.render.settings import read_settings, read_text
from gba_analysis.render.shortcodes import split
from gba_analysis.render.subset import REFERENCES, check_construct, prefix
from gba_analysis.render.syntax import Node, Reading, parse
from gba_analysis.render.text_rules import check_texts
from gba_analysis.yaml_reading import load_yaml

# What a page may set for itself; the rest is the project's.
FRONT_MATTER = ("title", "subtitle", "description")
OVERRIDE = "no file of the engine is overridden: rename this one, and name it in _quarto.yml"
PAGE = ".qmd"
# Of the files of the report and of the kit that must be UTF-8.
TEXTS = {PAGE, ".html", ".typ", ".css", ".js", ".lua"}
# Keys that may be named when the notebooks have run again.
AWAITING = "awaited"
# The line of a page in which its front matter begins, below the fence.
FIRST = 2


@dataclass(frozen=True)
class Source:
    """One page: its file as the user knows it, its text, its front matter and its body as read.

    used: what it refers to or defines, as (kind, name, line); kind is var, embed, id or reference.
    """

    file: str
    text: str
    front_matter: str
    reading: Reading
    used: tuple[tuple[str, str, int], ...]

    def names(self, kind: str) -> dict[str, int]:
        """The names of one kind and the line where each first stands."""
        return {name: line for found, name, line in reversed(self.used) if found == kind}


def check_sources(
    project: Project,
    *,
    ledger_keys: Collection[str],
    labels: Mapping[str, Collection[str]],
    awaited: Collection[str] = (),
    gone: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Everything wrong with report/briefing.*.qmd and their settings; an empty list if nothing is.

    ledger_keys: the keys that `var` may name. labels: by notebook (`02_platforms`), the labels of its cells
    that `embed` may name. awaited: keys that are none yet, as the notebooks must run first; the hint says so.
    gone: keys that were some, each with a hint."""
    embeddable = {f"notebooks/{name}.ipynb#{label}" for name, found in labels.items() for label in found}
    known = {"var": set(ledger_keys), "embed": embeddable, AWAITING: set(awaited)}
    # Line numbers take most of the time, and only problems need them.
    if not _problems(project, known, {}, has_lines=False):
        return []
    return _problems(project, known, gone or {}, has_lines=True)


def _problems(
    project: Project, known: Mapping[str, set[str]], gone: Mapping[str, str], *, has_lines: bool
) -> list[Problem]:
    try:
        texts = _read_all(project)
    except EngineError as error:
        return [replace(problem, file=_shown(Path(problem.file), project)) for problem in error.problems]
    try:
        sources = [_parse(path, text, project, has_lines) for path, text in texts.items()]
    except EngineError as error:
        return list(error.problems)
    problems = [problem for source in sources for problem in _check_page(source, known, gone)]
    return problems + list(_check_languages(sources))


def _read_all(project: Project) -> dict[Path, str]:
    """The texts of the pages, whose settings and other files are well. Raises EngineError with everything
    that is not.
    """
    # A problem of a file that both languages share is reported once.
    problems = {(problem.file, problem.place, problem.found): problem for problem in _overriding(project)}
    readers: list[Callable[[], object]]
    readers = [partial(read_settings, project.report, lang, kit.FOLDER) for lang in LANGS]
    files = [*source_files(project.report), *kit.files().values()]
    readers += [partial(_read_raw, path) for path in files if path.suffix in TEXTS]
    for read in readers:
        try:
            read()
        except EngineError as error:
            for problem in error.problems:
                problems.setdefault((problem.file, problem.place, problem.found), problem)
    if problems:
        raise EngineError(problems.values())
    return {path: read_text(path) for path in sorted(project.report.glob("briefing.*.qmd"))}


def _overriding(project: Project) -> Iterator[Problem]:
    for path in kit.overriding(project.report):
        found, expected = f"a name that {kit.NAME} has already", "a name of its own"
        yield Problem(str(path), "", found, expected, OVERRIDE)


def _read_raw(path: Path) -> None:
    """Raises EngineError if a file is no text that other programs can be given."""
    text = read_text(path)
    breaches = [*check_markers(text), *(check_brackets(text) if path.suffix == PAGE else ())]
    if breaches:
        raise EngineError(
            Problem(str(path), f"line {breach.line}", breach.found, breach.expected) for breach in breaches
        )


def _shown(path: Path, project: Project) -> str:
    if path.is_relative_to(kit.FOLDER):
        return f"{kit.NAME}/{path.relative_to(kit.FOLDER).as_posix()}"
    return path.relative_to(project.root).as_posix()


def _parse(path: Path, text: str, project: Project, has_lines: bool) -> Source:
    front_matter, body = split_front_matter(text)
    first_line = text[: len(text) - len(body)].count("\n") + 1
    reading = parse(body, first_line, has_lines, source=_shown(path, project))
    used = tuple(entry for node in reading.walk() for entry in _used(node))
    return Source(_shown(path, project), text, front_matter, reading, used)


def _used(node: Node) -> Iterator[tuple[str, str, int]]:
    for piece in split(node.inlines):
        if piece.words and len(piece.words) == 2:
            yield piece.words[0], piece.words[1], piece.line
    if node.identifier:
        yield "id", node.identifier, node.line
    if node.type == "Cite":
        ids = (citation["citationId"] for citation in node.content[0])
        yield from (("reference", name, node.line) for name in ids if prefix(name) in REFERENCES)
    if node.type == "Link" and node.content[2][0].startswith("#"):
        yield "reference", node.content[2][0][1:], node.line


def _check_page(source: Source, known: Mapping[str, set[str]], gone: Mapping[str, str]) -> Iterator[Problem]:
    breaches = [
        *_check_front_matter(source.front_matter),
        *_check_reading(source.reading),
        *_check_warnings(source.reading),
        *_check_known(source, known, gone),
        *_check_references(source),
        *_check_glyphs(source.text),
    ]
    for breach in sorted(dict.fromkeys(breaches), key=lambda breach: breach.line):
        yield Problem(source.file, f"line {breach.line}", breach.found, breach.expected, breach.hint)


def _check_reading(reading: Reading) -> Iterator[Breach]:
    for node in reading.walk():
        yield from check_construct(node)
    for block in reading.blocks:
        yield from check_texts(block)


def _check_front_matter(text: str) -> Iterator[Breach]:
    try:
        settings = load_yaml(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield Breach(
            mark.line + FIRST if mark else 1,
            getattr(error, "problem", None) or "malformed YAML",
            "valid YAML",
        )
        return
    if not isinstance(settings, dict):
        yield Breach(1, f"the front matter {settings!r}", "settings with names")
        return
    lines = {name: _line_of(name, text) for name in settings}
    for name in settings.keys() - set(FRONT_MATTER):
        yield Breach(lines[name], f"the setting {name}", "one of " + ", ".join(FRONT_MATTER))
    if "title" not in settings:
        yield Breach(1, "no title", "a title in the front matter")
    known = [name for name in FRONT_MATTER if name in settings]
    for breach in _check_settings([str(settings[name]) for name in known]):
        # Every value was read as a line and an empty line.
        yield replace(breach, line=lines[known[(breach.line - 1) // 2]])


def _line_of(name: str, front_matter: str) -> int:
    rows = enumerate(front_matter.splitlines(), start=FIRST)
    return next((number for number, row in rows if row.startswith(f"{name}:")), 1)


def _check_settings(values: list[str]) -> Iterator[Breach]:
    reading = parse("\n\n".join(" ".join(value.split()) for value in values))
    yield from _check_reading(reading)
    for piece in (piece for node in reading.walk() for piece in split(node.inlines)):
        if piece.words is not None:
            yield Breach(
                piece.line, f"{piece.text} in the front matter", "plain text: Quarto resolves none there"
            )


def _check_known(source: Source, known: Mapping[str, set[str]], gone: Mapping[str, str]) -> Iterator[Breach]:
    for kind, name, line in source.used:
        if kind in known and name not in known[kind]:
            noun = "key of the ledger" if kind == "var" else "labelled cell of a notebook"
            near = known[kind] | known[AWAITING] if kind == "var" else known[kind]
            hint = AWAITED if name in known[AWAITING] else nearest(name, near)
            hint = gone.get(name, hint) if kind == "var" else hint
            yield Breach(line, f"{kind} {name}", f"a {noun}", hint)


def _check_references(source: Source) -> Iterator[Breach]:
    first = source.names("id")
    for kind, name, line in source.used:
        if kind == "id" and line != first[name]:
            yield Breach(line, f"the id {name} again", f"an id of its own: line {first[name]} has this one")
        elif kind == "reference" and name not in first:
            expected = "the id of a float or heading of this page"
            yield Breach(line, f"a reference to {name}", expected, nearest(name, first))


def _check_warnings(reading: Reading) -> Iterator[Breach]:
    for line, message in reading.warnings:
        # Reported with its own line above.
        if not message.startswith("Duplicate identifier"):
            yield Breach(line, message, "a page that Pandoc reads without a warning")


def _check_glyphs(text: str) -> Iterator[Breach]:
    missing = missing_glyphs(text)
    for number, line in enumerate(text.splitlines() if missing else (), start=1):
        for char in sorted(set(line) & set(missing)):
            yield Breach(
                number, f"the character {char} (U+{ord(char):04X})", "a character of the shipped font"
            )


def _check_languages(sources: list[Source]) -> Iterator[Problem]:
    for source, other in permutations(sources, 2):
        for kind, noun in (("var", "key"), ("embed", "output"), ("id", "id")):
            for name in sorted(source.names(kind).keys() - other.names(kind).keys()):
                found = f"the {noun} {name}, which {PurePosixPath(other.file).name} lacks"
                yield Problem(
                    source.file, f"line {source.names(kind)[name]}", found, "the same in both languages"
                )
