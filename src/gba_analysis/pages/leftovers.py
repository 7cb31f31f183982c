"""What a program that makes a page should have replaced, and what it may leave of other programs: signs of
sources that no reader should meet. Looks at texts only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gba_analysis.errors import Problem
from gba_analysis.render.breach import quoted

# What Quarto numbers and refers to: floats, sections, equations, listings, theorems, callouts.
# Source: Quarto's guide, "Cross references".
NUMBERED = "fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau|apx"
# Quarto's shortcodes that print what they did not find, as `?var:key`.
PRINTING = "var|meta|env|brand|include|embed|contents"
# What no text of a page holds: controls, joiners, marks of direction, tags, noncharacters; and characters
# that stand for another or for none.
UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    r"\ufdd0-\ufdef\ue000-\uf8ff\U0001fffe\U0001ffff\U000e0000-\U000e007f\U000f0000-\U0010ffff"
)
# Each kind in the order in which it is looked for: a shortcode holds what would pass for a placeholder.
LEFTOVER = re.compile(
    r"(?P<shortcode>\{\{[^{}]{0,60}(?:\}\})?|\{<[^{}]{0,60}\}?|[<>]\}\}?"
    rf"|\?(?:{PRINTING}):[\w.:-]*|\?invalid [a-z]+)"
    r"|(?P<placeholder>\{[A-Za-z_][\w.]*\}|\{\})"
    r"|(?P<marker>(?<!<)<{7}(?!<)|(?<!>)>{7}(?!>)|(?<!\S)(?:={7}(?!\S)|\|{7}(?!\|)))"
    rf"|(?P<reference>\?*(?<![A-Za-z0-9])@(?:{NUMBERED})-[\w-]*|\[-?@[A-Za-z0-9_][^\[\]]{{0,60}}\]?|\?\?)"
    rf"|(?P<character>[{UNSEEN}])"
    r"|(?P<word>\b(?:nan|NaN|NaT|undefined)\b|\[object Object\]|Traceback \(most recent call last\))"
)
NAMES = {
    "shortcode": ("the shortcode", "its value or output in its place"),
    "placeholder": ("the placeholder", "a value in its place"),
    "marker": ("the merge marker", "no left-over of a merge"),
    "reference": ("the unresolved reference", "the number of what it refers to"),
    "word": ("a program's word", "a value in its place"),
    "character": ("the character", "a character with a meaning, none that stands for another"),
}
# Problems of one kind of left-over that are named one by one; where a tool fails, it fails everywhere.
MOST_NAMED = 20


def leftover_problems(file: str, texts: Iterable[tuple[str, str]], *, source: str) -> Iterator[Problem]:
    """A problem for each left-over in `texts`, given as (place, text), of the page `file`.

    source: what was written by hand, where a word that programs leave is a word.
    """
    meant = {found[0] for found in LEFTOVER.finditer(source) if found.lastgroup == "word"}
    places: dict[tuple[str, str], str] = {}
    times: Counter[tuple[str, str]] = Counter()
    for place, text in texts:
        for found in LEFTOVER.finditer(text):
            if found[0] in meant:
                continue
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
