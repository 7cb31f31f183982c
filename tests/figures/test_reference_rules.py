"""Each rule of the tables about other sources is broken once, and found in its row and column with the
reason.
"""

import pytest


def set_link(copy, crosscheck, reference, **cells):
    """Change cells of one row of crosscheck_references.csv; its row number."""
    rows = copy.read("crosscheck_references")
    number = next(number for number, row in enumerate(rows, 1) if row[:2] == [crosscheck, reference])
    for column, cell in cells.items():
        rows[number - 1][rows[0].index(column)] = cell
    copy.write("crosscheck_references", rows)
    return number


# By name: table, key of the row, changed cells; column of the problem, how found begins, a part of expected.
CASES = {
    "unknown claim": (
        "crosschecks",
        "x_four_platforms",
        {"claim_id": "five_platforms", "indicator_id": ""},
        "claim_id",
        "'five_platforms'",
        "a value of the column id of data/claims.csv",
    ),
    "unknown indicator": (
        "crosschecks",
        "x_four_platforms",
        {"indicator_id": "platforms"},
        "indicator_id",
        "'platforms'",
        "a value of the column id of data/indicators.csv",
    ),
    "no outlet": (
        "references",
        "hengqin_hightech_2023_09",
        {"outlet_zh": ""},
        "outlet_zh",
        "an empty cell",
        "text",
    ),
    "no date": (
        "references",
        "hengqin_hightech_2023_09",
        {"published_on": ""},
        "published_on",
        "an empty cell",
        "of the form",
    ),
    "verdict outside the list": (
        "crosschecks",
        "x_hengqin_hightech",
        {"verdict": "false"},
        "verdict",
        "'false'",
        "one of confirmed, consistent, needs_context, in_tension, contradicted, not_found",
    ),
    "address unlike the page's": (
        "references",
        "gii_method_2025",
        {"address": "https://example.org/"},
        "address",
        "'https://example.org/'",
        "as 'gii_cluster_rank_2025' of the same page has",
    ),
    "grade unlike the page's": (
        "references",
        "gii_method_2025",
        {"outlet_kind": "press", "grade": "B"},
        "grade",
        "'B'",
        "'A', as 'gii_cluster_rank_2025' of the same page",
    ),
    "inferred, unlike the page": (
        "references",
        "gii_method_2025",
        {"date_inferred": "true"},
        "date_inferred",
        "'true'",
        "'false', as 'gii_cluster_rank_2025' of the same page has",
    ),
    "address malformed": (
        "references",
        "jointlabs_total_2022_02",
        {"address": "a page"},
        "address",
        "'a page'",
        "http",
    ),
    "address that ends its link": (
        "references",
        "jointlabs_total_2022_02",
        {"address": 'https://x.y/>)`<script>document.title="PWNED"</script>`{=html}'},
        "address",
        "the character '>'",
        "it percent-encoded, %3E",
    ),
    "address with an image": (
        "references",
        "jointlabs_total_2022_02",
        {"address": "https://x.z/>![z](/etc/hostname)"},
        "address",
        "the character '>'",
        "it percent-encoded, %3E",
    ),
    "address in Chinese": (
        "references",
        "jointlabs_total_2022_02",
        {"address": "https://example.org/琴"},
        "address",
        "the character '琴'",
        "it percent-encoded, %E7%90%B4",
    ),
    "address with a broken byte": (
        "references",
        "jointlabs_total_2022_02",
        {"address": "https://example.org/%E7%9"},
        "address",
        "'%9'",
        "two hexadecimal digits after %",
    ),
    "address without a machine": (
        "references",
        "jointlabs_total_2022_02",
        {"address": "https:///page"},
        "address",
        "'https:///page'",
        "the name of a machine",
    ),
    "address with half a bracket": (
        "references",
        "jointlabs_total_2022_02",
        {"address": "https://[::1/page"},
        "address",
        "'https://[::1/page'",
        "the name of a machine",
    ),
    "unit without a value": (
        "references",
        "gii_method_2025",
        {"unit": "rank"},
        "unit",
        "'rank'",
        "as there is no value",
    ),
    "value without a qualifier": (
        "references",
        "jointlabs_total_2022_02",
        {"qualifier": ""},
        "qualifier",
        "an empty cell",
        "a cell, as there is a value",
    ),
    "value that cannot be read": (
        "references",
        "jointlabs_total_2022_02",
        {"value": "20.5"},
        "value",
        "41/2",
        "a whole number, as the unit's kind is count",
    ),
    "two contradict each other, none chosen": (
        "references",
        "jointlabs_total_2024_11",
        {"period": "2022-02"},
        "chosen",
        "'jointlabs_total_2022_02' with [20, 20] and 'jointlabs_total_2024_11' with [31, 31]",
        "one of them chosen",
    ),
    "two chosen": (
        "references",
        "hengqin_macao_firms_2024_09_bound",
        {"chosen": "true"},
        "chosen",
        "'hengqin_macao_firms_2024_09' with [6552, 6552]",
        "no other (false)",
    ),
    "a choice without a reason": (
        "references",
        "hengqin_macao_firms_2024_09_bound",
        {"choice_zh": ""},
        "choice_zh",
        "an empty cell",
        "a reason with a choice",
    ),
    "a reason without a choice": (
        "references",
        "jointlabs_total_2022_02",
        {"choice_en": "Better grade."},
        "choice_en",
        "a reason",
        "neither without the other",
    ),
    "a promotional claim with a cross-check": (
        "claims",
        "four_platforms",
        {"kind": "promotional"},
        "kind",
        "promotional, with a cross-check",
        "none for a promotional one",
    ),
    "a hard claim without one": (
        "claims",
        "full_chain",
        {"kind": "hard"},
        "kind",
        "hard, without a cross-check",
        "a cross-check for each hard or soft claim",
    ),
    "an indicator of another claim": (
        "crosschecks",
        "x_four_platforms",
        {"indicator_id": "jointlabs"},
        "indicator_id",
        "'jointlabs' for the claim 'four_platforms'",
        "claim_indicators.csv",
    ),
    "a verdict that the rule does not give": (
        "crosschecks",
        "x_hengqin_hightech",
        {"verdict": "consistent"},
        "verdict",
        "'consistent'",
        "'in_tension', as the rule gives in_tension from hengqin_hightech_2023_09, "
        "in_tension from hengqin_hightech_2024_02, in_tension from hengqin_hightech_2024_12",
    ),
    "a verdict without a reference": (
        "crosschecks",
        "x_four_platforms",
        {"verdict": "confirmed"},
        "verdict",
        "'confirmed'",
        "'not_found', as the rule gives it without a reference",
    ),
    "a judgement without a reference": (
        "crosschecks",
        "x_four_platforms",
        {"verdict": "confirmed", "basis": "judgement"},
        "verdict",
        "'confirmed'",
        "'not_found'",
    ),
    "a judgement that nothing was found": (
        "crosschecks",
        "x_four_platforms",
        {"basis": "judgement"},
        "verdict",
        "'not_found' as a judgement",
        "the basis rule",
    ),
    "a party that is called a confirmation": (
        "crosschecks",
        "x_latin_center_approved",
        {"verdict": "confirmed"},
        "verdict",
        "'confirmed' as a judgement",
        "at most 'consistent', from latin_center_2022 (grade B, same, same, may not confirm)",
    ),
    "a repost that is called a contradiction": (
        "crosschecks",
        "x_synchrotron_building",
        {"verdict": "contradicted"},
        "verdict",
        "'contradicted' as a judgement",
        "at most 'in_tension', from synchrotron_universities_2024_10 (grade C,",
    ),
    "an announcement that is called a confirmation": (
        "crosschecks",
        "x_forum_fourth",
        {"verdict": "confirmed"},
        "verdict",
        "'confirmed'",
        "'consistent', as the rule gives consistent from forum_edition_2025_12",
    ),
    "a figure of another unit": (
        "crosschecks",
        "x_nscc_core_hours",
        {"claim_id": "nscc_teams", "indicator_id": "supercomputing_teams"},
        "indicator_id",
        "'supercomputing_teams' in 'teams' against 'nscc_core_hours_2020_07' in 'core_hours'",
        "one unit",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_broken_rule_is_found(copy, case):
    table, key, cells, column, found, expected = case
    row = copy.set(table, key, **cells)
    problems = [problem for problem in copy.problems() if problem.place == f"row {row}, column {column}"]
    assert {problem.file for problem in problems} == {f"data/{table}.csv"}
    assert len(problems) == 1 or column == "address"
    assert problems[0].found.startswith(found)
    assert expected in problems[0].expected


def test_an_unknown_reference_is_found(copy):
    row = set_link(copy, "x_jointlabs_total", "jointlabs_total_2022_02", reference_id="jointlabs_total_1999")
    problem = copy.problem()
    assert (problem.file, problem.place) == (
        "data/crosscheck_references.csv",
        f"row {row}, column reference_id",
    )
    assert problem.found == "'jointlabs_total_1999'"


@pytest.mark.parametrize(
    ("reference", "timing", "expected"),
    [("jointlabs_total_2022_02", "recent", "'earlier'"), ("jointlabs_total_2026_01", "earlier", "'recent'")],
)
def test_timing_follows_from_the_period(copy, reference, timing, expected):
    row = set_link(copy, "x_jointlabs_total", reference, timing=timing)
    [problem] = [problem for problem in copy.problems() if problem.file.endswith("crosscheck_references.csv")]
    assert problem.place == f"row {row}, column timing"
    assert problem.found.startswith(f"'{timing}' for the period ")
    assert problem.expected.startswith(expected)


def test_an_undated_figure_has_no_same_time(copy):
    row = set_link(copy, "x_hk_listed", "hk_listed_2025_06", timing="same")
    problem = copy.problems()[0]
    assert (problem.file, problem.place) == ("data/crosscheck_references.csv", f"row {row}, column timing")
    assert problem.found == "'same' for 'hk_listed', which the article does not date"
    assert problem.expected.startswith("'recent'")


@pytest.mark.parametrize(
    ("crosscheck", "reference", "decides", "found", "expected"),
    [
        ("x_hk_listed", "hk_listed_2025_06", "true", "'true'", "an empty cell, as the basis is rule"),
        (
            "x_cluster_rise",
            "gii_method_2025",
            "",
            "an empty cell",
            "true or false, as the basis is judgement",
        ),
        ("x_cluster_rise", "gii_metric_rank_pct_2025", "true", "'true' for a context", "'false'"),
    ],
)
def test_a_judgement_alone_says_what_decides_it(copy, crosscheck, reference, decides, found, expected):
    row = set_link(copy, crosscheck, reference, decides=decides)
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/crosscheck_references.csv", f"row {row}, column decides")
    assert problem.found == found and problem.expected.startswith(expected)


@pytest.mark.parametrize(
    "cells",
    [
        {"independence": "party"},
        {"event_on": "2025-12-31"},
        {"date_inferred": "true"},
        {"outlet_kind": "press", "grade": "C"},
    ],
    ids=["a party", "an announcement", "a date that is inferred", "a repost"],
)
def test_a_source_that_may_no_longer_confirm_changes_the_verdict(copy, cells):
    row = copy.set("crosschecks", "x_forum_first")
    copy.set("references", "forum_founded_2021", **cells)
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/crosschecks.csv", f"row {row}, column verdict")
    assert problem.found == "'confirmed'" and problem.expected.startswith("'consistent', as the rule gives")


def test_a_changed_figure_changes_what_the_rule_gives(copy):
    row = copy.set("crosschecks", "x_jointlabs_total")
    copy.set("references", "jointlabs_total_2026_01", value="36")
    problem = copy.problem()
    assert (problem.file, problem.place) == ("data/crosschecks.csv", f"row {row}, column verdict")
    assert problem.expected.startswith(
        "'in_tension', as the rule gives consistent from jointlabs_total_2022_02"
    )


@pytest.mark.parametrize(
    ("indicator", "found", "hint"),
    [
        ("hengqin_macao_fundet", "'hengqin_macao_fundet'", "did you mean 'hengqin_macao_funded'?"),
        ("", "'' in '' against", ""),
    ],
)
def test_an_unknown_figure_is_named_once_and_not_by_its_unit(copy, indicator, found, hint):
    row = copy.set("crosschecks", "x_hengqin_macao_funded", indicator_id=indicator)
    here = f"row {row}, column indicator_id"
    problems = [problem for problem in copy.problems() if problem.place == here]
    assert {problem.found[: len(found)] for problem in problems} == {found}
    assert {problem.hint for problem in problems} == {hint}
    assert ["one unit" in problem.expected for problem in problems].count(True) == (not indicator)


def test_a_chosen_reference_settles_a_contradiction(copy):
    copy.set(
        "references",
        "jointlabs_total_2022_02",
        chosen="true",
        choice_en="Better grade.",
        choice_zh="等级较高。",
    )
    copy.set(
        "references",
        "jointlabs_total_2024_11",
        period="2022-02",
        chosen="false",
        choice_en="A repost.",
        choice_zh="转载。",
    )
    assert copy.problems() == []
