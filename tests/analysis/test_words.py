"""Every value of a closed list has its word in both languages."""

import copy

import pytest

from gba_analysis import parameters
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.fonts import missing_glyphs
from gba_analysis.languages import LANGS
from gba_analysis.project import find_project

# Which group of words holds the values of which closed list of datapackage.json.
GROUPS = {
    ("indicators", "qualifier"): "qualifier",
    ("links", "kind"): "link_kind",
    ("references", "qualifier"): "qualifier",
    ("crosschecks", "basis"): "basis",
    ("crosschecks", "verdict"): "verdict",
    ("codings", "verdict"): "verdict",
}
# Closed lists that only code reads: no page says them.
UNSAID = {
    ("units", "kind"),
    ("entities", "kind"),
    ("entities", "region"),
    ("indicators", "class"),
    ("indicators", "relation"),
    ("derived", "soundness"),
    ("claims", "kind"),
    ("indicators", "theme"),
    ("events", "theme"),
    ("derived", "theme"),
    ("claims", "theme"),
    ("references", "grade"),
    ("findings", "theme"),
    ("references", "independence"),
    ("references", "outlet_kind"),
    ("references", "carrier_kind"),
    ("crosscheck_references", "definition"),
    ("crosscheck_references", "timing"),
    ("searches", "direction"),
}


@pytest.fixture
def package():
    return read_datapackage(find_project())


def without_words(package, words):
    """The values of closed lists that have no word in one of the languages, or no group at all."""
    return [
        (resource["name"], field["name"], value)
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        for value in field.get("constraints", {}).get("enum", [])
        if (resource["name"], field["name"]) not in UNSAID
        if not has_words(words, f"{GROUPS.get((resource['name'], field['name']))}.{value}")
    ]


def has_words(words, key):
    return all(words.texts[lang].get(key) for lang in LANGS)


def test_every_enum_value_has_words(facts, package):
    assert without_words(package, facts.words) == []


def test_the_datapackage_has_the_closed_lists(package):
    lists = {
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if field.get("constraints", {}).get("enum")
    }
    assert lists == set(GROUPS) | UNSAID


def test_a_value_without_words_would_be_found(facts, package):
    changed = copy.deepcopy(package)
    links = next(resource for resource in changed["resources"] if resource["name"] == "links")
    kind = next(field for field in links["schema"]["fields"] if field["name"] == "kind")
    kind["constraints"]["enum"].append("merger")
    note = next(field for field in links["schema"]["fields"] if field["name"] == "note_en")
    note["constraints"] = {"enum": ["a new list"]}
    assert without_words(changed, facts.words) == [
        ("links", "kind", "merger"),
        ("links", "note_en", "a new list"),
    ]


def test_words_of_a_closed_list_differ(facts):
    for group in set(GROUPS.values()):
        for lang in LANGS:
            texts = [facts.words.say(f"{group}.{name}", lang) for name in facts.words.keys_of(group)]
            assert len(texts) == len(set(texts)), (group, lang)


def test_sections_platforms_and_readings_have_words(facts):
    sections = {str(section) for section in facts.indicators["section"]}
    assert sections == set(facts.words.keys_of("section")) == set(facts.words.keys_of("place"))
    choices = {item.name: set(item.choices) for item in parameters.CONTRACT}
    assert choices["platforms"] == set(facts.words.keys_of("platform"))
    assert choices["reading"] == set(facts.words.keys_of("reading"))


@pytest.mark.parametrize("lang", LANGS)
def test_the_font_has_every_character(facts, lang):
    texts = "".join(str(text) for text in facts.words.texts[lang].values())
    assert missing_glyphs(texts) == ""
