"""Every value of a closed list, and every head of a table, has its word in both languages."""

import copy
from fractions import Fraction

import pytest
from gba_analysis.analysis.words import WORDS, axis_title, headed, label, place, quantity, stated, word

from gba_analysis import parameters
from gba_analysis.analysis import evidence, industry, openness, platforms, research, sources, verdicts
from gba_analysis.analysis.derived import VALUE_COLUMNS
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.interval import Interval
from gba_analysis.fonts import missing_glyphs
from gba_analysis.project import find_project

# Which group of WORDS holds the values of which closed list of datapackage.json.
GROUPS = {
    ("findings", "theme"): "theme",
    ("units", "kind"): "unit_kind",
    ("entities", "kind"): "entity_kind",
    ("entities", "region"): "region",
    ("indicators", "theme"): "theme",
    ("indicators", "class"): "class",
    ("indicators", "qualifier"): "qualifier",
    ("indicators", "relation"): "relation",
    ("events", "theme"): "theme",
    ("links", "kind"): "link_kind",
    ("derived", "theme"): "theme",
    ("derived", "soundness"): "soundness",
    ("claims", "kind"): "claim_kind",
    ("claims", "theme"): "theme",
    ("references", "qualifier"): "qualifier",
    ("references", "grade"): "grade",
    ("crosschecks", "basis"): "basis",
    ("crosschecks", "verdict"): "verdict",
    ("crosscheck_references", "definition"): "definition",
    ("crosscheck_references", "timing"): "timing",
}


@pytest.fixture
def package():
    return read_datapackage(find_project())


def without_words(package):
    """The values of closed lists that have no word in one of the languages, or no group at all."""
    return [
        (resource["name"], field["name"], value)
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        for value in field.get("constraints", {}).get("enum", [])
        if not has_words(GROUPS.get((resource["name"], field["name"])), value)
    ]


def has_words(group, value):
    texts = WORDS.get(group, {}).get(value, {})
    return bool(texts.get("en") and texts.get("zh"))


def test_every_enum_value_has_words(package):
    assert without_words(package) == []


def test_the_datapackage_has_the_closed_lists(package):
    lists = {
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if field.get("constraints", {}).get("enum")
    }
    assert lists == set(GROUPS)


def test_a_value_without_words_would_be_found(package):
    changed = copy.deepcopy(package)
    links = next(resource for resource in changed["resources"] if resource["name"] == "links")
    kind = next(field for field in links["schema"]["fields"] if field["name"] == "kind")
    kind["constraints"]["enum"].append("merger")
    note = next(field for field in links["schema"]["fields"] if field["name"] == "note_en")
    note["constraints"] = {"enum": ["a new list"]}
    assert without_words(changed) == [("links", "kind", "merger"), ("links", "note_en", "a new list")]


def test_every_word_has_both_languages():
    for group, words in WORDS.items():
        for key, texts in words.items():
            assert set(texts) == {"en", "zh"} and all(texts.values()), (group, key)


def test_words_of_a_group_differ():
    # Two qualifiers may be stated alike: an exact number and one that is reached.
    for group, words in ((group, words) for group, words in WORDS.items() if group != "stated"):
        for lang in ("en", "zh"):
            texts = [word(group, key, lang) for key in words]
            assert len(texts) == len(set(texts)), (group, lang)


def test_sections_platforms_and_readings_have_words(facts):
    sections = {str(section) for section in facts.indicators["section"]}
    assert sections == set(WORDS["section"]) == set(WORDS["place"])
    choices = {item.name: set(item.choices) for item in parameters.CONTRACT}
    assert choices["platforms"] == set(WORDS["platform"]) and choices["reading"] == set(WORDS["reading"])


def test_every_table_for_readers_has_heads(facts, rule, values):
    tables = [
        evidence.register(facts, rule, "zh"),
        evidence.profile(facts, "zh"),
        evidence.support(facts, "zh"),
        evidence.rules(facts, rule, "zh"),
        platforms.same_unit(facts, values["platforms"], "zh"),
        research.computing(facts, rule, values, "zh"),
        research.facilities(facts, rule, "zh"),
        research.funding(facts, rule, values, "zh"),
        industry.cross_border(facts, rule, "zh"),
        industry.money(facts, rule, values, "zh"),
        openness.cadence(facts, rule, values, "zh"),
        openness.links_table(facts, "zh"),
        verdicts.verdict_table(facts, rule, "zh"),
        verdicts.unchecked_table(facts, "zh"),
        sources.sources(facts, "zh").drop(columns="address"),
    ]
    for table in tables:
        heads = headed(table, "zh").columns
        assert not any(head.isascii() for head in heads) and len(set(heads)) == len(heads)
    computing = headed(research.computing(facts, rule, values, "en"), "en")
    assert list(computing.columns) == [word("column", name, "en") for name in VALUE_COLUMNS]


def test_a_platforms_column_keeps_its_name(facts, rule):
    table = platforms.comparability_table(facts, ["hengqin", "hetao"], rule, "en")
    assert list(headed(table, "en").columns) == ["Indicator", "Hengqin", "Hetao"]


def test_the_font_has_every_character():
    texts = "".join(text for words in WORDS.values() for both in words.values() for text in both.values())
    assert missing_glyphs(texts + place(1, 1, "en")) == ""


def test_an_unknown_word_is_an_error():
    with pytest.raises(KeyError, match="merger"):
        word("link_kind", "merger", "en")


@pytest.mark.parametrize(
    ("unit", "english", "chinese"),
    [
        ("persons", "2,001–2,999 persons", "2001–2999人"),
        # A percent sign belongs to the number, an unnamed thing has no word.
        ("percent", "2,001.0–2,999.0\u00a0%", "2001.0%–2999.0%"),
        ("count", "2,001–2,999", "2001–2999"),
        ("rank", "2,001–2,999", "2001–2999"),
    ],
)
def test_quantities(facts, unit, english, chinese):
    texts = [quantity(Interval(2001, 2999), facts.unit(unit), lang) for lang in ("en", "zh")]
    assert texts == [english, chinese]


def test_a_label_begins_with_a_capital():
    assert label("joint laboratories of HKUST") == "Joint laboratories of HKUST"
    assert label("粤港澳联合实验室") == "粤港澳联合实验室" and label("") == ""


@pytest.mark.parametrize(("section", "expected"), [(0, "Opening"), (1, "1.2"), (5, "Caption")])
def test_a_place_is_part_and_paragraph(section, expected):
    assert place(section, 2, "en") == expected


def test_an_axis_says_that_things_are_counted(facts):
    assert axis_title(facts.unit("persons"), "en") == "Number of persons"
    assert axis_title(facts.unit("persons"), "zh") == "数量（人）"
    assert axis_title(facts.unit("percent"), "en") == "percent"


@pytest.mark.parametrize(
    ("value", "printed", "expected"), [("80", "达80%", "80\xa0%"), ("82.4", "达82.4%", "82.4\xa0%")]
)
def test_a_stated_percentage_has_no_decimal_that_is_not_printed(facts, value, printed, expected):
    assert stated(printed, Fraction(value), "reach", facts.unit("percent"), "en") == expected
