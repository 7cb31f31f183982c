"""Whether each printed figure stands in the article where the data say it does.

The article is not part of the project: the caller names its file. Nothing of its text is kept or shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gba_analysis.errors import Problem
from gba_analysis.figures.cell_names import cell_problem, rows
from gba_analysis.figures.tables import Facts

HEADING = ">>"
SENTENCE_ENDS = ("。", "！", "？", "。”", "！”", "？”")


def split_article(text: str) -> dict[tuple[int, int], str]:
    """The article's paragraphs by (section, paragraph).

    Section 0 is the opening, each heading (a line that begins with >>) begins the next one, and what follows
    the last complete paragraph is the caption, a section of its own. Paragraphs count from 1 in each section.
    The titles before the opening and the headings are not paragraphs. A line that ends within a sentence was
    split by a page break: it is joined with the next one."""
    sections: list[list[str]] = [[]]
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(HEADING):
            sections.append([])
        else:
            sections[-1].append(line)
    sections[0] = _without_titles(sections[0])
    joined = [_join_page_breaks(lines) for lines in sections]
    if joined[-1] and not joined[-1][-1].endswith(SENTENCE_ENDS):
        joined.append([joined[-1].pop()])
    return {
        (section, number): paragraph
        for section, paragraphs in enumerate(joined)
        for number, paragraph in enumerate(paragraphs, 1)
    }


def _without_titles(lines: list[str]) -> list[str]:
    """A title holds no sentence: the opening begins with the first line that does."""
    first = next((index for index, line in enumerate(lines) if "。" in line), len(lines))
    return lines[first:]


def _join_page_breaks(lines: list[str]) -> list[str]:
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and not paragraphs[-1].endswith(SENTENCE_ENDS):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    return paragraphs


def check_article(facts: Facts, *, path: Path, datapackage: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong between the facts and the article's file.

    path: the article as UTF-8 text. datapackage: the content of datapackage.json, which records the file's
    SHA-256."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        return [Problem(str(path), "", error.strerror or str(error), "the article's text file")]
    except UnicodeDecodeError as error:
        return [Problem(str(path), f"byte {error.start + 1}", "bytes that are not UTF-8", "a UTF-8 text")]
    return [*_check_hash(content, path, datapackage), *_check_printed(facts, split_article(text))]


def _check_hash(content: bytes, path: Path, datapackage: Mapping[str, Any]) -> Iterator[Problem]:
    found, expected = hashlib.sha256(content).hexdigest(), datapackage["article"]["sha256"]
    if found != expected:
        hint = "another version of the article, or another line ending or encoding"
        yield Problem(str(path), "", f"SHA-256 {found}", f"SHA-256 {expected}", hint)


def _check_printed(facts: Facts, paragraphs: Mapping[tuple[int, int], str]) -> Iterator[Problem]:
    for number, row in rows(facts.indicators):
        section, paragraph, printed = row["section"], row["paragraph"], row["printed"]
        times = paragraphs.get((section, paragraph), "").count(printed)
        if times < row["occurrence"]:
            found = f"'{printed}' {times} times in section {section}, paragraph {paragraph}"
            yield cell_problem("indicators", number, "printed", found, f"at least {row['occurrence']}")
