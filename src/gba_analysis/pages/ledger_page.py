"""The ledger as the page's last table: a notebook with one stored output, which a page embeds like any other.

It is made from what the notebooks published, after all have run; there is nothing in it to execute.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from gba_analysis import markdown
from gba_analysis.languages import LANGS
from gba_analysis.ledger import DATA, Entry, Ledger
from gba_analysis.notebooks.canonical import canonical
from gba_analysis.render.shortcodes import CLOSE, OPEN
from gba_analysis.words import say

NAME, LABEL = "ledger", "ledger"
DATA_KEY = re.compile(r'data-key="([^"]+)"')
# The columns, each with its word in the catalogue.
HEADS = ("ledger.key", "ledger.value", "ledger.basis", "ledger.notebook")
# A value may rest on dozens of figures; the download names all.
MOST_NAMED = 4

LABELS = {NAME: [LABEL]}


def used_keys(page: str, variables: Mapping[str, Any]) -> list[str]:
    """The keys of the numbers that the text `page` shows, sorted; variables: as `_variables.yml` holds
    them.
    """
    shortcodes = (text.partition(CLOSE)[0].split() for text in page.split(OPEN)[1:])
    values = (_value(words[1], variables) for words in shortcodes if words[:1] == ["var"] and len(words) == 2)
    return sorted({key for value in values for key in DATA_KEY.findall(value)})


def _value(key: str, variables: Mapping[str, Any]) -> str:
    branch: Any = variables
    for part in key.split("."):
        branch = branch.get(part, {}) if isinstance(branch, Mapping) else {}
    return branch if isinstance(branch, str) else ""


def anchor(key: str) -> str:
    """The id of a key's row on the page."""
    return "v-" + key.replace(".", "-")


def ledger_notebook(
    ledger: Ledger, *, keys: Iterable[str], lang: str, printed: Mapping[str, str]
) -> NotebookNode:
    """A notebook with the table of `keys` in `lang`, and the whole ledger as its CSV.

    printed: the article's figure for each indicator id.
    """
    rows = [_row(ledger[key], lang, printed) for key in keys if key in ledger]
    heads = [say(key, lang) for key in HEADS]
    columns = dict(zip(heads, zip(*rows, strict=True), strict=True)) if rows else {}
    data = {
        "text/markdown": markdown.table(columns) if rows else say("gap.nothing", lang),
        DATA: {"csv": _csv(ledger, lang)},
    }
    cell = new_code_cell(f"#| label: {LABEL}", outputs=[new_output("display_data", data)], execution_count=1)
    title = " · ".join(say("ledger.title", lang) for lang in LANGS)
    return canonical(new_notebook(cells=[new_markdown_cell(f"# {title}"), cell]))


def _row(entry: Entry, lang: str, printed: Mapping[str, str]) -> tuple[object, ...]:
    named = say("joint.listed", lang).join(printed.get(id_, id_) for id_ in entry.inputs)
    number = len(entry.inputs)
    basis = named if number <= MOST_NAMED else say("ledger.count", lang, number=number)
    return (
        markdown.Anchor(entry.key, anchor(entry.key)),
        entry.text[lang],
        basis or say("gap.nothing", lang),
        entry.notebook,
    )


def _csv(ledger: Ledger, lang: str) -> str:
    columns = ("key", "text", "low", "high", "unit", "soundness", "expression", "inputs", "notebook")
    rows = [
        (key, e.text[lang], e.low, e.high, e.unit, e.soundness, e.expression, " ".join(e.inputs), e.notebook)
        for key, e in sorted(ledger.items())
    ]
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()
