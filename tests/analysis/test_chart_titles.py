"""The charts' titles: short sentences in both languages with the numbers of the charts' tables, whatever the
parameters.
"""

import math
import re
from dataclasses import replace
from fractions import Fraction as F

import pytest

from gba_analysis import parameters
from gba_analysis.analysis import evidence, industry, openness, platforms, research, sensitivity, verdicts
from gba_analysis.analysis import time_series as series
from gba_analysis.analysis.cells import Figure, Quantity, Word, in_words, said, text_of, texts_of
from gba_analysis.analysis.chart_titles import chart_title, fits, title_entries
from gba_analysis.analysis.robustness_tables import tornado_rows
from gba_analysis.analysis.title_kinds import read_chart, title_keys
from gba_analysis.errors import DataError
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.words import Words

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
    """The tables that the notebooks draw with these parameters, by chart."""
    rule, grade, chosen = ReadingRule.from_parameters(values), values["min_grade"], values["platforms"]
    moved = {name: sensitivity.tornado(facts, rule, values, key) for name, key in TORNADO.items()}
    return {
        "firmness": evidence.firmness(facts, values["include_names"]),
        "comparability": platforms.comparability(facts, chosen, rule)[["row", "column", "text"]],
        "makeup": platforms.makeup(facts, rule),
        "platform_shares": platforms.shares(facts, chosen, rule),
        "people": research.people(facts, rule),
        "research_shares": research.shares(facts, rule, values),
        "chain": industry.incubation(facts, rule, values),
        "timeline": openness.timeline(facts),
        "partners": openness.collaboration_matrix(facts, values["min_links"])[["row", "column", "count"]],
        "overview": verdicts.verdict_counts(facts, rule, grade),
        "timelines": series.series(facts, rule, grade),
        "ranks": series.ranks(facts, rule, grade),
        "patents": series.top10(facts, "patents", grade),
        "papers": series.top10(facts, "papers", grade),
        "intensity": series.rd_intensity(facts, grade),
        **{name: tornado_rows(rows, facts) for name, rows in moved.items()},
    }


@pytest.fixture(scope="module")
def title(facts):
    """A function: the title of a chart that draws a table, in a language."""

    def make(name, table, lang="en"):
        return text_of(chart_title(facts, name, table), facts, lang)

    return make


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
    return [
        table["count"].sum(),
        table.loc[table["column"] == Word("qualifier.exact"), "count"].sum(),
    ]


def shared_indicators(table):
    printed = {row: list(table["text"][table["row"] == row]) for row in table["row"]}
    shared = sum(len(texts) - texts.count("") >= 2 for texts in printed.values())
    return [len(printed), *[shared for shared in [shared] if shared]]


def conditional_shares(table):
    conditional = list(table["soundness"]).count("conditional")
    return [len(table), *([conditional] if 0 < conditional < len(table) else [])]


def latest_events(table):
    starts = [int(start) for start in table["start"]]
    last = starts.count(max(starts))
    return [len(starts), max(starts), *([last] if last < len(starts) else [])]


def most_named(table):
    return [max(table["count"][table["row"] == row].sum() for row in set(table["row"]))]


def verdict_groups(table):
    # In the chart's order: confirmed, consistent, needs context, in tension, contradicted, not found.
    columns = dict.fromkeys(table["column"])
    confirmed, _, *disputed, missing = [table["count"][table["column"] == name].sum() for name in columns]
    return [table["count"].sum(), confirmed, sum(disputed), missing]


def differences(table):
    panels = [table[table["panel"] == name] for name in set(table["panel"])]
    both = [panel.sort_values("time") for panel in panels if panel["is_article"].nunique() == 2]
    pairs = [(panel[panel["is_article"]].iloc[-1], panel[~panel["is_article"]].iloc[-1]) for panel in both]
    found = [
        sum(one["low"] > other["high"] for one, other in pairs),
        sum(one["high"] < other["low"] for one, other in pairs),
    ]
    if not pairs:
        return []
    return found if any(found) else [len(pairs)]


def last_ranks(table):
    others = table[~table["is_article"] & (table["panel"] == table["panel"].iloc[0])].tail(2)
    return [*others["low"], *(int(time) for time in others["time"])]


