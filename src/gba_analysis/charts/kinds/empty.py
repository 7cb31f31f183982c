"""A chart whose table has no rows under the chosen parameters: one line that says so, instead of an error or
a gap.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from gba_analysis.charts.look.sheet import Sheet, close_sheet, line_height, write
from gba_analysis.charts.look.style import LEFT, MUTED, chart_style
from gba_analysis.languages import check_lang
from gba_analysis.words import say


def empty_text(lang: str) -> str:
    """What the chart says, which is its alternative text too."""
    return say("remark.nothing", lang)


@chart_style()
def empty_chart(lang: str) -> Figure:
    """A sheet with one line that says why there is nothing on it."""
    text = empty_text(check_lang(lang))
    sheet = Sheet()
    write(sheet, LEFT, line_height() / 2, [text], color=MUTED)
    close_sheet(sheet, line_height())
    return sheet
