"""An id that is not there is named with its file, who asks for it, and what is near."""

import pickle

import pytest

from gba_analysis.analysis import derived
from gba_analysis.asked import Known, UnknownIdError, nearest
from gba_analysis.errors import DataError
from gba_analysis.figures.reading import ReadingRule
from gba_analysis.figures.tables import load
from gba_analysis.parameters import defaults
from gba_analysis.words import load_words, say
from gba_analysis.words.catalogue import engine_file

UNITS = Known({"firms": 1, ("a", "b"): 2}, file="data/units.csv")
RULE = ReadingRule.from_parameters(defaults())


@pytest.fixture(scope="module")
def facts(repository):
    return load(repository)


def problem(ask):
    with pytest.raises(DataError) as caught:
        ask()
    (found,) = caught.value.problems
    return found


def test_what_is_there_is_given():
    assert (UNITS["firms"], UNITS["a", "b"], UNITS.get("frims"), "frims" in UNITS) == (1, 2, None, False)


def test_what_is_not_there_is_told_with_what_is_near():
    found = problem(lambda: UNITS["frims"])
    assert (found.file, found.hint) == ("data/units.csv", "did you mean 'firms'?")
    assert found.found == "no 'frims', which a cell asks for"


def test_a_key_of_several_cells_is_told_too():
    found = problem(lambda: UNITS["a", "x"])
    assert found.found.startswith("no 'a, x', which") and found.hint == "did you mean 'a, b'?"


# By name: what asks, the file in which the id is missing, the id, who asks.
ASKED = {
    "a printed figure": (
        lambda facts: derived.indicator_entries(facts, RULE, ["li_firmz"]),
        "data/indicators.csv",
        "li_firmz",
        "gba_analysis/analysis/derived.py, line",
    ),
    "a derived indicator": (
        lambda facts: derived.interval_of(facts, RULE, defaults(), "research.nothing"),
        "data/derived.csv",
        "research.nothing",
        "gba_analysis/analysis/derived.py, line",
    ),
    "a unit": (lambda facts: facts.unit("labs"), "data/units.csv", "labs", "a cell"),
    "a reference": (lambda facts: facts.read_reference("gii", RULE), "data/references.csv", "gii", "a cell"),
    "an entity": (lambda facts: facts.rows("entities")["hkx"], "data/entities.csv", "hkx", "a cell"),
    "a column": (
        lambda facts: facts.rows("entities")["hku"]["colour"],
        "data/datapackage.json",
        "colour",
        "a cell",
    ),
}


@pytest.mark.parametrize("case", ASKED.values(), ids=ASKED)
def test_who_asks_the_data_is_told(facts, case):
    ask, file, id_, asker = case
    found = problem(lambda: ask(facts))
    assert found.file == file and found.found.startswith(f"no '{id_}', which {asker}")


ENGINES = "src/gba_analysis/words/zh.yml"


@pytest.mark.parametrize(
    ("key", "file", "near"),
    [
        ("verdict.confirmd", ENGINES, "verdict.confirmed"),
        ("panel.jointlab", "data/words.zh.yml", "panel.jointlabs"),
        # A group that neither has is one of the article's.
        ("panels.jointlabs", "data/words.zh.yml", "panel.jointlabs"),
    ],
)
def test_a_word_that_is_missing_is_told_with_the_catalogue_that_has_its_group(repository, key, file, near):
    found = problem(lambda: load_words(repository.data).say(key, "zh"))
    assert (found.file, found.hint) == (file, f"did you mean '{near}'?")


def test_the_engines_own_words_are_told_with_their_path():
    assert problem(lambda: say("verdict.confirmd", "zh")).file == ENGINES


def test_the_engines_catalogue_of_another_project_is_the_packages(tmp_path):
    assert engine_file("zh", tmp_path) == "the package's words/zh.yml"


def test_mappings_of_mappings_can_still_tell_what_they_hold():
    with pytest.raises(KeyError):
        UNITS["frims"]


def test_the_error_survives_pickling():
    with pytest.raises(UnknownIdError) as caught:
        UNITS["frims"]
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems and str(again) == str(caught.value)


@pytest.mark.parametrize(
    ("name", "likeness", "hint"),
    [("frms", 0.6, "did you mean 'firms'?"), ("x", 0.6, ""), ("fx", 0.2, "did you mean 'firms'?")],
)
def test_only_what_is_like_it_is_near(name, likeness, hint):
    assert nearest(name, ["firms", "units"], likeness) == hint
