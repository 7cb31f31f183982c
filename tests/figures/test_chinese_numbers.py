"""Chinese numerals are read in their usual form only, and written as another library writes them."""

import pytest
from cn2an import an2cn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gba_analysis.figures.chinese_numbers import DIGITS, LONGEST, MULTIPLIERS, TWO, read_number, write_number

unhurried = settings(deadline=None)


@unhurried
@given(st.integers(0, 10**16 - 1))
@example(0)
@example(10**16 - 1)
def test_numbers_are_written_as_another_library_writes_them(number):
    assert write_number(number) == an2cn(number)


@unhurried
@given(st.integers(0, 10**16 - 1))
def test_what_is_written_is_read(number):
    assert read_number(write_number(number)) == number
    assert len(write_number(number)) < LONGEST


@pytest.mark.parametrize(
    ("numerals", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十两", 12),
        ("百", 100),
        ("两百", 200),
        ("千零一十", 1010),
        ("两万", 20_000),
        ("百万", 10**6),
        ("万亿", 10**12),
    ],
)
def test_short_forms(numerals, number):
    assert read_number(numerals) == number


@pytest.mark.parametrize(
    "numerals",
    [
        "",
        *[
            "一十",
            "一十二",
            "一百一",
            "一百零",
            "零一",
            "零零",
            "二二",
            "一千百",
            "一千一十",
            "一千零一百",
            "百百",
            "千千一",
            "一亿十万",
            "一万零一千",
            "一亿亿零",
            "十十",
            "亿一",
            "〇",
            "点",
            "3",
        ],
    ],
)
def test_other_forms_are_refused(numerals):
    with pytest.raises(ValueError, match="expected a number in the usual form"):
        read_number(numerals)


@pytest.mark.parametrize("sign", [*DIGITS, TWO, *MULTIPLIERS])
def test_endless_numerals_are_refused(sign):
    with pytest.raises(ValueError, match="expected a number in the usual form"):
        read_number(sign * 5000)


@unhurried
@given(st.text("".join([DIGITS, TWO, *MULTIPLIERS]), max_size=8))
def test_what_is_read_is_the_usual_form(numerals):
    try:
        number = read_number(numerals)
    except ValueError:
        return
    assert numerals.replace(TWO, "二") in (write_number(number), write_number(number).removeprefix("一"))
