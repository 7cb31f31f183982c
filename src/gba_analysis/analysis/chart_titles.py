"""The titles of the charts: for each chart one sentence that says what it shows, found in the table that it
draws.

A title claims no more than the table supports under any parameters: bounds stay bounds, and what holds under
a condition says so. The words are in `chart_title_words`; what a chart measures, where and when, is said by
the page under the title."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from gba_analysis.analysis.chart_title_words import counted, fits, measure, said, title
from gba_analysis.analysis.ledger_entries import ledger_entry
from gba_analysis.analysis.words import word
from gba_analysis.figures.verdict_rule import NOT_FOUND, VERDICTS
from gba_analysis.languages import LANGS

# A chart's table in each language.
Drawn = Mapping[str, pd.DataFrame]
KEY = "title."
# Verdicts that do not leave a claim as the article states it.
DISPUTING = ("needs_context", "in_tension", "contradicted")


def in_languages(build: Callable[[str], pd.DataFrame]) -> Drawn:
    """A chart's table in each language, `build(lang)`: the chart draws one of them, its title is published in
    all.
    """
    return {lang: build(lang) for lang in LANGS}


def title_entries(drawn: Mapping[str, Drawn]) -> list[dict[str, Any]]:
    """The titles of charts as ledger entries `title.<label>`; drawn: the tables by the chart's label.

    Raises KeyError for a chart that has no title.
    """
    return [
        ledger_entry(
            f"{KEY}{name}", {lang: chart_title(name, tables[lang], lang) for lang in LANGS}, None, None
        )
        for name, tables in drawn.items()
    ]


def chart_title(name: str, table: pd.DataFrame, lang: str) -> str:
    """The title of the chart `name` that draws `table`, whose texts are in `lang`. Raises KeyError if it has
    none.
    """
    find = FINDERS[name]
    return title("empty", lang) if table.empty else find(table, lang)


def _firmness(table: pd.DataFrame, lang: str) -> str:
    exact = table.loc[table["column"] == word("qualifier", "exact", lang), "count"].sum()
    return title("firmness", lang, figures=counted(table["count"].sum(), "figure", lang), exact=exact)


def _comparability(table: pd.DataFrame, lang: str) -> str:
    platforms = table[table["text"] != ""].groupby("row")["column"].nunique()
    indicators, shared = counted(table["row"].nunique(), "indicator", lang), int((platforms > 1).sum())
    return title(
        "comparability" if shared else "comparability_none",
        lang,
        shared,
        indicators=indicators,
        shared=shared,
    )


def _makeup(table: pd.DataFrame, lang: str) -> str:
    texts = _texts(table, lang)
    whole, part = counted(texts["hengqin_hightech"], "hightech", lang), texts.get("hengqin_macao_funded")
    return title("makeup" if part else "makeup_whole", lang, whole=whole, part=part)


def _platform_shares(table: pd.DataFrame, lang: str) -> str:
    conditional = int((table["soundness"] == "conditional").sum())
    name = {0: "shares_sound", len(table): "shares_conditional"}.get(conditional, "shares")
    return title(name, lang, conditional, shares=counted(len(table), "share", lang), conditional=conditional)


def _people(table: pd.DataFrame, lang: str) -> str:
    texts = _texts(table, lang)
    staff, hkm = texts["jointlabs_staff"], texts.get("jointlabs_hkm_staff")
    return title("people" if hkm else "people_staff", lang, staff=staff, hkm=hkm)


def _research_shares(table: pd.DataFrame, lang: str) -> str:
    texts = _texts(table, lang)
    led, staff = texts["research.hkm_led_share"], texts.get("research.hkm_staff_share")
    return title("research_shares" if staff else "research_shares_led", lang, led=led, staff=staff)


def _chain(table: pd.DataFrame, lang: str) -> str:
    texts = _texts(table, lang)
    firms, survivors = counted(texts["li_firms"], "enterprise", lang), texts.get("industry.li_survivors")
    return title("chain" if survivors else "chain_firms", lang, survivors, firms=firms, survivors=survivors)


def _timeline(table: pd.DataFrame, lang: str) -> str:
    years = table["start"].map(math.floor)
    latest, events = int((years == years.max()).sum()), len(table)
    name = "timeline_one_year" if latest == events else "timeline"
    return title(name, lang, events, events=counted(events, "event", lang), latest=latest, year=years.max())


def _partners(table: pd.DataFrame, lang: str) -> str:
    totals = table.groupby("row", sort=False)["count"].sum()
    names = list(totals.index[totals == totals.max()])
    found = {"collaborations": counted(totals.max(), "collaboration", lang)}
    if len(names) == 1:
        return title("partners" if len(totals) > 1 else "partners_only", lang, partner=names[0], **found)
    both = title("partners_both", lang, one=names[0], other=names[1], **found)
    if len(names) == 2 and fits(both, lang):
        return both
    return title("partners_equal", lang, partners=len(names), **found)


def _overview(table: pd.DataFrame, lang: str) -> str:
    totals = table.groupby("column")["count"].sum()
    number = {verdict: totals.get(word("verdict", verdict, lang), 0) for verdict in VERDICTS}
    return title(
        "overview",
        lang,
        checks=counted(totals.sum(), "check", lang),
        confirming=counted(number["confirmed"], "confirming", lang),
        disputing=counted(sum(number[verdict] for verdict in DISPUTING), "disputing", lang),
        not_found=number[NOT_FOUND],
    )


def _timelines(table: pd.DataFrame, lang: str) -> str:
    pairs = [
        pair for _, rows in table.groupby("panel", sort=False) if (pair := _latest_pair(rows)) is not None
    ]
    above = sum(article["low"] > other["high"] for article, other in pairs)
    below = sum(article["high"] < other["low"] for article, other in pairs)
    name = "timelines" if above or below else "timelines_alike" if pairs else "timelines_apart"
    return title(name, lang, above=above, below=below, pairs=len(pairs))


def _latest_pair(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """The last figure of the article and of the other sources in one series; None if either has none."""
    article, others = rows[rows["is_article"]], rows[~rows["is_article"]]
    return None if article.empty or others.empty else (article.iloc[-1], others.iloc[-1])


def _ranks(table: pd.DataFrame, lang: str) -> str:
    others = table[~table["is_article"]]
    if others.empty:
        return title("ranks_none", lang)
    panel = others["panel"].iloc[0]
    rows = others[others["panel"] == panel]
    last = rows.iloc[-1]
    found = {"panel": panel, "rank": last["text"], "year": _year(last["date"])}
    if len(rows) == 1:
        return title("ranks_one", lang, **found)
    before = rows.iloc[-2]
    name = "ranks_broken" if last["break_before"] else "ranks"
    return title(name, lang, **found, before=before["text"], earlier=_year(before["date"]))


def _place(name: str, table: pd.DataFrame, lang: str) -> str:
    """Which place the area's own cluster has among those that the chart `name` shows."""
    cluster = word("panel", "cluster", lang)
    own = table.loc[table["label"].str.contains(cluster, regex=False), "low"]
    found = {
        "measure": measure(name, lang),
        "cluster": cluster,
        "clusters": counted(len(table), "cluster", lang),
    }
    if own.empty:
        return title("place_none", lang, **found)
    return title("place", lang, **found, place=int((table["low"] > own.iloc[0]).sum()) + 1)


