"""The charts' titles: short sentences in both languages with the numbers of the charts' tables, whatever the
parameters.
"""

import math
import re

import pandas as pd
import pytest
from gba_analysis.analysis.chart_title_words import fits, said

from gba_analysis import parameters
from gba_analysis.analysis import evidence, industry, openness, platforms, research, sensitivity, verdicts
from gba_analysis.analysis import time_series as series
from gba_analysis.analysis.chart_titles import chart_title, in_languages, title_entries
from gba_analysis.analysis.robustness_tables import tornado_rows
from gba_analysis.figures.reading import ReadingRule

LANGS = ("en", "zh")
TORNADO = {
    "tornado_staff": "research.hkm_staff_share",
    "tornado_survivors": "industry.li_survivors",
    "tornado_hours": "research.hours_per_team",
}
SETS = {
    "base": {},
    "strict": {"reading": "strict"},
    "tight": {"reading": "tight"},
    "strict and official": {"reading": "strict", "min_grade": "A"},
    "tight and better": {"reading": "tight", "min_grade": "B", "usd_cny": 5.0},
    "narrow": {
        "reading": "tight",
        "near_shortfall": 0.01,
        "over_excess": 0.01,
        "platforms": ["hengqin", "qianhai"],
    },
    "wide": {"reading": "tight", "near_shortfall": 0.5, "over_excess": 1.0, "platforms": ["nansha", "hetao"]},
    "many": {"include_names": True, "min_links": 5, "usd_cny": 10.0, "cores": 1},
    "few": {"near_shortfall": 0.5, "min_links": 1, "platforms": ["qianhai", "hetao"]},
}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def drawn(facts, values):
    """The tables that the notebooks draw with these parameters, by chart and language."""
    rule, grade, chosen = ReadingRule.from_parameters(values), values["min_grade"], values["platforms"]
    builders = {
        "firmness": lambda lang: evidence.firmness(facts, "qualifier", lang, values["include_names"]),
        "comparability": lambda lang: platforms.comparability(facts, chosen, rule, lang)[
            ["row", "column", "text"]
        ],
        "makeup": lambda lang: platforms.makeup(facts, rule, lang),
        "platform_shares": lambda lang: platforms.shares(facts, chosen, rule, lang),
        "people": lambda lang: research.people(facts, rule, lang),
        "research_shares": lambda lang: research.shares(facts, rule, values, lang),
        "chain": lambda lang: industry.incubation(facts, rule, values, lang),
        "timeline": lambda lang: openness.timeline(facts, lang),
        "partners": lambda lang: openness.collaboration_matrix(facts, lang, values["min_links"])[
            ["row", "column", "count"]
        ],
        "overview": lambda lang: verdicts.verdict_counts(facts, rule, lang, grade),
        "timelines": lambda lang: series.series(facts, rule, lang, grade),
        "ranks": lambda lang: series.ranks(facts, rule, lang, grade),
        "patents": lambda lang: series.top10(facts, "patents", lang, grade),
        "papers": lambda lang: series.top10(facts, "papers", lang, grade),
        "intensity": lambda lang: series.rd_intensity(facts, lang, grade),
    }
    moved = {name: sensitivity.tornado(facts, rule, values, key) for name, key in TORNADO.items()}
    builders |= {
        name: lambda lang, rows=rows: tornado_rows(rows, facts, lang) for name, rows in moved.items()
    }
    return {name: in_languages(build) for name, build in builders.items()}


@pytest.fixture(scope="module", params=SETS)
def tables(request, facts):
    return drawn(facts, {**parameters.defaults(), **SETS[request.param]})


@pytest.fixture(scope="module")
def base(facts):
    return drawn(facts, parameters.defaults())


def numbers(title):
    return sorted(float(number.replace(",", "")) for number in NUMBER.findall(title))


def size(title, lang):
    """English: words with a letter or a digit; Chinese: characters, letters and digits."""
    if lang == "zh":
        return sum(char.isalnum() for char in title)
    return sum(any(char.isalnum() for char in word) for word in title.split())


def assert_a_short_sentence(title, lang):
    assert 0 < size(title, lang) <= {"en": 15, "zh": 30}[lang], title
    assert title.endswith({"en": ".", "zh": "。"}[lang]) and not title[:-1].endswith((".", "。"))
    assert title[0].isupper() or title[0].isdigit() or lang == "zh"
    assert not re.search(r"[{}<>≤≥]|nan|inf\b|  ", title), title


def ends(row):
    """The numbers by which a count's interval is written: both ends, or the first number outside the closed
    one.
    """
    if row["low"] == row["high"]:
        return [row["low"]]
    if math.isinf(row["high"]):
        return [row["low"] - 1]
    return [row["high"] + 1] if row["low"] <= 0 else [row["low"], row["high"]]


