"""What is wrong with a text before any program reads it: the marks that a merge leaves, and what would keep
Pandoc busy without end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gba_analysis.render.breach import Breach, quoted

# What Git writes at a line's head into a file whose two versions it could not bring together.
MARKER = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
# Pandoc takes half as long again for each bracket more: for 8 a tenth of a second, for 24 hours.
MOST_BRACKETS = 8
BRACKETS = re.compile(rf"\[{{{MOST_BRACKETS + 1},}}")


def check_markers(text: str) -> Iterator[Breach]:
    """Each line that a merge left."""
    for number, line in enumerate(text.splitlines(), start=1):
        if MARKER.fullmatch(line.rstrip()):
            yield Breach(number, f"the merge marker {quoted(line)}", "one version of the text")


def check_brackets(text: str) -> Iterator[Breach]:
    """Each line with more opening brackets in a row than Pandoc can read in time."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := BRACKETS.search(line):
            yield Breach(number, f"{len(found[0])} opening brackets in a row", f"at most {MOST_BRACKETS}")
