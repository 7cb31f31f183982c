"""The same numbers in each language: what is equal in whatever form, and what is found if not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gba_analysis.figures.interval import Interval
from gba_analysis.figures.same_numbers import difference_text, missing_numbers
from gba_analysis.figures.text import exact_text, interval_text
from gba_analysis.figures.units import Unit


def missing(english, chinese):
    return missing_numbers({"en": english, "zh": chinese})


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("2,001–2,999 staff", "人员2001–2999人"),
        ("310–320 million", "3.1亿–3.2亿"),
        ("5,000–20,000", "5000–2万"),
        ("1.2 trillion", "1.2万亿"),
        ("38 million yuan", "3800万元"),
        ("12.0–19.9\u00a0%", "12.0%–19.9%"),
        ("−5 to 3\u00a0%", "−5%至3%"),
        ("9.0 %", "9%"),
        ("February 2024", "2024年2月"),
        ("on 3 May 2024 and in May 2023", "2024年5月3日和2023年5月"),
        ("It may fall in March 2024.", "2024年3月可能下降。"),
        ("in December", "12月"),
        ("grade B [14] [18]", "B级[14] [18]"),
        ("rank 2 of 2024", "2024年的第2位"),
        ("nearly 100", "近百名"),
        ("20,000-odd in 2 years", "两年两万余例"),
        ("1 and 1", "首届、唯一"),
        ("Six firms", "6家"),
        ("{b.x} of {a.y_2024}", "{a.y_2024}中的{b.x}"),
        ("One more reason, as both allow.", "又一理由，一般如此。"),
        ("", ""),
    ],
)
def test_the_same_numbers(english, chinese):
    assert missing(english, chinese) == {}


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ("2,001 staff", "201人", {"en": ("201",), "zh": ("2001",)}),
        ("310 million", "3.1万", {"en": ("31000",), "zh": ("310000000",)}),
        ("310 million", "31亿", {"en": ("3100000000",), "zh": ("310000000",)}),
        ("in May 2025", "2024年5月", {"en": ("2024",), "zh": ("2025",)}),
        ("in May 2025", "2025年6月", {"en": ("6",), "zh": ("5",)}),
        ("It may fall.", "5月下降。", {"en": ("5",)}),
        ("It is at rank 1.", "居前列。", {"zh": ("1",)}),
        ("", "第2位", {"en": ("2",)}),
        ("12\u00a0%", "12", {"en": ("12",), "zh": ("12%",)}),
        ("−5", "5", {"en": ("5",), "zh": ("−5",)}),
        ("12 of 12", "12项", {"zh": ("12",)}),
        ("nearly 100, nearly 100", "近百名", {"zh": ("100",)}),
        ("0.5", "0.55", {"en": ("0.55",), "zh": ("0.5",)}),
        ("10–19 million", "10–1900万", {"en": ("10",), "zh": ("10000000",)}),
        ("[12] [13]", "[12]", {"zh": ("13",)}),
        ("2 firms", "千万家", {"zh": ("2",)}),
        ("{a.x}", "{a.y}", {"en": ("{a.y}",), "zh": ("{a.x}",)}),
        ("{a.x} and {a.x}", "{a.x}", {"zh": ("{a.x}",)}),
        ("{a.x}", "5", {"en": ("5",), "zh": ("{a.x}",)}),
    ],
)
def test_other_numbers(english, chinese, expected):
    assert missing(english, chinese) == expected


def test_what_differs_is_said_with_the_texts():
    assert difference_text({"en": "33 of 35", "zh": "35家"}) == "zh does not say 33; en: 33 of 35; zh: 35家"
    assert difference_text({"en": "33", "zh": "33家"}) == ""


KINDS = ("count", "measure", "percent", "calendar_year")
UNITS = [Unit(id="", kind=kind, name_en="", name_zh="") for kind in KINDS]
NUMBERS = st.fractions(min_value=-(10**13), max_value=10**13, max_denominator=1000)


@given(NUMBERS, st.one_of(NUMBERS, st.just(math.inf)), st.booleans(), st.booleans(), st.sampled_from(UNITS))
def test_every_interval_is_written_with_the_same_numbers(one, other, low_open, high_open, unit):
    low, high = sorted((one, other))
    interval = Interval(low, high, low_open, high_open) if low < high else Interval.point(low)
    texts = {lang: interval_text(interval, unit, lang) for lang in ("en", "zh")}
    assert missing_numbers(texts) == {}, texts


@given(NUMBERS, st.integers(0, 3), st.sampled_from(UNITS))
def test_every_exact_number_is_written_as_the_same(number, decimals, unit):
    texts = {lang: exact_text(number, decimals, unit, lang) for lang in ("en", "zh")}
    assert missing_numbers(texts) == {}, texts
