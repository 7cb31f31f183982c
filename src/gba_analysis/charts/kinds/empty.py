"""A chart whose table has no rows under the chosen parameters: one line that says so, instead of an error or
a gap.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from gba_analysis.charts.look.sheet import Page, close_page, line_height, write
from gba_analysis.charts.look.style import LEFT, MUTED, chart_style
from gba_analysis.charts.parts import checks

WORDS = {
    "en": "Nothing to show: no source of the chosen grade or better.",
    "zh": "无可显示：没有达到所选等级的来源。",
}


@chart_style()
def empty_chart(lang: str) -> Figure:
    """A page with one line that says why there is nothing on it."""
    text = WORDS[checks.check_lang(lang)]
    page = Page()
    write(page, LEFT, line_height() / 2, [text], color=MUTED)
    close_page(page, line_height())
    return page
