"""How far conclusions hold: sets of values, counts and flips worked out by hand, on the real figures."""

import math
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis import parameters as contract
from gba_analysis.analysis.derived import evaluate
from gba_analysis.analysis.findings import OUTCOMES, judge, parse_test
from gba_analysis.analysis.grid import exact, grid, key_of, range_of, values_of
from gba_analysis.analysis.key_values import intervals_of, value_source
from gba_analysis.analysis.platforms import summary_entries
from gba_analysis.analysis.robustness import flips, simplest_between, tallies
from gba_analysis.errors import DataError
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.reading import READINGS

POINT = Interval.point
CONTRACT = {item.name: item for item in contract.CONTRACT}


@pytest.fixture(scope="session")
def source(facts):
    return value_source(facts)


def flips_of(test, source, values, **changes):
    """Each flip as (reading, parameter, direction, value, after)."""
    found = flips({"f": parse_test(test)}, source, {**values, **changes})
    assert all(flip.finding == "f" and flip.before != flip.after for flip in found)
    return [(flip.reading, flip.parameter, flip.direction, flip.value, flip.after) for flip in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("near_shortfall", ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5"]),
        ("over_excess", ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]),
        ("cores", ["1", "10", "100", "1000", "10000", "100000", "1000000", "10000000"]),
        ("usd_cny", ["5", "6", "7", "7.1", "8", "9", "10"]),
    ],
)
def test_values_of_a_number_come_from_its_range(name, expected):
    assert values_of(CONTRACT[name], CONTRACT[name].default) == tuple(map(F, expected))


def test_the_chosen_value_is_always_among_them():
    assert F("0.15") in values_of(CONTRACT["near_shortfall"], 0.15)
    assert values_of(CONTRACT["cores"], 12_345).count(12_345) == 1


def test_values_of_choices_and_lists():
    assert values_of(CONTRACT["reading"], "tight") == READINGS
    assert values_of(CONTRACT["include_names"], True) == (False, True)
    assert values_of(CONTRACT["platforms"], ["hengqin", "nansha", "hetao"]) == (
        ["hengqin", "nansha", "hetao"],
        ["nansha", "hetao"],
        ["hengqin", "hetao"],
        ["hengqin", "nansha"],
    )
    assert values_of(CONTRACT["platforms"], ["hengqin", "nansha"]) == (["hengqin", "nansha"],), (
        "one alone is not allowed"
    )


def test_only_numbers_have_a_range():
    assert range_of(CONTRACT["near_shortfall"]) == (F(1, 100), F(1, 2))
    with pytest.raises(ValueError, match="found platforms, a choices, expected a number"):
        range_of(CONTRACT["platforms"])


def test_every_value_tried_is_allowed(values):
    for cell in grid(values):
        plain = {name: float(value) if isinstance(value, F) else value for name, value in cell.items()}
        assert contract.check(plain | {name: int(plain[name]) for name in ("cores", "min_links")})


def test_the_grid_is_every_reading_and_each_other_parameter_alone(values):
    cells = grid(values)
    assert cells[0] == values
    assert len({key_of(cell) for cell in cells}) == len(cells)
    # 3 readings x 6 x 7; under each reading, every other value of each other parameter.
    others = sum(len(values_of(CONTRACT[name], values[name])) - 1 for name in values if name not in NOT_ALONE)
    assert len(cells) == 3 * 6 * 7 + 3 * others
    assert {cell["lang"] for cell in cells} == {"en"}


def test_a_number_is_the_decimal_it_is_written_as():
    next_to = F(0.1)
    assert next_to == 0.1 and exact(0.1) == F(1, 10) and exact(next_to) == next_to
    assert exact(7) == exact(7.0) == 7


NOT_ALONE = ("lang", "reading", "near_shortfall", "over_excess")


def test_a_notebooks_parameters_alone_can_be_tried():
    values = contract.defaults("01_evidence")
    assert {name for cell in grid(values) for name in cell} == set(values)


