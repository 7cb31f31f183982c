"""The article's figures among those of other sources: what is plotted, and what a line may join."""

import math
from dataclasses import replace

import pytest

from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.sources import cited, source_numbers
from gba_analysis.analysis.time_series import (
    PANELS,
    RANK_COLUMNS,
    SERIES_COLUMNS,
    ranks,
    rd_intensity,
    series,
    top10,
)
from gba_analysis.project import find_project
from gba_analysis.words import load_words


def panel(table, name, lang="en"):
    return table[table["panel"] == load_words(find_project().data).say(f"panel.{name}", lang)]


def test_references_come_in_time_and_the_article_last(facts, rule):
    rows = panel(in_words(series(facts, rule), facts, "en"), "jointlabs")
    assert list(rows.columns) == SERIES_COLUMNS
    assert list(rows["text"]) == ["20", "31", "33", "35"]
    assert list(rows["date"]) == ["2022-02", "2024-11", "2026-01", ""]
    assert list(rows["is_article"]) == [False, False, False, True]
    assert rows["time"].iloc[0] == pytest.approx(2022 + 1.5 / 12) and math.isnan(rows["time"].iloc[-1])
    assert list(rows["grade"]) == ["C", "C", "C", ""]


def test_bounds_follow_the_reading(facts, rules):
    conventional, strict = (
        panel(in_words(series(facts, rules[name]), facts, "zh"), "csns", "zh")
        for name in ("conventional", "strict")
    )
    assert list(zip(conventional["low"], conventional["high"], strict=True)) == [
        (61, 69),
        (76, 76),
        (101, 199),
    ]
    assert list(strict["high"]) == [math.inf, 76, math.inf]
    assert list(conventional["text"]) == list(strict["text"]) == ["超60", "76", "超100"]


def test_a_line_joins_three_exact_figures_or_none(facts, rule):
    table = in_words(series(facts, rule), facts, "en")
    assert list(panel(table, "jointlabs")["joined"]) == [False, True, True, False]
    # Two points, a break, a bound: no line.
    for name in ("csns", "teams", "core_hours", "hightech", "macao_funded"):
        assert not panel(table, name)["joined"].any(), name
    macao = panel(table, "macao_firms")
    assert list(macao["joined"]) == [False] * 7 + [True] * 5


def test_no_line_crosses_a_break(facts, rule):
    for table in (in_words(series(facts, rule), facts, "en"), in_words(ranks(facts, rule), facts, "en")):
        assert not (table["joined"] & (table["break_before"] | table["is_article"])).any()
        assert not table.groupby("panel").head(1)["joined"].any()
    cluster = panel(in_words(ranks(facts, rule), facts, "en"), "cluster")
    assert list(cluster["date"][cluster["break_before"]]) == ["2019", "2020", "2025"]
    assert list(cluster["date"][cluster["joined"]]) == ["2021", "2022", "2023", "2024"]


def test_a_break_stays_when_its_row_is_left_out(facts, rule):
    references = facts.references.copy()
    references.loc["jointlabs_total_2024_11", "break_before"] = True
    changed = replace(facts, references=references)
    rows = panel(in_words(series(changed, rule, "C"), changed, "en"), "jointlabs")
    assert list(rows["break_before"]) == [False, True, False, False]
    references.loc[["jointlabs_total_2022_02", "jointlabs_total_2026_01"], "grade"] = "B"
    better = replace(facts, references=references)
    rows = panel(in_words(series(better, rule, "B"), better, "en"), "jointlabs")
    assert list(rows["date"]) == ["2022-02", "2026-01", ""] and list(rows["break_before"]) == [
        False,
        True,
        False,
    ]


def test_a_rejected_reference_is_not_plotted(facts, rule):
    assert "hengqin_macao_firms_2024_09_bound" not in in_words(series(facts, rule), facts, "en").index
    assert "hengqin_macao_firms_2024_09" in in_words(series(facts, rule), facts, "en").index


def test_grades_leave_rows_out_and_the_article_stays(facts, rule):
    better = in_words(series(facts, rule, "B"), facts, "en")
    assert set(better["grade"]) == {"B", ""}
    table = in_words(series(facts, rule, "A"), facts, "en")
    assert set(table["grade"]) == {""}
    assert list(panel(table, "jointlabs")["text"]) == ["35"]
    # The article has no figure of all Macao-funded firms.
    own = set(PANELS) - {"macao_firms"}
    assert set(table["panel"]) == {facts.words.say(f"panel.{name}", "en") for name in own}


def test_the_forum_has_its_dates(facts, rule):
    article = panel(in_words(series(facts, rule), facts, "en"), "editions").query("is_article")
    assert list(zip(article["time"], article["span"], article["text"], strict=True)) == [
        (2021.5, 1, "1"),
        (2025.5, 1, "4"),
    ]


def test_ranks_say_what_changed(facts, rule):
    table = in_words(ranks(facts, rule), facts, "en")
    assert list(table.columns) == RANK_COLUMNS
    assert list(table["changed"][table["break_before"]]) == [
        "2018 missing; method may differ",
        "Guangzhou merged in",
        "venture capital added",
        "venture capital added",
    ]
    macao = panel(table, "macao_zhuhai")
    assert list(macao["text"]) == ["100", "98", "top 100"] and macao["high"].iloc[-1] == 100
    assert panel(table, "cluster")["text"].iloc[-1] == "1"


def test_the_ten_clusters_are_ranked_by_each_metric(facts):
    patents, papers = (
        in_words(top10(facts, "patents"), facts, "en"),
        in_words(top10(facts, "papers"), facts, "en"),
    )
    assert len(patents) == len(papers) == 10
    assert patents["label"].iloc[0].startswith("Tokyo") and papers["label"].iloc[0].startswith("Beijing")
    assert (patents["low"].diff().dropna() <= 0).all()
    assert in_words(top10(facts, "papers", "B"), facts, "en").empty


def test_rd_intensity_shows_comparable_ends_only(facts):
    table = in_words(rd_intensity(facts), facts, "en")
    assert list(zip(table["group"], table["label"], table["text"], strict=True)) == [
        ("Guangdong Province", "2024", "≈ 3.6\u00a0%"),
        ("Guangdong Province", "2025", "3.6\u00a0%"),
        # Not 2015: the office marks a break in 2018.
        ("Hong Kong", "2018", "0.86\u00a0%"),
        ("Hong Kong", "2024", "1.13\u00a0%"),
        ("Macao", "2001", "0.06\u00a0%"),
        ("Macao", "2018", "0.2\u00a0%"),
    ]


def test_the_sources_of_a_chart_follow_from_its_rows(facts, rule):
    numbers, table = source_numbers(facts), in_words(series(facts, rule), facts, "en")
    rows = table[~table["is_article"]]
    assert list(rows["source"]) == list(numbers[rows.index])
    assert cited(table) == sorted(set(rows["source"])) and 0 not in cited(table)
    assert len(cited(in_words(series(facts, rule, "A"), facts, "en"))) < len(cited(table))
