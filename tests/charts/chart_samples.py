"""One Figure of each kind of chart, drawn from awkward tables: for tests of what holds for every chart."""

from __future__ import annotations

from chart_tables import (
    TORNADO_COLUMNS,
    cards,
    comparability,
    counts,
    events,
    frame,
    intervals,
    matrix,
    ranks,
    series,
    tornado,
)

from gba_analysis.charts.kinds.cards import card_chart
from gba_analysis.charts.kinds.counts import count_chart
from gba_analysis.charts.kinds.intervals import interval_chart
from gba_analysis.charts.kinds.matrix import matrix_chart
from gba_analysis.charts.kinds.series import rank_chart, series_chart
from gba_analysis.charts.kinds.timeline import timeline_chart
from gba_analysis.charts.kinds.tornado import tornado_chart
from gba_analysis.charts.look.style import drawn_on

DRAWN = {
    "intervals": lambda lang: interval_chart(intervals(lang), lang, "Firms"),
    "logarithmic": lambda lang: interval_chart(intervals(lang), lang, "家", log=True),
    "counts": lambda lang: count_chart(counts(lang, 20), lang),
    "matrix": lambda lang: matrix_chart(matrix(lang), lang),
    "comparability": lambda lang: matrix_chart(comparability(), lang),
    "timeline": lambda lang: timeline_chart(events(lang), lang),
    "series": lambda lang: series_chart(series(lang), lang),
    "cards": lambda lang: card_chart(cards(lang), lang),
    "ranks": lambda lang: rank_chart(ranks(lang), lang),
    "tornado": lambda lang: tornado_chart(tornado(lang), lang, "%"),
    "sound tornado": lambda lang: tornado_chart(
        frame(TORNADO_COLUMNS, [["", "x", 1, 3, "1–3"], ["a", "y", 2, 4, "2–4"]]), lang, "%"
    ),
}
LANGS = ("en", "zh")


def figure(name, lang, width):
    with drawn_on(width):
        return DRAWN[name](lang)
