"""Each headline finding ends with its verdict, or says that it rests on the article alone; the same in both
languages.
"""

import re

import pytest

from gba_analysis.figures.tables import load

ALONE = {"en": "from the article alone", "zh": "仅据文章"}


def lines(repository, lang):
    """Of each finding: its id, and what follows its text."""
    source = (repository.report / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
    return dict(re.findall(r"^\d+\. .*\{\{< var findings\.(\w+) >\}\}(.*)$", source, re.MULTILINE))


def verdicts(text):
    return re.findall(r"var verdict\.(\w+)", text)


@pytest.mark.parametrize("lang", ALONE)
def test_every_finding_names_a_verdict_or_the_article_alone(repository, lang):
    facts, found = load(repository), lines(repository, lang)
    assert set(found) == set(facts.findings.index)
    for id_, text in found.items():
        assert verdicts(text) or ALONE[lang] in text, id_
        assert text.rstrip().endswith((")", "）"))


@pytest.mark.parametrize("lang", ALONE)
def test_a_verdict_is_about_the_findings_own_theme(repository, lang):
    facts = load(repository)
    for id_, text in lines(repository, lang).items():
        claims = facts.crosschecks.loc[[f"x_{name}" for name in verdicts(text)], "claim_id"]
        assert set(facts.claims.loc[claims, "theme"]) <= {facts.findings.loc[id_, "theme"]}, id_


def test_a_finding_that_cites_sources_names_a_verdict(repository):
    facts = load(repository)
    for id_, text in lines(repository, "en").items():
        assert bool(verdicts(text)) == ("ref." in facts.findings.loc[id_, "text_en"]), id_


def test_both_languages_name_the_same_verdicts(repository):
    english, chinese = (lines(repository, lang) for lang in ALONE)
    for id_, text in english.items():
        assert verdicts(text) == verdicts(chinese[id_]) and (ALONE["en"] in text) == (
            ALONE["zh"] in chinese[id_]
        ), id_
