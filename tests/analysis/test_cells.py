"""Tables of `analysis` hold keys, ids and intervals; they become texts at the edge, each in its place."""

from fractions import Fraction

import pandas as pd
import pytest

from gba_analysis.analysis import (
    evidence,
    industry,
    openness,
    platforms,
    research,
    robustness,
    sensitivity,
    sources,
    time_series,
    verdicts,
)
from gba_analysis.analysis.cells import (
    Figure,
    Listed,
    Name,
    Number,
    Place,
    Quantity,
    Word,
    headed,
    in_words,
    phrase,
    said,
    text_of,
    texts_of,
)
from gba_analysis.analysis.derived import VALUE_COLUMNS
from gba_analysis.analysis.findings import judge_findings, parse_tests
from gba_analysis.analysis.key_figures import cards
from gba_analysis.analysis.key_values import reference_keys, value_source
from gba_analysis.analysis.ordering import rank_intervals
from gba_analysis.analysis.phrases import axis_title, label, stated
from gba_analysis.analysis.robustness_tables import finding_table, rank_table, tornado_rows
from gba_analysis.figures.interval import Interval
from gba_analysis.languages import LANGS

INF = float("inf")


@pytest.mark.parametrize(
    ("cell", "english", "chinese"),
    [
        (Word("verdict.in_tension"), "in tension", "有出入"),
        (Word("parameter.reading"), "Reading of the bounds", "界限的读法"),
        (Word("parameter.reading", inner=True), "reading of the bounds", "界限的读法"),
        (Word("panel.cluster"), "Shenzhen–Hong Kong–Guangzhou", "深圳—香港—广州"),
        (Name("units", "firms"), "enterprises", "家"),
        (Name("units", "firms", begins=True), "Enterprises", "家"),
        (Name("indicators", "vague_startups", "time"), "in recent years", "近年来"),
        (Quantity(Interval(2001, 2999), "persons"), "2,001–2,999", "2001–2999"),
        (Quantity(Interval(2001, 2999), "persons", "full"), "2,001–2,999 persons", "2001–2999人"),
        # A percent sign belongs to the number, an unnamed thing has no word.
        (Quantity(Interval(20, 30), "percent", "full"), "20.0–30.0\u00a0%", "20.0%–30.0%"),
        (Quantity(Interval(2001, 2999), "count", "full"), "2,001–2,999", "2001–2999"),
        (Quantity(Interval(2001, 2999), "rank", "full"), "2,001–2,999", "2001–2999"),
        (Quantity(Interval(2001, INF), "persons", "said"), "over 2,000", "超过2000"),
        (Figure(Fraction(60), 0, "over", "experiments"), "> 60", "超60"),
        (Figure(Fraction(60), 0, "over", "experiments", "reported"), "more than 60", "超过60"),
        (Figure(Fraction(60), 0, "over", "experiments", "said"), "over 60", "超过60"),
        (Figure(Fraction(60), 0, "rank", "rank", "said"), "top 60", "前60"),
        (Number(Fraction(29, 200)), "0.145", "0.145"),
        (Number(Fraction(35_389)), "35,389", "35,389"),
        (Place(1, 2), "1.2", "1.2"),
        (Place(0, 1), "Opening", "导语"),
        (Place(5, 1), "Caption", "图注"),
        (phrase("noun.event", number=1), "1 event", "1件事"),
        (phrase("noun.event", number=2), "2 events", "2件事"),
        (
            phrase("noun.event", number=Quantity(Interval(2, INF), "count", "said")),
            "over 1 events",
            "超过1件事",
        ),
        (Listed(("a", "b", "a")), "a, b", "a、b"),
        (Listed((Word("yes_no.yes"), "b"), "joint.or"), "yes or b", "是或b"),
        # The article's own words are the same in every language.
        ("超2000名", "超2000名", "超2000名"),
    ],
)
def test_a_cell_becomes_a_text(facts, cell, english, chinese):
    assert texts_of(cell, facts) == {"en": english, "zh": chinese}


def test_what_is_no_cell_stays_as_it_is(facts):
    assert [text_of(cell, facts, "en") for cell in (3, 2.5, True, None, "")] == [3, 2.5, True, None, ""]
    assert said(Word("yes_no.yes")) == Word("yes_no.yes") and said("近") == "近"


@pytest.mark.parametrize(
    "cell", [Word("link_kind.merger"), Name("entities", "nobody"), phrase("noun.events")]
)
def test_an_unknown_word_or_row_is_an_error(facts, cell):
    with pytest.raises(KeyError):
        text_of(cell, facts, "en")


def test_a_table_in_words_keeps_its_numbers_and_index(facts):
    table = pd.DataFrame(
        {"what": [Word("yes_no.yes"), "–"], "low": [1.0, INF], "flag": [True, False], "count": [1, 2]},
        # A reference and an indicator may have one id.
        index=["a", "a"],
    )
    texts = in_words(table, facts, "zh")
    assert list(texts["what"]) == ["是", "–"] and list(texts.index) == ["a", "a"]
    pd.testing.assert_frame_equal(texts[["low", "flag", "count"]], table[["low", "flag", "count"]])
    assert list(table["what"]) == [Word("yes_no.yes"), "–"], "the table itself stays"
    assert list(in_words(table.head(0), facts, "zh").columns) == list(table.columns)


def test_heads_are_words_and_other_names_stay(facts):
    table = pd.DataFrame(columns=["what", "strict", "Hengqin"])
    assert list(headed(table, facts, "en").columns) == ["What it counts", "Strict", "Hengqin"]
    assert list(headed(headed(table, facts, "en"), facts, "en").columns) == [
        "What it counts",
        "Strict",
        "Hengqin",
    ]


