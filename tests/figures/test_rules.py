"""Each rule between cells of data/ is broken once, and found in its row and column; what a rule allows
passes.
"""

import pytest

# By name: table, key of the row, changed cells; column of the problem, how found begins, a part of expected.
CASES = {
    "value": ("indicators", "hengqin_hightech", {"value": "239"}, "value", "239", "238, as '238家' says"),
    "value missing": (
        "indicators",
        "hetao_park_tenants",
        {"value": ""},
        "value",
        "an empty cell",
        "68, as '68家' says",
    ),
    "value of a vague figure": (
        "indicators",
        "vague_startups",
        {"value": "9"},
        "value",
        "9",
        "an empty cell, as",
    ),
    "value of a name": (
        "indicators",
        "name_p3",
        {"value": "3"},
        "value",
        "3",
        "an empty cell, as the class is name",
    ),
    "qualifier": (
        "indicators",
        "jointlabs_staff",
        {"qualifier": "reach"},
        "qualifier",
        "reach",
        "over, as '超2000名'",
    ),
    "qualifier of a name": (
        "indicators",
        "name_p3",
        {"qualifier": "over"},
        "qualifier",
        "over",
        "exact, as the class",
    ),
    "unit of a name": (
        "indicators",
        "name_p3",
        {"unit": "count"},
        "unit",
        "a unit",
        "no unit, as the class is name",
    ),
    "unit missing": (
        "indicators",
        "hetao_match_rate",
        {"unit": ""},
        "unit",
        "no unit",
        "a unit, as the class",
    ),
    "class vague": (
        "indicators",
        "jointlabs",
        {"class": "vague"},
        "class",
        "vague with the qualifier exact",
        "or neither",
    ),
    "printed": ("indicators", "jointlabs", {"printed": "几家"}, "printed", "'几家'", "a figure"),
    "parent of itself": (
        "indicators",
        "vague_hetao_branches",
        {"parent_id": "vague_hetao_branches"},
        "parent_id",
        "'vague_hetao_branches', which leads back",
        "not a part",
    ),
    "relation alone": (
        "indicators",
        "jointlabs",
        {"relation": "natural"},
        "relation",
        "the parent ''",
        "both or neither",
    ),
    "parent alone": (
        "indicators",
        "hetao_national_labs",
        {"relation": ""},
        "relation",
        "the parent 'hetao_n",
        "both or",
    ),
    "parent not counted": (
        "indicators",
        "vague_hetao_branches",
        {"parent_id": "ad_funding"},
        "parent_id",
        "'ad_funding', whose unit is 'yuan'",
        "a parent that is counted",
    ),
    "times": (
        "indicators",
        "year_ad_award",
        {"time_from": "2022"},
        "time_to",
        "'2021'",
        "no date before time_from",
    ),
    "dates": (
        "events",
        "ad_award",
        {"date_to": "2020-12"},
        "date_to",
        "'2020-12'",
        "no date before date_from",
    ),
    "event in another year": (
        "events",
        "forum_joint",
        {"date_from": "2023"},
        "date_from",
        "'2023'",
        "a date in 2024, as",
    ),
    "event elsewhere": (
        "events",
        "forum_joint",
        {"paragraph": "3"},
        "paragraph",
        "3",
        "2, as the figure 'year_forum_joint'",
    ),
    "event with another figure": (
        "events",
        "forum_joint",
        {"indicator_id": "year_forum_fourth"},
        "date_from",
        "'2024'",
        "a date in 2025, as",
    ),
    "ongoing": (
        "events",
        "open_funding",
        {"date_to": "2026"},
        "date_to",
        "'2026'",
        "an empty cell, as the event",
    ),
    "not an expression": (
        "derived",
        "research.mainland_led",
        {"expression": "jointlabs -"},
        "expression",
        "invalid syntax",
        "names, plain",
    ),
    "other construct": (
        "derived",
        "research.mainland_led",
        {"expression": "max(jointlabs)"},
        "expression",
        "max(jointlabs)",
        "names, plain",
    ),
    "unknown name": (
        "derived",
        "research.mainland_led",
        {"expression": "jointlab * 2"},
        "expression",
        "the unknown name 'jointlab'",
        "ids of",
    ),
    "vague input": (
        "derived",
        "research.mainland_led",
        {"expression": "vague_startups * 2"},
        "expression",
        "'vague_startups', which has no value",
        "with a value",
    ),
    "ratio of unlinked sets": (
        "derived",
        "research.hkm_led_share",
        {"expression": "hengqin_hightech / hkmt_hightech * 100"},
        "expression",
        "'hengqin_hightech' with 'hkmt_hightech'",
        "part of",
    ),
    "ratio of other sets": (
        "derived",
        "research.hkm_led_share",
        {"expression": "hk_unicorns / hk_listed * 100"},
        "expression",
        "'hk_unicorns' with 'hk_listed'",
        "part of",
    ),
    "ratio of two parts": (
        "derived",
        "platforms.hengqin_unicorn_share",
        {"expression": "hengqin_unicorns / hengqin_macao_funded"},
        "expression",
        "'hengqin_unicorns' with 'hengqin_macao_funded'",
        "part of",
    ),
    "difference of unlinked sets": (
        "derived",
        "research.mainland_led",
        {"expression": "hkmt_hightech - hengqin_hightech"},
        "expression",
        "'hkmt_hightech' with",
        "part of",
    ),
    "sound though natural": (
        "derived",
        "research.hkm_staff_share",
        {"soundness": "sound", "condition_en": "", "condition_zh": ""},
        "soundness",
        "sound, though the link of",
        "conditional",
    ),
    "sound though ambiguous": (
        "derived",
        "openness.forum_scientists_per_edition",
        {"soundness": "sound", "condition_en": "", "condition_zh": ""},
        "soundness",
        "sound, though the link of",
        "conditional",
    ),
    "sound with a condition": (
        "derived",
        "research.hkm_led_share",
        {"condition_en": "If so."},
        "condition_en",
        "a condition",
        "an empty cell",
    ),
    "no condition": (
        "derived",
        "research.hkm_staff_share",
        {"condition_zh": ""},
        "condition_zh",
        "an empty cell",
        "the condition",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_broken_rule_is_found(copy, case):
    copy.check_found(case)


def test_the_unknown_name_nearest_is_offered(copy):
    copy.set("derived", "research.machine_years", expression="supercomputing_core_hours / (core * 8760)")
    assert copy.problem().hint == "did you mean 'cores'?"


def test_a_circle_of_parents_is_reported_in_each_of_its_rows(copy):
    rows = [
        copy.set("indicators", "jointlabs", parent_id="jointlabs_hkm_led", relation="explicit"),
        copy.set("indicators", "jointlabs_hkm_led"),
    ]
    problems = copy.problems()
    assert [problem.place for problem in problems] == [f"row {row}, column parent_id" for row in rows]
    assert problems[0].found == "'jointlabs_hkm_led', which leads back to 'jointlabs'"
