"""Each rule of key_figures.csv is broken once, and found in its row and column with the reason."""

import pytest

# By name: table, key of the row, changed cells; column of the problem, how found begins, a part of expected.
CASES = {
    "unknown key": (
        "key_figures",
        "research.jointlabs",
        {"key": "research.labs", "crosscheck_id": ""},
        "key",
        "'research.labs'",
        "an indicator with a value, after its theme, or a key of derived.csv",
    ),
    "key of another theme": (
        "key_figures",
        "research.jointlabs",
        {"key": "industry.jointlabs"},
        "key",
        "'industry.jointlabs'",
        "after its theme",
    ),
    "figure without a value": (
        "key_figures",
        "research.jointlabs",
        {"key": "evidence.name_yidian_liangdi", "crosscheck_id": ""},
        "key",
        "'evidence.name_yidian_liangdi'",
        "with a value",
    ),
    "value that rests on an assumption": (
        "key_figures",
        "research.hours_per_team",
        {"key": "research.machine_years"},
        "key",
        "'research.machine_years', which rests on 'cores'",
        "indicators alone",
    ),
    "verdict left out": (
        "key_figures",
        "platforms.hengqin_hightech",
        {"crosscheck_id": ""},
        "crosscheck_id",
        "an empty cell",
        "one of x_hengqin_hightech",
    ),
    "verdict of another figure": (
        "key_figures",
        "platforms.hengqin_hightech",
        {"crosscheck_id": "x_cluster_first"},
        "crosscheck_id",
        "'x_cluster_first'",
        "one of x_hengqin_hightech",
    ),
    "ratio that borrows a verdict": (
        "key_figures",
        "research.hkm_staff_share",
        {"crosscheck_id": "x_jointlabs_staff"},
        "crosscheck_id",
        "'x_jointlabs_staff', which tests 'jointlabs_staff'",
        "of the derived value itself",
    ),
    "unknown cross-check": (
        "key_figures",
        "industry.li_unicorn_share",
        {"crosscheck_id": "x_li"},
        "crosscheck_id",
        "'x_li'",
        "data/crosschecks.csv",
    ),
    "number in words": (
        "key_figures",
        "research.jointlabs",
        {"set_en": "35 of them"},
        "set_en",
        "a digit in '35 of them'",
        "in the value alone",
    ),
    "no label": ("key_figures", "research.jointlabs", {"name_zh": ""}, "name_zh", "an empty cell", "text"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_broken_rule_is_found(copy, case):
    copy.check_found(case)


def test_an_untested_figure_names_no_cross_check(copy):
    copy.set(
        "key_figures", "research.jointlabs", key="openness.year_training", crosscheck_id="x_jointlabs_total"
    )
    copy.set("crosschecks", "x_training_2025", indicator_id="")
    problem = copy.problem()
    assert (
        problem.found == "'x_jointlabs_total'"
        and problem.expected == "an empty cell, as no cross-check tests the figure"
    )


def test_a_figure_twice_is_found(copy):
    rows = copy.read("key_figures")
    copy.write("key_figures", [*rows, rows[1]])
    found = {problem.found for problem in copy.problems()}
    assert any(text.startswith(f"'{rows[1][0]}', the same as") for text in found)


def test_too_many_cards_are_found(copy):
    rows = copy.read("key_figures")
    copy.write("key_figures", [*rows, ["research.another", *rows[1][1:]]])
    found = {problem.found: problem for problem in copy.problems()}
    assert (
        found["a further card"].expected == "at most 12 cards" and found["a further card"].place == "row 14"
    )
