"""What the sources of a page ask for: which charts and traced numbers, and how many tables. Counts in the
staged folder and looks at no finished page.

The page's text has passed `render.page_check`: it holds no shortcode but `var` and `embed`, and no code
block, so that shortcodes and blocks can be found by their signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from gba_analysis.render.embedded import flatten
from gba_analysis.render.notebook_cells import read_all_cells
from gba_analysis.render.page import split_front_matter
from gba_analysis.render.settings import read_text, read_yaml
from gba_analysis.render.shortcodes import CLOSE, OPEN

# A number with its trace, as `variables` writes it.
NUMBER = re.compile(r'\[((?:\\.|[^\[\]\\])*)\]\{\.num data-key="([^"]*)"(?: data-trace="((?:\\.|[^"\\])*)")?')
ESCAPE = re.compile(r"\\(.)")
BLOCK = ":::"
DATA_CLASS = "data"
# The row under the headings of a table, which says how its columns are aligned.
CELL = r"\s*:?-+:?\s*"
RULE = re.compile(rf"(?=.*\|)\|?{CELL}(?:\|{CELL})*\|?")


@dataclass(frozen=True)
class TracedNumber:
    """A traced number: its key in the ledger, how it is printed, and what it rests on (empty if that is not
    said).
    """

    key: str
    text: str
    trace: str


@dataclass(frozen=True)
class Wanted:
    """What one format of a page must show. charts: their alternative texts. typed: how many tables are typed
    into the page, not embedded. rows: of all tables together, without their headings. body: the page's
    source without its front matter.
    """

    charts: tuple[str, ...]
    tables: int
    typed: int
    rows: int
    numbers: tuple[TracedNumber, ...]
    body: str


@dataclass(frozen=True)
class _Shortcode:
    name: str
    argument: str
    in_data: bool


def read_wanted(folder: Path, lang: str, has_data: bool) -> Wanted:
    """What the page in `lang` of the staged `folder` must show.

    has_data: whether the format shows the data below each chart, as the web page does. What a shortcode names
    must be there. Raises EngineError if a source cannot be read.
    """
    body = split_front_matter(read_text(folder / f"briefing.{lang}.qmd"))[1]
    shown = [shortcode for shortcode in _shortcodes(body) if has_data or not shortcode.in_data]
    cells = read_all_cells(folder)
    values = dict(flatten(read_yaml(folder / "_variables.yml")))
    outputs = [cells[each.argument] for each in shown if each.name == "embed"]
    tables = [_tables(cell.text) for cell in outputs if cell.kind == "markdown"]
    typed = _tables(body)
    return Wanted(
        charts=tuple(cell.alt for cell in outputs if cell.kind == "svg"),
        tables=sum(map(len, tables)),
        typed=len(typed),
        rows=sum(map(sum, [*tables, typed])),
        numbers=tuple(_numbers(shown, values)),
        body=body,
    )


def _tables(markdown: str) -> list[int]:
    """How many rows, without the headings, each of the pipe tables in a text has."""
    lines = ["", *map(str.strip, markdown.splitlines())]
    # Only the second row of a table rules it: another may consist of dashes too.
    rows = enumerate(zip(lines, lines[1:], lines[2:], strict=False), start=3)
    starts = [
        start
        for start, (before, head, rule) in rows
        if "|" not in before and "|" in head and RULE.fullmatch(rule)
    ]
    return [sum(1 for _ in takewhile(lambda line: "|" in line, lines[start:])) for start in starts]


def _numbers(shown: list[_Shortcode], values: Mapping[str, str]) -> Iterator[TracedNumber]:
    for each in shown:
        if each.name == "var":
            for text, key, trace in NUMBER.findall(values[each.argument]):
                yield TracedNumber(key, text=ESCAPE.sub(r"\1", text), trace=ESCAPE.sub(r"\1", trace))


def _shortcodes(body: str) -> Iterator[_Shortcode]:
    """The shortcodes of a page, each with whether it stands in the block of a chart's data."""
    blocks: list[str] = []
    for number, text in enumerate(body.split(OPEN)):
        inside, closed, after = text.partition(CLOSE)
        if number:
            name, argument = [*inside.split(), "", ""][:2]
            yield _Shortcode(name, argument, any(DATA_CLASS in block for block in blocks))
        _follow(after if closed else text, blocks)


def _follow(text: str, blocks: list[str]) -> None:
    """Open and close, in `blocks`, the blocks whose fences stand in `text`."""
    for line in map(str.strip, text.splitlines()):
        if line.startswith(BLOCK):
            name = line.strip(": ")
            if name:
                blocks.append(name)
            elif blocks:
                blocks.pop()