def _intensity(table: pd.DataFrame, lang: str) -> str:
    latest = table.groupby("group", sort=False).tail(1).sort_values("low", kind="stable")
    bottom, top = latest.iloc[0], latest.iloc[-1]
    found = {"top": top["group"], "high": said(top["text"], lang), "when": _year(top["label"])}
    if len(latest) == 1:
        return title("intensity_one", lang, **found)
    less = {"bottom": bottom["group"], "low": said(bottom["text"], lang), "earlier": _year(bottom["label"])}
    return title("intensity", lang, **found, **less)


def _tornado(name: str, table: pd.DataFrame, lang: str) -> str:
    """Which assumption moves most what the chart `name` is about: both ends together, as `sensitivity` has
    it.
    """
    chosen = table[table["group"] == ""]
    moved = table[table["group"] != ""]
    swings = {group: _swing(pd.concat([chosen, rows])) for group, rows in moved.groupby("group", sort=False)}
    about = measure(name, lang)
    if not swings:
        return title("tornado_none", lang, measure=about)
    most = [group for group, swing in swings.items() if math.isclose(swing, max(swings.values()))]
    if len(most) > 1:
        return title("tornado_equal", lang, measure=about, assumptions=counted(len(most), "assumption", lang))
    # Within a sentence a name begins small.
    assumption = most[0][:1].lower() + most[0][1:]
    return title("tornado" if len(swings) > 1 else "tornado_only", lang, measure=about, assumption=assumption)


def _swing(rows: pd.DataFrame) -> float:
    # Infinity less infinity is no number, but ends that are all open do not move.
    return sum(
        0.0 if ends.nunique() == 1 else ends.max() - ends.min() for ends in (rows["low"], rows["high"])
    )


def _texts(table: pd.DataFrame, lang: str) -> dict[str, str]:
    """The values of an interval chart's rows as sentences say them, by the row's id."""
    return {id_: said(text, lang) for id_, text in table["text"].items()}


def _year(period: str) -> str:
    return period.partition("-")[0]


FINDERS: Mapping[str, Callable[[pd.DataFrame, str], str]] = {
    "firmness": _firmness,
    "comparability": _comparability,
    "makeup": _makeup,
    "platform_shares": _platform_shares,
    "people": _people,
    "research_shares": _research_shares,
    "chain": _chain,
    "timeline": _timeline,
    "partners": _partners,
    "overview": _overview,
    "timelines": _timelines,
    "ranks": _ranks,
    "patents": partial(_place, "patents"),
    "papers": partial(_place, "papers"),
    "intensity": _intensity,
    "tornado_staff": partial(_tornado, "staff"),
    "tornado_survivors": partial(_tornado, "survivors"),
    "tornado_hours": partial(_tornado, "hours"),
}
