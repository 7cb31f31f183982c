"""Expressions are read exactly, computed as intervals, refused in words, and combine linked figures only."""

import math
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis.errors import DataError, GbaError
from gba_analysis.figures.expression import parse_expression, relations_between
from gba_analysis.figures.interval import Interval

VALUES = {"a": Interval(2, 4), "b": Interval(10, 20, high_open=True), "n": 5, "rate": Fraction(71, 10)}


def evaluate(text):
    return parse_expression(text).evaluate(VALUES.__getitem__)


@pytest.mark.parametrize(
    ("text", "low", "high", "low_open", "high_open"),
    [
        ("a", 2, 4, False, False),
        ("a / b * 100", 10, 40, True, False),
        ("b - a", 6, 18, False, True),
        ("100 - a / b * 100", 60, 90, False, True),
        ("(b - a) / (n - 2)", 2, 6, False, True),
        ("b - a - 1", 5, 17, False, True),
        ("n * 8760", 43800, 43800, False, False),
        ("a * rate", Fraction(71, 5), Fraction(142, 5), False, False),
        ("0.1 + 0.2", Fraction(3, 10), Fraction(3, 10), False, False),
    ],
)
def test_bounds_are_those_computed_by_hand(text, low, high, low_open, high_open):
    assert evaluate(text) == Interval(low, high, low_open, high_open)


def test_an_open_end_stays_open():
    assert parse_expression("a * 2").evaluate(lambda name: Interval(1, math.inf, low_open=True)) == Interval(
        2, math.inf, low_open=True
    )


def test_each_name_is_listed_once_in_order():
    assert parse_expression("(b - a) / b * 100 + c").names == ("b", "a", "c")


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_a_number_is_exactly_what_is_written(number):
    assert parse_expression(f"{number:f}").evaluate(VALUES.__getitem__) == Interval.point(Fraction(number))


@pytest.mark.parametrize(
    ("text", "found", "place"),
    [
        ("a ** 2", "a ** 2", "character 1"),
        ("b + -a", "-a", "character 5"),
        ("a // b", "a // b", "character 1"),
        ("max(a, b)", "max(a, b)", "character 1"),
        ("a.real", "a.real", "character 1"),
        ("a * b[0]", "b[0]", "character 5"),
        ("a < b", "a < b", "character 1"),
        ("a * 'b'", "'b'", "character 5"),
        ("a * 1e3", "1e3", "character 5"),
        ("a * 0x10", "0x10", "character 5"),
        ("a * 1_000", "1_000", "character 5"),
        ("a * True", "True", "character 5"),
        ("(a, b)", "(a, b)", "character 1"),
    ],
)
def test_other_constructs_are_refused_with_their_place(text, found, place):
    with pytest.raises(DataError) as caught:
        parse_expression(text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.place, problem.found) == (f"expression {text!r}", place, found)


@pytest.mark.parametrize(
    "text", ["", "  ", "a -", "(a", "a b", "3家", "a = 1", "a\nb", "a\0", "(" * 500 + "a" + ")" * 500]
)
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(DataError) as caught:
        parse_expression(text)
    assert caught.value.problems[0].expected == "names, plain numbers, + - * / and parentheses"


def test_all_constructs_are_reported_together():
    with pytest.raises(DataError) as caught:
        parse_expression("f(a) / g(b)")
    assert [problem.found for problem in caught.value.problems] == ["f(a)", "g(b)"]


def test_division_by_what_may_be_zero_is_refused():
    with pytest.raises(GbaError, match="divisor"):
        evaluate("a / (a - 3)")


def test_numbers_are_told_apart_by_their_places():
    assert parse_expression("2 * a - 2.5 + 10 / 4").evaluate(lambda name: 3) == Interval.point(6)


def test_an_expression_survives_pickling():
    expression = pickle.loads(pickle.dumps(parse_expression("a / b * 100")))
    assert expression.evaluate(VALUES.__getitem__) == evaluate("a / b * 100")


def indicator(parent="", relation="", cls="measure", entity="x"):
    return {"parent_id": parent, "relation": relation, "class": cls, "entity_id": entity}


INDICATORS = {
    "whole": indicator(),
    "part": indicator("whole", "explicit"),
    "guess": indicator("whole", "natural"),
    "detail": indicator("guess", "explicit"),
    "first": indicator(cls="structural", entity="forum"),
    "fourth": indicator(cls="structural", entity="forum"),
    "elsewhere": indicator(cls="structural", entity="prize"),
    "attendance": indicator(entity="forum"),
    "egg": indicator("hen", "explicit"),
    "hen": indicator("egg", "explicit"),
    "orphan": indicator("gone", "explicit"),
}


@pytest.mark.parametrize(
    ("one", "other", "relations"),
    [
        ("part", "whole", ("explicit",)),
        ("whole", "part", ("explicit",)),
        ("detail", "whole", ("explicit", "natural")),
        ("first", "fourth", ()),
        ("part", "guess", None),
        ("part", "first", None),
        ("first", "elsewhere", None),
        ("attendance", "fourth", None),
        ("egg", "whole", None),
        ("egg", "hen", ("explicit",)),
        ("orphan", "whole", None),
    ],
)
def test_only_linked_figures_may_be_combined(one, other, relations):
    assert relations_between(one, other, INDICATORS) == relations
