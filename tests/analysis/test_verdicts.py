"""The verdicts for readers: their order, reasons and sources, and what a choice of grades changes."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from gba_analysis.analysis.cells import in_words
from gba_analysis.analysis.verdicts import (
    BASES,
    KINDS,
    VERDICT_COLUMNS,
    compact,
    summary_entries,
    unchecked_table,
    verdict_counts,
    verdict_entries,
    verdict_table,
    verdicts,
)
from gba_analysis.figures.datapackage import read_datapackage
from gba_analysis.figures.weight_rule import weight
from gba_analysis.project import find_project


def by_key(entries):
    return {entry["key"]: entry for entry in entries}


def test_the_weightiest_come_first_in_the_order_of_the_article(facts, rule):
    ids = list(verdicts(facts, rule))
    weights = [weight(facts, id_) for id_ in ids]
    assert weights == sorted(weights, reverse=True)
    assert ids[:3] == ["x_hengqin_hightech", "x_hengqin_macao_funded", "x_jointlabs_total"]
    table = in_words(verdict_table(facts, rule), facts, "en")
    assert list(table.columns) == VERDICT_COLUMNS
    assert list(table.index) == [id_ for id_ in ids if id_ in table.index]


def test_a_row_says_what_is_claimed_found_and_by_whom(facts, rule):
    row = in_words(verdict_table(facts, rule), facts, "en").loc["x_hengqin_hightech"]
    assert row["claim"] == "Hengqin has fostered 238 national high-tech enterprises in total."
    assert (row["verdict"], row["grade"], row["basis"]) == ("in tension", "B", "rule")
    assert row["reason"] == facts.crosschecks.loc["x_hengqin_hightech", "reason_en"]
    assert row["sources"] == "[16] [18] [19]"
    chinese = in_words(verdict_table(facts, rule), facts, "zh").loc["x_hengqin_hightech"]
    assert (chinese["verdict"], chinese["basis"], chinese["sources"]) == ("有出入", "规则", row["sources"])


def test_the_letter_is_that_of_the_source_that_decides(facts, rule):
    table = in_words(verdict_table(facts, rule), facts, "en")
    # Of grade B is only one that does not decide.
    assert table.loc["x_nansha_projects", "grade"] == "C"
    assert table.loc["x_nansha_registered", "grade"] == "C, a party’s own"
    assert table.loc["x_latin_center_approved", "grade"] == "B, a party’s own"
    assert table.loc["x_forum_first", "grade"] == "B"
    chinese = in_words(verdict_table(facts, rule), facts, "zh")
    assert chinese.loc["x_latin_center_approved", "grade"] == "B，当事方"


def test_checked_and_unchecked_claims_are_all(facts, rule):
    for grade in ("A", "B", "C"):
        found = set(in_words(verdict_table(facts, rule, grade), facts, "en").index)
        missing = set(in_words(unchecked_table(facts, grade), facts, "en").index)
        assert found | missing == set(facts.crosschecks.index) and not found & missing


def test_context_alone_is_shown_and_is_no_test(facts, rule):
    row = in_words(verdict_table(facts, rule), facts, "en").loc["x_hkmt_hightech"]
    assert (row["verdict"], row["grade"]) == ("not found", "–") and row["sources"]


def test_a_better_grade_leaves_sources_out_and_says_so(facts, rule):
    table = in_words(verdict_table(facts, rule, "B"), facts, "en")
    row = table.loc["x_hengqin_hightech"]
    assert (row["verdict"], row["sources"]) == ("in tension", "[19]")
    assert row["reason"].endswith("(This also names sources below the chosen grade; they do not count.)")
    changed = table.loc["x_nansha_projects"]
    assert changed["verdict"] == "consistent"
    assert "In the base scenario it is “needs context”: The article states more than 100" in changed["reason"]
    assert "x_synchrotron_building" in in_words(unchecked_table(facts, "B"), facts, "en").index


def test_a_changed_figure_changes_the_verdict_and_withdraws_the_reason(facts, rule):
    references = facts.references.copy()
    references.at["jointlabs_total_2026_01", "value"] = Fraction(36)
    changed = replace(facts, references=references)
    row = in_words(verdict_table(changed, rule), changed, "zh").loc["x_jointlabs_total"]
    assert row["verdict"] == "有出入" and row["reason"].startswith("此为按所选读法和来源等级得出的结论")


def test_counts_add_up(facts, rule):
    english = in_words(verdict_counts(facts, rule), facts, "en")
    assert english["count"].sum() == len(facts.crosschecks)
    for verdict, count in Counter(verdicts(facts, rule).values()).items():
        assert (
            english.loc[english["column"] == facts.words.say(f"verdict.{verdict}", "en"), "count"].sum()
            == count
        )


def test_the_ledger_has_every_verdict_and_count(facts, rule):
    entries = by_key(summary_entries(facts, rule))
    counts = {key: int(entry["low"]) for key, entry in entries.items()}
    assert (
        counts["claims.total"]
        == counts["claims.checkable"] + counts["claims.promotional"]
        == len(facts.claims)
    )
    assert counts["verdicts.total"] == counts["verdicts.tested"] + counts["verdicts.not_found"] == 82
    assert counts["verdicts.total"] == counts["verdicts.rule"] + counts["verdicts.judgement"]
    named = ("confirmed", "consistent", "needs_context", "in_tension", "contradicted")
    assert counts["verdicts.tested"] == sum(counts[f"verdicts.{name}"] for name in named)
    assert counts["references.sources"] == sum(counts[f"references.grade_{grade}"] for grade in "abc")
    better = by_key(summary_entries(facts, rule, "A"))
    assert int(better["references.sources"]["low"]) == counts["references.grade_a"]
    words = by_key(verdict_entries(facts, rule))
    assert len(words) == 82
    assert words["verdict.hengqin_hightech"]["text"] == {"en": "in tension", "zh": "有出入"}
    assert words["verdict.hengqin_hightech"]["word"] == "verdict.in_tension"
    assert words["verdict.hengqin_hightech"]["inputs"] == ["hengqin_hightech"]
    assert by_key(verdict_entries(facts, rule, "A"))["verdict.hengqin_hightech"]["text"]["en"] == "not found"


def test_a_page_shows_basis_and_grade_beside_verdict_and_sources(facts, rule):
    row = in_words(compact(verdict_table(facts, rule)), facts, "en").loc["x_hengqin_hightech"]
    assert row["verdict"] == "in tension (by rule)"
    assert row["sources"].startswith("B: [")
    assert (
        in_words(compact(verdict_table(facts, rule)), facts, "zh").loc["x_forum_record", "verdict"]
        == "有出入（依判断）"
    )


@pytest.mark.parametrize(
    ("table", "column", "names"), [("claims", "kind", KINDS), ("crosschecks", "basis", BASES)]
)
def test_what_is_counted_is_what_the_schema_allows(table, column, names):
    package = read_datapackage(find_project())
    (resource,) = (resource for resource in package["resources"] if resource["name"] == table)
    (field,) = (field for field in resource["schema"]["fields"] if field["name"] == column)
    assert list(names) == field["constraints"]["enum"]
