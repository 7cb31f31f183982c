"""What a notebook imports: its checked parameters, the facts, and the three ways a result leaves it.

A chart leaves as SVG with its alternative text, a table as Markdown, a value as a ledger entry. Nothing is
computed here: tables come from `analysis`, figures from `charts`. This is the edge at which the keys of a
table become words, in the notebook's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure

from gba_analysis import markdown, parameters
from gba_analysis.analysis import chart_data, derived
from gba_analysis.analysis.cells import Axis, Cell, headed, in_words, text_of
from gba_analysis.asked import nearest
from gba_analysis.charts.kinds.empty import empty_chart, empty_text
from gba_analysis.charts.look.drawing import drawing
from gba_analysis.charts.look.drawing_switch import are_drawn
from gba_analysis.charts.look.outlines import to_svg
from gba_analysis.charts.look.page_svg import page_svg
from gba_analysis.charts.look.style import NARROW, WIDE, chart_style, drawn_on
from gba_analysis.errors import DataError, Problem
from gba_analysis.figures import tables
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.reads import guard
from gba_analysis.ledger import CHART, DATA, VALUES
from gba_analysis.other_languages import LANGUAGES, other_languages
from gba_analysis.project import find_project

SVG = "image/svg+xml"
# What a parameter can be; everything else in a notebook's namespace is a module, a function or IPython's own.
PLAIN = (str, int, float, bool, list, dict, tuple, type(None))


@dataclass(frozen=True)
class Output:
    """What one call shows in one language. data: its parts by type. metadata: of these parts, by type."""

    data: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict)


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

    def axis(self, unit: str) -> Axis:
        """The title of a chart's value axis for figures in `unit` (an id of units.csv), in the language in
        which the chart is shown.

        Raises KeyError for an unknown unit."""
        self.facts.unit(unit)
        return Axis(unit)

    def entries(self, theme: str, *names: str) -> list[dict[str, Any]]:
        """Ledger entries of the indicators and derived indicators of `theme`, and of the parameters
        `names`. Raises DataError for a theme that no indicator has.
        """
        themes = {*self.facts.indicators["theme"], *self.facts.derived["theme"]}
        if theme not in themes:
            found, expected = f"the theme '{theme}'", "one of " + ", ".join(sorted(themes))
            raise DataError(self._problem("entries", found, expected, nearest(theme, themes)))
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
        *arguments: Cell,
        **options: object,
    ) -> None:
        """Show the chart `draw(table, lang, *arguments, **options)`, with `describe` for its alternative
        text; both get `table` and the arguments with texts for their cells.

        The chart leaves as outlines for the PDF, and drawn for a wide and a narrow web page with its texts as
        texts. A table without rows gives one line that says so. Where charts are not drawn only the text
        leaves. Raises ValueError if the text is empty."""

        def shown(lang: str) -> Output:
            words = [text_of(item, self.facts, lang) for item in arguments]
            given = (self._in_words(table, lang), lang, *words)
            alt = empty_text(lang) if table.empty else describe(*given)
            if not alt.strip():
                raise ValueError("found an empty alt text, expected the chart in words")
            if not are_drawn():
                return Output({"text/plain": alt})

            def drawn(width: float) -> Figure:
                with drawn_on(width):
                    return empty_chart(lang) if table.empty else draw(*given, **options)

            return _chart(drawn, alt, lang)

        self._show(shown)

    def data(self, table: pd.DataFrame) -> None:
        """Show the `table` behind a chart as Markdown, and give it as CSV to the page's downloads.

        Only the columns of `analysis.chart_data` are shown. A table without rows gives one line that says
        so. Raises DataError if none of its columns is known."""
        known = chart_data.HEADS
        if not table.empty and "row" not in table.columns and not {*table.columns} & {*known}:
            found = f"a table with the columns {', '.join(map(str, table.columns))}"
            expected = f"some of the columns {', '.join(known)}, or row and column"
            raise DataError(self._problem("data", found, expected, "`report.table` shows any column"))

        def shown(lang: str) -> Output:
            texts = self._in_words(table, lang)
            cells = _nothing(lang) if table.empty else chart_data.shown(texts, lang)
            return Output({"text/markdown": markdown.table(cells), DATA: {"csv": chart_data.csv(texts)}})

        self._show(shown)

    def table(self, df: pd.DataFrame) -> None:
        """Show `df` as a Markdown table under the words for its columns, and give it to the page's
        downloads. A column that the catalogues have no word for keeps its name; a table without rows, as some
        parameters give it, gives one line that says so.
        """

        def shown(lang: str) -> Output:
            texts = headed(self._in_words(df, lang), self.facts, lang)
            csv = chart_data.csv(texts.map(markdown.plain))
            cells = _nothing(lang) if texts.empty else texts
            return Output({"text/markdown": markdown.table(cells), DATA: {"csv": csv}})

        self._show(shown)

    def _problem(self, method: str, found: str, expected: str, hint: str) -> Problem:
        return Problem(f"{self.notebook}.ipynb", f"report.{method}", found, expected, hint)

    def publish(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Put `entries` into the ledger (their form: `analysis.derived.ledger_entries`).

        Raises ValueError if a key is published twice in one call, or nothing is published.
        """
        values = list(entries)
        keys = [entry["key"] for entry in values]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice or not keys:
            raise ValueError(f"found {twice or 'no entries'}, expected entries with a key each")

        def shown(lang: str) -> Output:
            lines = [f"{entry['key']} = {entry['text'][lang]}" for entry in values]
            return Output({VALUES: {"values": values}, "text/plain": "\n".join(lines)})

        self._show(shown)

    def _in_words(self, table: pd.DataFrame, lang: str) -> pd.DataFrame:
        return in_words(table, self.facts, lang)

    def _show(self, shown: Callable[[str], Output]) -> None:
        """Display the output that `shown` gives for the notebook's language, and in it those for the other
        languages that the process is asked for.
        """
        own = shown(self.lang)
        others = {lang: _besides(shown(lang), own) for lang in other_languages() if lang != self.lang}
        display(
            {**own.data, LANGUAGES: others} if others else dict(own.data),
            raw=True,
            metadata=dict(own.metadata),
        )


def _chart(drawn: Callable[[float], Figure], alt: str, lang: str) -> Output:
    """The output of the chart that `drawn` gives for a width."""
    with chart_style():
        wide, narrow = drawing(drawn(WIDE)), drawing(drawn(NARROW))
    pages = {"wide": page_svg(wide, lang), "narrow": page_svg(narrow, lang)}
    return Output({SVG: to_svg(wide), CHART: pages, "text/plain": alt}, {SVG: {"alt": alt}})


def _besides(output: Output, own: Output) -> dict[str, Any]:
    """`output` without the parts that `own` has as well; both have the same types."""
    data = {name: part for name, part in output.data.items() if part != own.data[name]}
    return {"data": data, "metadata": output.metadata}


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


def _nothing(lang: str) -> pd.DataFrame:
    """What is shown of a table without rows."""
    return pd.DataFrame({lang: [empty_text(lang)]})


def _plain_values(namespace: Mapping[str, Any]) -> dict[str, Any]:
    shell = get_ipython()
    hidden = shell.user_ns_hidden if shell else {}
    return {
        name: value
        for name, value in namespace.items()
        if not name.startswith("_") and name not in hidden and isinstance(value, PLAIN)
    }
