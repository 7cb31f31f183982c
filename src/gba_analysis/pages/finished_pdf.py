"""The rules of a finished PDF: it shows what its sources ask for, and its links lead to the web. How a PDF is
read is said in `render.pdf_reading`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gba_analysis.errors import Problem
from gba_analysis.pages.leftovers import leftover_problems
from gba_analysis.pages.wanted import Wanted
from gba_analysis.render.breach import quoted
from gba_analysis.render.pdf_reading import PdfPage

CHART, TABLE = "/Figure", "/Table"
# Digits that no line end parts. A number's other signs may stand on two lines or pages.
DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
WEB = ("http://", "https://")
# What a link inside the file does.
INSIDE = "/GoTo"


def pdf_problems(file: str, page: PdfPage, asked: Wanted) -> list[Problem]:
    """Everything that keeps the PDF `page`, called `file`, from being shown."""
    texts = [(f"page {number}", text) for number, text in enumerate(page.texts, start=1)]
    return [
        *leftover_problems(
            file, [*texts, *(("an alternative text", text) for text in page.words)], source=asked.body
        ),
        *_count_problems(file, page, asked),
        *(
            Problem(file, f"page {number}", f"a link to {quoted(action)}", "a web address")
            for number, action in page.links
            if action != INSIDE and not action.lower().startswith(WEB)
        ),
    ]


def _count_problems(file: str, page: PdfPage, asked: Wanted) -> Iterator[Problem]:
    charts, tables = page.kinds.get(CHART, 0), page.kinds.get(TABLE, 0)
    if charts != len(asked.charts):
        yield Problem(file, "", f"{charts} charts", f"{len(asked.charts)}, as the page's source asks for")
    if tables < asked.tables + asked.typed:
        yield Problem(
            file, "", f"{tables} tables", f"{asked.tables + asked.typed} or more, as its source asks for"
        )
    # A PDF has no keys: the digits of each number must be there, at least as often as it is asked for.
    found = Counter(DIGITS.findall("\n".join(page.texts)))
    wanted = Counter(digits for number in asked.numbers for digits in DIGITS.findall(number.text))
    for digits, times in sorted((wanted - found).items()):
        keys = dict.fromkeys(number.key for number in asked.numbers if digits in DIGITS.findall(number.text))
        expected = f"{wanted[digits]} times or more, for {', '.join(keys)}"
        yield Problem(file, "", f"the digits {digits} {wanted[digits] - times} times", expected)