def own_place(table):
    greatest_first = table.sort_values("low", ascending=False)["label"]
    return [len(table), [cell.id for cell in greatest_first].index("szhkgz_cluster") + 1]


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
def test_titles_are_short_sentences_with_the_tables_numbers(tables, title, name):
    for lang in LANGS:
        text = title(name, tables[name], lang)
        assert_a_short_sentence(text, lang)
        assert numbers(text) == expected(name, tables[name]), text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_of_one_row_has_a_title(base, title, name, lang):
    text = title(name, base[name].head(1), lang)
    assert_a_short_sentence(text, lang)
    assert not re.search(
        r"\b1 (figures|indicators|shares|events|collaborations|cross-checks|clusters|enterprises|are)\b", text
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_without_rows_has_nothing_to_show(base, title, name, lang):
    text = title(name, base[name].head(0), lang)
    assert_a_short_sentence(text, lang)
    assert {"en": "nothing to show", "zh": "没有可显示"}[lang] in text


def firms(low, high):
    return Quantity(Interval(low, high), "firms")


def yuan(low, high):
    return Quantity(Interval(low, high), "yuan")


def percent(low, high):
    return Quantity(Interval(low, high), "percent")


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
        ("makeup", lambda t: with_cell(t, 1, text=firms(34, 34)), "34 of them Macao-funded"),
        ("platform_shares", lambda t: t.assign(soundness="sound"), "4 shares without any condition"),
        (
            "platform_shares",
            lambda t: t.assign(soundness="conditional"),
            "4 shares, all only under a condition",
        ),
        (
            "people",
            lambda t: with_cell(t, 0, text=yuan(2500, math.inf)),
            "at least 2,500 staff",
        ),
        ("research_shares", lambda t: with_cell(t, 2, text=percent(0, 20)), "up to 20.0\u00a0% of staff"),
        ("chain", lambda t: with_cell(t, 1, text=firms(100, math.inf)), "over 99 survive"),
        ("chain", lambda t: with_cell(t, 1, text=firms(1, 1)), "1 survives"),
        ("timeline", lambda t: with_cell(t, 0, start=2026.5), "1 of them to 2026"),
        ("timeline", lambda t: t.assign(start=2020.0), "7 events, all to 2020"),
        (
            "partners",
            lambda t: with_cell(t, 0, count=7),
            "Hong Kong is the most-named partner, in 14 collaborations",
        ),
        ("partners", lambda t: t.assign(count=2), "partners are named most, in 20 collaborations each"),
        ("overview", lambda t: with_cell(t, 0, count=2), "Of 84 cross-checks, 6 confirm the article"),
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
            lambda t: with_cell(t, 3, low=4.0, text=Figure(F(4), 0, "about", "percent")),
            "R&D takes about 4\u00a0% of output in Hong Kong (2024), 0.2",
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
def test_a_title_follows_its_table(base, title, name, change, said_now):
    table = base[name]
    before, after = title(name, table), title(name, change(table))
    assert said_now in after and said_now not in before
    assert_a_short_sentence(after, "en")


def renamed(facts, table, id_, **names):
    rows = getattr(facts, table).copy()
    for column, name in names.items():
        rows.loc[id_, column] = name
    return replace(facts, **{table: rows})


@pytest.mark.parametrize("lang", LANGS)
def test_titles_with_names_that_are_long_in_one_language_count_them_in_all(facts, base, lang):
    long = renamed(facts, "entities", "hongkong", name_en="The " + "very " * 9 + "long name")
    text = text_of(chart_title(long, "partners", base["partners"]), long, lang)
    assert {"en": "2 partners are named most", "zh": "2个合作方被提到最多"}[lang] in text


def test_a_name_in_another_spelling_changes_no_place(facts, base, title):
    """A hyphen for a dash in one English name made the English title say that the cluster is not shown."""
    name = facts.entities.at["szhkgz_cluster", "name_en"].replace("–", "-")
    other = renamed(facts, "entities", "szhkgz_cluster", name_en=name)
    for chart in ("patents", "papers"):
        texts = [text_of(chart_title(other, chart, base[chart]), other, lang) for lang in LANGS]
        assert texts == [title(chart, base[chart], lang) for lang in LANGS]
        assert numbers(texts[0]) == numbers(texts[1]) and len(numbers(texts[0])) == 2
    assert name in set(in_words(base["patents"], other, "en")["label"])


@pytest.mark.parametrize("word", ["qualifier.exact", "verdict.confirmed", "panel.csns", "region.macao"])
def test_another_word_for_a_key_changes_no_number(facts, base, title, word):
    texts = {lang: {**facts.words.texts[lang]} for lang in LANGS}
    texts["en"][word] = "otherwise"
    other = replace(facts, words=Words(texts))
    for chart, table in base.items():
        changed = text_of(chart_title(other, chart, table), other, "en")
        assert numbers(changed) == numbers(title(chart, table)), chart


@pytest.mark.parametrize(
    ("lang", "longest"), [("en", "one " * 14 + "12.0–19.9\u00a0% …"), ("zh", "共" * 26 + "12.0%。")]
)
def test_a_title_fits_up_to_the_limit(lang, longest):
    more = {"en": "one ", "zh": "共"}[lang]
    assert fits(longest, lang) == (size(longest, lang) <= {"en": 15, "zh": 30}[lang])
    assert fits(longest, lang) and not fits(more * 3 + longest, lang)
    with pytest.raises(AssertionError):
        assert_a_short_sentence(more * 3 + longest.rstrip("。") + {"en": ".", "zh": "。"}[lang], lang)


@pytest.mark.parametrize(
    ("interval", "unit", "english", "chinese"),
    [
        (Interval(141, math.inf), "firms", "over 140", "超过140"),
        (Interval(0, 399), "persons", "under 400", "不到400"),
        (Interval(6, 6), "firms", "6", "6"),
        (Interval(1, 2), "firms", "1–2", "1–2"),
        (Interval(0, F(199, 10)), "percent", "up to 19.9\u00a0%", "至多19.9%"),
        (Interval(2, math.inf), "yuan", "at least 2", "至少2"),
    ],
)
def test_open_ends_are_said_in_words(facts, interval, unit, english, chinese):
    assert texts_of(said(Quantity(interval, unit)), facts) == {"en": english, "zh": chinese}


@pytest.mark.parametrize(
    ("chart", "one", "other", "things"),
    [
        ("people", "staff", "researchers", [" staff", " researchers"]),
        ("makeup", "hightech", "macao_funded", [" high-tech enterprises", " of them Macao-funded"]),
        ("research_shares", "of_laboratories", "of_staff", [" of laboratories", " of staff"]),
        ("chain", "enterprise", "survivors", [" enterprises", " survive"]),
    ],
)
def test_a_translator_cannot_give_a_number_to_something_else(facts, base, chart, one, other, things):
    """A title that took its values by `{one}` and `{other}` said two thousand researchers when they were
    swapped.
    """
    texts = {lang: {**facts.words.texts[lang]} for lang in LANGS}
    swapped = {one: f"{{{other}}}", other: f"{{{one}}}"}
    texts["en"][f"title.{chart}"] = texts["en"][f"title.{chart}"].format(**swapped)
    phrase = chart_title(facts, chart, base[chart])
    right, wrong = (text_of(phrase, use, "en") for use in (facts, replace(facts, words=Words(texts))))
    assert right != wrong
    said_of = [text_of(value, facts, "en") for _, value in phrase.values]
    for said_of_one, thing in zip(said_of, things, strict=True):
        assert said_of_one.endswith(thing) and numbers(said_of_one)
        assert said_of_one in right and said_of_one in wrong


def test_titles_are_plain_entries_in_both_languages(facts, base):
    [entry] = title_entries(facts, {"makeup": base["makeup"]})
    assert entry["key"] == "title.makeup" and set(entry["text"]) == set(LANGS)
    assert "238" in entry["text"]["en"] and "238" in entry["text"]["zh"]
    assert not (entry["unit"] or entry["inputs"] or entry["expression"])


def test_a_chart_without_a_title_is_refused(facts, base):
    with pytest.raises(DataError, match=r"data/charts\.csv: found no row for the chart 'hours'"):
        title_entries(facts, {"hours": base["people"]})


def test_a_named_row_that_is_not_drawn_is_refused(facts, base):
    with pytest.raises(DataError, match="chart people: found the id 'jointlabs_staff'"):
        chart_title(facts, "people", base["people"].drop("jointlabs_staff"))


def test_no_sentence_is_there_that_no_chart_can_say(facts):
    needed, some = title_keys(read_chart(label, row) for label, row in facts.rows("charts").items())
    there = {f"title.{name}" for name in facts.words.keys_of("title")} - {"title.empty"}
    assert needed <= there <= needed | some
    fewer, _ = title_keys([read_chart("ranks", facts.rows("charts")["ranks"])])
    assert fewer == {"title.ranks", "title.ranks_broken", "title.ranks_one", "title.ranks_none"} < needed
