"""What a program that makes a page should have replaced, and what it may leave of other programs: signs of
sources that no reader should meet. Looks at texts only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gba_analysis.errors import Problem
from gba_analysis.render.breach import quoted

# Each kind in the order in which it is looked for: a shortcode holds what would pass for a placeholder.
LEFTOVER = re.compile(
    r"(?P<shortcode>\{\{[^{}]{0,60}(?:\}\})?|[<>]\}\})"
    r"|(?P<placeholder>\{[A-Za-z_][\w.]*\}|\{\})"
    r"|(?P<marker>(?<!\S)(?:<{7}|={7}|>{7}|\|{7})(?!\S))"
    r"|(?P<reference>\?*(?<![A-Za-z0-9])@(?:fig|tbl|sec)-[\w-]*|\?\?)"
    r"|(?P<character>[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff])"
)
NAMES = {
    "shortcode": ("the shortcode", "its value or output in its place"),
    "placeholder": ("the placeholder", "a value in its place"),
    "marker": ("the merge marker", "no left-over of a merge"),
    "reference": ("the unresolved reference", "the number of what it refers to"),
    "character": ("the character", "a character with a meaning, none that stands for another"),
}
# Problems of one kind of left-over that are named one by one; where a tool fails, it fails everywhere.
MOST_NAMED = 20


def leftover_problems(file: str, texts: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A problem for each left-over in `texts`, given as (place, text), of the page `file`."""
    places: dict[tuple[str, str], str] = {}
    times: Counter[tuple[str, str]] = Counter()
    for place, text in texts:
        for found in LEFTOVER.finditer(text):
            leftover = str(found.lastgroup), found[0]
            places.setdefault(leftover, place)
            times[leftover] += 1
    named: Counter[str] = Counter()
    for (kind, text), place in places.items():
        named[kind] += 1
        if named[kind] <= MOST_NAMED:
            yield _problem(file, place, kind, text, times[kind, text])
    for kind, count in named.items():
        if count > MOST_NAMED:
            noun, expected = NAMES[kind]
            yield Problem(file, "", f"{count - MOST_NAMED} more like {noun} above", expected)


def _problem(file: str, place: str, kind: str, text: str, times: int) -> Problem:
    noun, expected = NAMES[kind]
    shown = f"U+{ord(text):04X}" if kind == "character" else quoted(text)
    return Problem(file, place, f"{noun} {shown}" + (f" {times} times" if times > 1 else ""), expected)
