"""What a notebook imports: its checked parameters, the facts, and the three ways a result leaves it.

A chart leaves as SVG with its alternative text, a table as Markdown, a value as a ledger entry. Nothing is
computed here: tables come from `analysis`, figures from `charts`. This is the edge at which the keys of a
table become words, in the notebook's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from gba_analysis import markdown, parameters
from gba_analysis.analysis import chart_data, derived
from gba_analysis.analysis.cells import headed, in_words
from gba_analysis.analysis.phrases import axis_title
from gba_analysis.charts.kinds.empty import empty_chart, empty_text
from gba_analysis.charts.look.drawing import drawing
from gba_analysis.charts.look.drawing_switch import are_drawn
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.page_svg import page_svg
from gba_analysis.charts.look.style import NARROW, WIDE, chart_style, drawn_on
from gba_analysis.figures import tables
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.reads import guard
from gba_analysis.ledger import CHART, DATA, VALUES
from gba_analysis.project import find_project

SVG = "image/svg+xml"
# What a parameter can be; everything else in a notebook's namespace is a module, a function or IPython's own.
PLAIN = (str, int, float, bool, list, dict, tuple, type(None))


@dataclass(frozen=True)
class Report:
    """A begun notebook: its parameters by name, the facts and the rule by which they are read."""

    notebook: str
    parameters: Mapping[str, Any]
    facts: tables.Facts
    rule: ReadingRule

    @property
    def lang(self) -> str:
        return self.parameters["lang"]

    def axis(self, unit: str) -> str:
        """The title of a chart's value axis for figures in `unit` (an id of units.csv)."""
        return axis_title(self.facts.unit(unit), self.lang)

    def entries(self, theme: str, *names: str) -> list[dict[str, Any]]:
        """Ledger entries of the indicators and derived indicators of `theme`, and of the parameters
        `names`.
        """
        ids = self.facts.indicators.index[self.facts.indicators["theme"] == theme]
        computed = derived.evaluate(self.facts, self.rule, self.parameters, theme)
        return [
            *derived.indicator_entries(self.facts, self.rule, ids),
            *derived.ledger_entries(computed, self.facts),
            *derived.parameter_entries(theme, self.parameters, names),
        ]

    def chart(
        self,
        draw: Callable[..., Figure],
        describe: Callable[..., str],
        table: pd.DataFrame,
        *arguments: object,
        **options: object,
    ) -> None:
        """Show the chart `draw(table, lang, *arguments, **options)`, with `describe` for its alternative
        text; both get `table` with texts for its cells.

        The chart leaves as outlines for the PDF, and drawn for a wide and a narrow web page with its texts as
        texts. A table without rows gives one line that says so. Where charts are not drawn only the text
        leaves. Raises ValueError if the text is empty."""
        given = (self._in_words(table), self.lang, *arguments)
        alt = empty_text(self.lang) if table.empty else describe(*given)
        if not alt.strip():
            raise ValueError("found an empty alt text, expected the chart in words")
        if not are_drawn():
            display({"text/plain": alt}, raw=True)
            return

        def drawn(width: float) -> Figure:
            with drawn_on(width):
                return empty_chart(self.lang) if table.empty else draw(*given, **options)

        with chart_style():
            wide, narrow = drawing(drawn(WIDE)), drawing(drawn(NARROW))
        pages = {"wide": page_svg(wide, self.lang), "narrow": page_svg(narrow, self.lang)}
        display({SVG: to_svg(wide), CHART: pages, "text/plain": alt}, raw=True, metadata={SVG: {"alt": alt}})

    def data(self, table: pd.DataFrame) -> None:
        """Show the `table` behind a chart as Markdown, and give it as CSV to the page's downloads."""
        texts = self._in_words(table)
        cells = (
            pd.DataFrame({self.lang: [empty_text(self.lang)]})
            if table.empty
            else chart_data.shown(texts, self.lang)
        )
        display({"text/markdown": markdown.table(cells), DATA: {"csv": chart_data.csv(texts)}}, raw=True)

    def table(self, df: pd.DataFrame) -> None:
        """Show `df` as a Markdown table under the words for its columns, and give it to the page's
        downloads.
        """
        texts = headed(self._in_words(df), self.facts, self.lang)
        csv = chart_data.csv(texts.map(markdown.plain))
        display({"text/markdown": markdown.table(texts), DATA: {"csv": csv}}, raw=True)

    def _in_words(self, table: pd.DataFrame) -> pd.DataFrame:
        return in_words(table, self.facts, self.lang)

    def publish(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Put `entries` into the ledger (their form: `analysis.derived.ledger_entries`).

        Raises ValueError if a key is published twice in one call, or nothing is published.
        """
        values = list(entries)
        keys = [entry["key"] for entry in values]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice or not keys:
            raise ValueError(f"found {twice or 'no entries'}, expected entries with a key each")
        lines = [f"{entry['key']} = {entry['text'][self.lang]}" for entry in values]
        display({VALUES: {"values": values}, "text/plain": "\n".join(lines)}, raw=True)


def begin(notebook: str, namespace: Mapping[str, Any]) -> Report:
    """Check the parameters in `namespace` (a notebook's globals()) and load the tables that the notebook
    declares.

    notebook: the file's name without suffix. Call it in the cell after the parameters, so that a name
    papermill injected by mistake is refused: papermill alone only warns. From then on the notebook can read
    no other table (`reads`). Raises ParameterError for a notebook that nothing declares, an unknown name or a
    value the contract does not allow."""
    parameters.require_notebooks([notebook], f"{notebook}.ipynb")
    values = parameters.check(_plain_values(namespace), notebook, source=f"{notebook}.ipynb")
    project = find_project()
    if hasattr(get_ipython(), "kernel"):
        guard(project, notebook)
    return Report(notebook, values, tables.load(project, notebook), ReadingRule.from_parameters(values))


def _plain_values(namespace: Mapping[str, Any]) -> dict[str, Any]:
    shell = get_ipython()
    hidden = shell.user_ns_hidden if shell else {}
    return {
        name: value
        for name, value in namespace.items()
        if not name.startswith("_") and name not in hidden and isinstance(value, PLAIN)
    }