def tally(test, source, values):
    """(holds, open, fails, parameters it depends on) under each reading."""
    found = tallies({"f": parse_test(test)}, source, values)
    assert all(tally.holds + tally.open + tally.fails == tally.sets for tally in found)
    return {tally.reading: (tally.holds, tally.open, tally.fails, tally.depends_on) for tally in found}


def test_counts_worked_out_by_hand(source, values):
    # 近400人 is at least 400 * (1 - s), 超2000名 at most 2999, or 2000 * (1 + e) read tightly; 4 of 35 are
    # 11.43 %. Conventional: 343 of 2999 are more than that, 342 less: it holds for 0.01, 0.02, 0.05, 0.1, not
    # for 0.2, 0.5. Tight, with the smaller of s and e: it fails to hold for 0.2 with 0.5 and 1 (320 of 2999),
    # 0.5 with 0.5 and 1.
    assert tally("research.hkm_led_share < research.hkm_staff_share", source, values) == {
        "strict": (0, 1, 0, ()),
        "conventional": (4, 2, 0, ("near_shortfall",)),
        "tight": (38, 4, 0, ("near_shortfall", "over_excess")),
    }


@pytest.mark.parametrize(
    "text",
    [
        "research.hkm_led_share < research.hkm_staff_share",
        "platforms.compared == 4 and evidence.figures_counted > 70",
    ],
)
def test_counts_are_those_of_every_set_judged_on_its_own(source, values, text):
    test = parse_test(text)
    found = tally(text, source, values)
    for reading in READINGS:
        outcome = {}
        for cell in (cell for cell in grid(values) if cell["reading"] == reading):
            place = tuple(dict(zip(cell, key_of(cell), strict=True))[name] for name in found[reading][-1])
            outcome.setdefault(place, set()).add(judge(test, source(cell)))
        assert all(len(outcomes) == 1 for outcomes in outcome.values())
        assert found[reading][:3] == tuple(
            sum(name in each for each in outcome.values()) for name in OUTCOMES
        )


def test_exact_figures_depend_on_no_parameter(source, values):
    assert tally("research.hkm_led_share < 50", source, values) == dict.fromkeys(READINGS, (1, 0, 0, ()))


@pytest.mark.parametrize("study", [tallies, flips])
def test_an_unknown_key_is_an_error_in_words(study, source, values):
    with pytest.raises(DataError, match=r"did you mean 'research\.hkm_led_share'"):
        study({"f": parse_test("research.hkm_lead_share < 50")}, source, values)


def test_other_parameters_are_tried_where_they_matter(source, values):
    # All four, and each of four lists without one.
    assert tally("platforms.compared == 4", source, values)["tight"] == (1, 0, 4, ("platforms",))
    assert tally("evidence.figures_counted == 71", source, values)["strict"] == (1, 0, 1, ("include_names",))
    # More than 1 billion dollars: certain at 7, 7.1, 8, 9 and 10 yuan, as the end at 7 billion is left out.
    assert tally("industry.li_valuation_cny > 7000000000", source, values)["strict"] == (
        5,
        2,
        0,
        ("usd_cny",),
    )


def test_indicators_may_be_named_with_and_without_their_theme(source, values):
    lookup = source(values)
    assert lookup["jointlabs"] == lookup["research.jointlabs"] == POINT(35)
    assert "platforms.jointlabs" not in lookup and "research" not in lookup and "" not in lookup
    with pytest.raises(DataError, match="vague_startups: found no value"):
        lookup["industry.vague_startups"]


def test_the_values_are_those_that_notebooks_publish(facts, rules, source, values):
    for name in READINGS:
        lookup, published = source({**values, "reading": name}), evaluate(facts, rules[name], values)
        assert {key: lookup[key] for key in published} == {k: item.interval for k, item in published.items()}
    counts = intervals_of(summary_entries(facts, values["platforms"]))
    assert {key: source(values)[key] for key in counts} == counts


def test_every_listed_key_has_a_value(source, values):
    lookup = source(values)
    assert len(lookup) == len(set(lookup)) > 100
    assert all(isinstance(lookup[key], Interval) for key in lookup)


