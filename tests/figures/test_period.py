"""ISO years and months as stretches of time."""

from fractions import Fraction

import pytest

from gba_analysis.figures.period import period_ends


@pytest.mark.parametrize(
    ("period", "begin", "end"),
    [
        ("2021", 2021, 2022),
        ("2021-01", 2021, Fraction(24253, 12)),
        ("2021-11", Fraction(24262, 12), Fraction(24263, 12)),
        ("2021-12", Fraction(24263, 12), 2022),
    ],
)
def test_a_period_goes_from_its_beginning_to_the_beginning_of_the_next(period, begin, end):
    assert period_ends(period) == (begin, end)


@pytest.mark.parametrize("period", ["", "May 2021", "2021-11-03"])
def test_another_form_is_refused(period):
    with pytest.raises(ValueError, match="invalid literal"):
        period_ends(period)