def test_a_label_begins_with_a_capital():
    assert label("joint laboratories of HKUST") == "Joint laboratories of HKUST"
    assert label("粤港澳联合实验室") == "粤港澳联合实验室" and label("") == ""


def test_an_axis_says_that_things_are_counted(facts):
    assert axis_title(facts.unit("persons"), "en") == "Number of persons"
    assert axis_title(facts.unit("persons"), "zh") == "数量（人）"
    assert axis_title(facts.unit("percent"), "en") == "percent"


@pytest.mark.parametrize(
    ("value", "printed", "expected"), [("80", "达80%", "80\xa0%"), ("82.4", "达82.4%", "82.4\xa0%")]
)
def test_a_stated_percentage_has_no_decimal_that_is_not_printed(facts, value, printed, expected):
    assert stated(printed, Fraction(value), "reach", facts.unit("percent"), "en") == expected


@pytest.fixture(scope="module")
def tables(facts, rule, values):
    """Every table of the package, by its name."""
    chosen = values["platforms"]
    source = value_source(facts, reference_keys(facts.rows("references"), facts.read_reference))
    tests, found = parse_tests(facts.rows("findings")), verdicts.verdict_table(facts, rule, "B")
    judged = judge_findings(facts.rows("findings"), lookup=source(values))
    tallies = robustness.tallies(tests, source, parameters=values)
    flips = robustness.flips(tests, source, parameters=values)
    ranked = rank_intervals({id_: facts.read(id_, rule) for id_ in industry.CROSS_BORDER})
    return {
        "register": evidence.register(facts, rule),
        "figures": evidence.figure_table(facts, rule, ["jointlabs"]),
        "support": evidence.support(facts),
        "rules": evidence.rules(facts, rule),
        "firmness": evidence.firmness(facts, include_names=True),
        "comparability": platforms.comparability(facts, chosen, rule),
        "makeup": platforms.makeup(facts, rule),
        "shares": platforms.shares(facts, chosen, rule),
        "laboratories": research.laboratories(facts, rule, values),
        "people": research.people(facts, rule),
        "research_shares": research.shares(facts, rule, values),
        "facilities": research.facilities(facts, rule),
        "computing": research.computing(facts, rule, values),
        "hours": research.hours_per_team(facts, rule, values),
        "incubation": industry.incubation(facts, rule, values),
        "cross_border": industry.cross_border(facts, rule),
        "pathology": industry.pathology(facts, rule),
        "money": industry.money(facts, rule, values),
        "timeline": openness.timeline(facts),
        "cadence": openness.cadence(facts, rule, values),
        "partners": openness.collaboration_matrix(facts),
        "links": openness.links_table(facts),
        "verdicts": found,
        "compact": verdicts.compact(found),
        "unchecked": verdicts.unchecked_table(facts, "B"),
        "verdict_counts": verdicts.verdict_counts(facts, rule),
        "series": time_series.series(facts, rule),
        "ranks": time_series.ranks(facts, rule),
        "patents": time_series.top10(facts, "patents"),
        "intensity": time_series.rd_intensity(facts),
        "sources": sources.sources(facts),
        "cards": cards(facts, rule, values),
        "findings": finding_table(judged, tallies=tallies, flips=flips),
        "tornado": tornado_rows(sensitivity.tornado(facts, rule, values, "research.hkm_staff_share"), facts),
        "rank": rank_table(ranked, table="indicators", unit="firms"),
    }


@pytest.fixture(scope="module")
def localised(facts):
    """Every text that the catalogues and the tables of data/ have in one language and not in the other."""
    words = {
        lang: {
            form for text in texts.values() for form in (text.values() if isinstance(text, dict) else [text])
        }
        for lang, texts in facts.words.texts.items()
    }
    for table in vars(facts).values():
        if isinstance(table, pd.DataFrame):
            for column in table.columns:
                if (lang := column[-2:]) in LANGS and column[-3] == "_":
                    words[lang] |= set(table[column])
    keys = {part for key in facts.words.texts["en"] for part in key.split(".")}
    texts = (words["en"] ^ words["zh"]) - keys - set(facts.units.index)
    return texts | {label(text) for text in texts}


def localised_cells(table, localised):
    return [
        cell
        for column in table.columns
        # The article's figures, and a source's title and publisher, are in their own language.
        if column not in ("printed", "title", "publisher")
        for cell in table[column]
        if isinstance(cell, str) and cell in localised
    ]


def test_no_table_holds_a_text_of_one_language(tables, localised):
    assert {name: found for name in tables if (found := localised_cells(tables[name], localised))} == {}


def test_a_text_of_one_language_would_be_found(facts, tables, localised):
    # "no number" and "–" among them: the last is the same in both.
    for name in set(tables) - {"sources"}:
        for lang in LANGS:
            texts = in_words(tables[name], facts, lang)
            assert localised_cells(texts, localised), (name, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_every_cell_of_every_table_becomes_a_text(facts, tables, lang):
    for name, table in tables.items():
        for column, cells in in_words(table, facts, lang).items():
            assert all(isinstance(cell, str | int | float | bool) for cell in cells), (name, column)


def test_every_table_for_readers_has_heads(facts, tables):
    names = ("register", "support", "rules", "computing", "facilities", "cross_border", "money", "cadence")
    for name in (*names, "links", "compact", "unchecked", "findings", "rank"):
        heads = headed(tables[name], facts, "zh").columns
        assert not any(head.isascii() for head in heads) and len(set(heads)) == len(heads), name
    computing = headed(tables["computing"], facts, "en")
    assert list(computing.columns) == [facts.words.say(f"column.{name}", "en") for name in VALUE_COLUMNS]