def percents(row):
    """As `ends`, of a percentage, which is rounded."""
    found = {row["low"], row["high"]} - {0.0}
    return [pytest.approx(end, abs=0.051) for end in sorted(found)]


def of_rows(read, *places):
    """The numbers of the rows at these places of a table."""
    return lambda table: [number for place in places for number in read(table.iloc[place])]


def exact_figures(table):
    return [table["count"].sum(), table.loc[table["column"].isin(["exact", "确数"]), "count"].sum()]


def shared_indicators(table):
    platforms_of = table.pivot(index="row", columns="column", values="text").ne("").sum(axis=1)
    return [len(platforms_of), *[shared for shared in [(platforms_of >= 2).sum()] if shared]]


def conditional_shares(table):
    conditional = list(table["soundness"]).count("conditional")
    return [len(table), *([conditional] if 0 < conditional < len(table) else [])]


def latest_events(table):
    starts = [int(start) for start in table["start"]]
    last = starts.count(max(starts))
    return [len(starts), max(starts), *([last] if last < len(starts) else [])]


def most_named(table):
    return [table.pivot(index="row", columns="column", values="count").sum(axis=1).max()]


def verdict_groups(table):
    # In the chart's order: confirmed, consistent, needs context, in tension, contradicted, not found.
    confirmed, _, *disputed, missing = table.groupby("column", sort=False)["count"].sum()
    return [table["count"].sum(), confirmed, sum(disputed), missing]


def differences(table):
    both = [
        panel.sort_values("time") for _, panel in table.groupby("panel") if panel["is_article"].nunique() == 2
    ]
    pairs = [(panel[panel["is_article"]].iloc[-1], panel[~panel["is_article"]].iloc[-1]) for panel in both]
    found = [
        sum(one["low"] > other["high"] for one, other in pairs),
        sum(one["high"] < other["low"] for one, other in pairs),
    ]
    return found if any(found) else [len(pairs)]


def last_ranks(table):
    others = table[~table["is_article"] & (table["panel"] == table["panel"].iloc[0])].tail(2)
    return [*others["low"], *(int(time) for time in others["time"])]


def own_place(table):
    greatest_first = table.sort_values("low", ascending=False)["label"].str.contains("深圳|Shenzhen")
    return [len(table), list(greatest_first).index(True) + 1]


def extremes(table):
    latest = table.drop_duplicates("group", keep="last").sort_values("low")
    return [
        number
        for place in {0, len(latest) - 1}
        for number in (latest["low"].iloc[place], int(latest["label"].iloc[place]))
    ]


# The numbers that each title must have, found in the chart's table another way than `chart_titles` does.
EXPECTED = {
    "firmness": exact_figures,
    "comparability": shared_indicators,
    "makeup": of_rows(ends, 0, 1),
    "platform_shares": conditional_shares,
    "people": of_rows(ends, 0, 1),
    "research_shares": of_rows(percents, 0, 2),
    "chain": of_rows(ends, 0, 1),
    "timeline": latest_events,
    "partners": most_named,
    "overview": verdict_groups,
    "timelines": differences,
    "ranks": last_ranks,
    "patents": own_place,
    "papers": own_place,
    "intensity": extremes,
    **{name: lambda table: [] for name in TORNADO},
}


def expected(name, table):
    found = [] if table.empty else EXPECTED[name](table)
    return sorted(found, key=lambda number: getattr(number, "expected", number))


@pytest.mark.parametrize("name", EXPECTED)
def test_titles_are_short_sentences_with_the_tables_numbers(tables, name):
    for lang in LANGS:
        title = chart_title(name, tables[name][lang], lang)
        assert_a_short_sentence(title, lang)
        assert numbers(title) == expected(name, tables[name][lang]), title


