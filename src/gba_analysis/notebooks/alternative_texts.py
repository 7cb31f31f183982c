"""Whether the alternative texts of the charts say the same numbers in each language's run.

An executed notebook holds them in one language, so they can be compared only where a run has several. The
texts of the ledger, which holds both, are compared where it is collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from gba_analysis.errors import Problem
from gba_analysis.figures.same_numbers import difference_text
from gba_analysis.languages import LANGS
from gba_analysis.ledger import LedgerError
from gba_analysis.render.notebook_cells import cell_label

ALT = "fig-alt"


def require_same_alternative_texts(notebooks: Mapping[str, Mapping[str, NotebookNode]]) -> None:
    """Raises LedgerError with every chart whose alternative texts do not say the same numbers.

    notebooks: executed, by language, then by name; the same in each language.
    """
    if problems := list(_problems(notebooks)):
        raise LedgerError(problems)


def _problems(notebooks: Mapping[str, Mapping[str, NotebookNode]]) -> Iterator[Problem]:
    for name in next(iter(notebooks.values()), {}):
        # Not in the order in which they ended.
        cells = {lang: notebooks[lang][name].cells for lang in LANGS if lang in notebooks}
        for alike in zip(*cells.values(), strict=True):
            texts = {lang: cell.metadata.get(ALT, "") for lang, cell in zip(cells, alike, strict=True)}
            if differs := difference_text(texts):
                yield Problem(
                    f"{name}.ipynb",
                    f"alt text of cell {cell_label(alike[0])}",
                    differs,
                    "the same numbers in each language",
                )