def test_a_flip_worked_out_by_hand(source, values):
    # More than 10 % of 2999 takes 300 persons; 400 * (1 - s) rounds up to 300 while it is above 299: s <
    # 101/400.
    found = flips_of("research.hkm_staff_share > 10", source, values)
    assert ("conventional", "near_shortfall", "up", F(101, 400), "open") in found
    # Read tightly, the shortfall is at most over_excess = 0.1, so nothing moves; strictly, no share is too
    # small.
    assert found == [
        ("conventional", "reading", "set", "strict", "open"),
        ("conventional", "near_shortfall", "up", F(101, 400), "open"),
    ]


def test_an_upper_end_that_no_parameter_moves_never_flips(source, values):
    # At most 399 of at least 2001 in every reading: 19.94 %.
    assert flips_of("research.hkm_staff_share < 20", source, values) == []
    assert tally("research.hkm_staff_share < 20", source, values)["tight"][:3] == (42, 0, 0)


def test_a_tolerance_is_read_in_the_reading_where_it_acts(source, values):
    # 超140家 read tightly ends at 140 * (1 + e), at most 149: at most 145 while that is below 146, e < 6/140.
    found = flips_of("li_firms <= 145", source, values)
    (reading, parameter, direction, value, after) = found[-1]
    assert (reading, parameter, direction, after) == ("tight", "over_excess", "down", "holds")
    # At 6/140 itself 146 firms are possible; the flip comes just below.
    assert 0 < F(6, 140) - value <= F(2, 10**9)
    assert len(found) == 1


def test_a_whole_number_flips_at_an_exact_value(source, values):
    # 310 million core-hours take more than a year up to 310,000,000 / 8760 = 35388.1 cores.
    found = flips_of("research.machine_years > 1", source, values)
    assert [row for row in found if row[0] == "conventional"] == [
        ("conventional", "cores", "up", 35_389, "open")
    ]
    # Below 320,000,000 / 8760 = 36529.7 it is open, from there on it fails.
    later = flips_of("research.machine_years > 1", source, values, cores=36_000)
    assert ("conventional", "cores", "down", 35_388, "holds") in later
    assert ("conventional", "cores", "up", 36_530, "fails") in later


def test_a_flip_at_a_round_number_is_that_number(source, values):
    # Above 1, below 2 billion dollars: more than 8 billion yuan is certain from 8 yuan for a dollar.
    found = flips_of("industry.li_valuation_cny > 8000000000", source, values)
    assert ("conventional", "usd_cny", "up", F(8), "holds") in found
    assert not any(direction == "down" for _, _, direction, _, _ in found), (
        "fails only at 4 yuan, out of range"
    )


def test_flips_start_at_the_chosen_value(source, values):
    found = flips_of("research.hkm_staff_share > 10", source, values, near_shortfall=0.4)
    value = next(row[3] for row in found if row[:3] == ("conventional", "near_shortfall", "down"))
    # Just below 101/400 it holds again.
    assert 0 < F(101, 400) - value <= F(1, 10**9)
    assert ("conventional", "reading", "set", "tight", "holds") in found


def test_choices_flip_at_each_value_with_another_outcome(source, values):
    assert flips_of("platforms.shared == 0", source, values) == []
    found = flips_of("platforms.compared == 4", source, values)
    lists = [
        value
        for reading, parameter, _, value, _ in found
        if (reading, parameter) == ("conventional", "platforms")
    ]
    assert len(lists) == 4 and all(len(value) == 3 for value in lists)


@given(st.fractions(min_value=F(1, 1000), max_value=100), st.fractions(min_value=F(1, 1000), max_value=100))
def test_the_simplest_fraction_lies_between_and_is_the_simplest(one, other):
    low, high = sorted((one, other))
    found = simplest_between(low, high)
    assert low <= found <= high
    smaller = (F(math.ceil(low * size), size) for size in range(1, min(found.denominator, 60)))
    assert not any(fraction <= high for fraction in smaller)