@pytest.mark.parametrize("name", EXPECTED)
def test_both_languages_have_the_same_numbers(tables, name):
    english, chinese = (numbers(chart_title(name, tables[name][lang], lang)) for lang in LANGS)
    assert english == chinese


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_of_one_row_has_a_title(base, name, lang):
    title = chart_title(name, base[name][lang].head(1), lang)
    assert_a_short_sentence(title, lang)
    assert not re.search(
        r"\b1 (figures|indicators|shares|events|collaborations|cross-checks|clusters|enterprises|are)\b",
        title,
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_without_rows_has_nothing_to_show(base, name, lang):
    title = chart_title(name, base[name][lang].head(0), lang)
    assert_a_short_sentence(title, lang)
    assert {"en": "nothing to show", "zh": "没有可显示"}[lang] in title


def with_cell(table, row, **cells):
    changed = table.astype(object)
    for column, value in cells.items():
        changed.iloc[row, changed.columns.get_loc(column)] = value
    return changed.infer_objects()


@pytest.mark.parametrize(
    ("name", "change", "said_now"),
    [
        ("firmness", lambda t: with_cell(t, 0, count=5), "Of 75 figures counted, the article prints 39"),
        ("comparability", lambda t: with_cell(t, 1, text="1家"), "1 is printed for more than one platform"),
        (
            "comparability",
            lambda t: with_cell(with_cell(t, 1, text="1家"), 5, text="1家"),
            "2 are printed for more",
        ),
        ("makeup", lambda t: with_cell(t, 1, text="34"), "34 of them Macao-funded"),
        ("platform_shares", lambda t: t.assign(soundness="sound"), "4 shares without any condition"),
        (
            "platform_shares",
            lambda t: t.assign(soundness="conditional"),
            "4 shares, all only under a condition",
        ),
        ("people", lambda t: with_cell(t, 0, text="≥ 2,001"), "at least 2,001 staff"),
        ("research_shares", lambda t: with_cell(t, 2, text="≤ 20.0 %"), "up to 20.0 % of staff"),
        ("chain", lambda t: with_cell(t, 1, text="> 99"), "over 99 survive"),
        ("chain", lambda t: with_cell(t, 1, text="1"), "1 survives"),
        ("timeline", lambda t: with_cell(t, 0, start=2026.5), "1 of them to 2026"),
        ("timeline", lambda t: t.assign(start=2020.0), "7 events, all to 2020"),
        (
            "partners",
            lambda t: with_cell(t, 0, count=7),
            "Hong Kong is the most-named partner, in 14 collaborations",
        ),
        ("partners", lambda t: t.assign(count=2), "partners are named most, in 20 collaborations each"),
        ("overview", lambda t: with_cell(t, 0, count=2), "Of 83 cross-checks, 10 confirm the article"),
        (
            "timelines",
            lambda t: t.assign(high=math.inf),
            "no difference from other sources’ latest figure is certain",
        ),
        ("timelines", lambda t: t[t["is_article"]], "No series has figures of both"),
        ("ranks", lambda t: t.assign(break_before=False), "rank 1 in 2025, after 2 in 2024"),
        ("ranks", lambda t: t[t["is_article"]], "No rank of another source"),
        ("patents", lambda t: with_cell(t, 1, low=1.0), "is number 10 of the 10 clusters"),
        ("papers", lambda t: t.drop(t.index[2]), "is not among the 9 clusters shown"),
        (
            "intensity",
            lambda t: with_cell(t, 3, low=4.0, text="≈ 4 %"),
            "R&D takes about 4 % of output in Hong Kong (2024), 0.2",
        ),
        (
            "tornado_staff",
            lambda t: with_cell(t, 4, low=-90.0),
            "The shortfall of 近 (nearly) moves the share of staff most",
        ),
        (
            "tornado_staff",
            lambda t: t.assign(low=1.0, high=[1.0, 2, 2, 2, 2]),
            "2 assumptions move the share of staff most",
        ),
        ("tornado_staff", lambda t: t.head(1), "No assumption moves the share of staff"),
    ],
)
def test_a_title_follows_its_table(base, name, change, said_now):
    table = base[name]["en"]
    before, after = chart_title(name, table, "en"), chart_title(name, change(table), "en")
    assert said_now in after and said_now not in before
    assert_a_short_sentence(after, "en")


def test_a_title_with_long_names_counts_them_instead(base):
    table = base["partners"]["en"].replace({"row": {"Hong Kong": "The " + "very " * 9 + "long name"}})
    assert "2 partners are named most" in chart_title("partners", table, "en")


@pytest.mark.parametrize(
    ("lang", "longest"), [("en", "one " * 14 + "12.0–19.9 % …"), ("zh", "共" * 26 + "12.0%。")]
)
def test_a_title_fits_up_to_the_limit(lang, longest):
    more = {"en": "one ", "zh": "共"}[lang]
    assert fits(longest, lang) == (size(longest, lang) <= {"en": 15, "zh": 30}[lang])
    assert fits(longest, lang) and not fits(more * 3 + longest, lang)
    with pytest.raises(AssertionError):
        assert_a_short_sentence(more * 3 + longest.rstrip("。") + {"en": ".", "zh": "。"}[lang], lang)


def test_open_ends_are_said_in_words():
    assert [said(text, "en") for text in ("> 140", "< 400", "6", "1–2")] == [
        "over 140",
        "under 400",
        "6",
        "1–2",
    ]
    assert said("≤ 19.9%", "zh") == "至多19.9%"


def test_titles_are_plain_entries_in_both_languages(base):
    [entry] = title_entries({"makeup": base["makeup"]})
    assert entry["key"] == "title.makeup" and set(entry["text"]) == set(LANGS)
    assert "238" in entry["text"]["en"] and "238" in entry["text"]["zh"]
    assert not (entry["unit"] or entry["inputs"] or entry["expression"])


def test_a_chart_without_a_title_is_refused(base):
    with pytest.raises(KeyError, match="hours"):
        title_entries({"hours": {lang: pd.DataFrame() for lang in LANGS}})
