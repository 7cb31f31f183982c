"""The texts a reader sees, in both languages; no interval is left without one."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gba_analysis import fonts
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.text import SCALES, exact_text, interval_text, number_text
from gba_analysis.figures.units import KINDS, Unit

INFINITE = math.inf
unhurried = settings(deadline=None)
MILLION = 10**6


def unit(kind: str) -> Unit:
    return Unit(id="any", kind=kind, name_en="things", name_zh="个")


def check(ends, kind, english, chinese):
    interval = Interval(*ends)
    assert interval_text(interval, unit(kind), "en") == english
    assert interval_text(interval, unit(kind), "zh") == chinese


@pytest.mark.parametrize(
    ("ends", "english", "chinese"),
    [
        ((238, 238), "238", "238"),
        ((2788, 2788), "2,788", "2788"),
        ((2001, INFINITE), "> 2,000", "> 2000"),
        ((2000, INFINITE, True), "> 2,000", "> 2000"),
        ((Fraction("112.5"), INFINITE), "≥ 112.5", "≥ 112.5"),
        ((2001, 2999), "2,001–2,999", "2001–2999"),
        ((20_001, 29_999), "20,001–29,999", "20,001–29,999"),
        ((9_999, 10_001), "9,999–10,001", "9999–10,001"),
        ((0, 399), "< 400", "< 400"),
        ((0, 400, False, True), "< 400", "< 400"),
        ((0, 0), "0", "0"),
        ((-INFINITE, 5), "< 6", "< 6"),
        ((-INFINITE, INFINITE), "any value", "任意值"),
        ((-5, 3), "−5 to 3", "−5至3"),
        ((-5, -3), "−5 to −3", "−5至−3"),
        # Derived: 80 % of 141 to 149, and shares of people.
        ((Fraction("112.1"), Fraction("119.9")), "112–120", "112–120"),
        ((Fraction("112.1"), Fraction("112.4")), "112.1–112.4", "112.1–112.4"),
        ((310 * MILLION, 310 * MILLION), "310,000,000", "310,000,000"),
    ],
)
def test_counts(ends, english, chinese):
    check(ends, "count", english, chinese)


@pytest.mark.parametrize(
    ("ends", "english", "chinese"),
    [
        ((Fraction("12.004"), Fraction("19.94")), "12.0–19.9\N{NO-BREAK SPACE}%", "12.0%–19.9%"),
        ((Fraction(3300, 238), Fraction(3300, 238)), "13.9\N{NO-BREAK SPACE}%", "13.9%"),
        (
            (Fraction("82.35"), Fraction("82.45"), False, True),
            "82.35–82.45\N{NO-BREAK SPACE}%",
            "82.35%–82.45%",
        ),
        ((Fraction("79.5"), Fraction("80.5"), False, True), "79.5–80.5\N{NO-BREAK SPACE}%", "79.5%–80.5%"),
        ((0, Fraction("19.94")), "≤ 19.9\N{NO-BREAK SPACE}%", "≤ 19.9%"),
        ((0, 20, True, True), "< 20.0\N{NO-BREAK SPACE}%", "< 20.0%"),
        ((80, INFINITE, True), "> 80.0\N{NO-BREAK SPACE}%", "> 80.0%"),
        ((Fraction("0.03"), Fraction("0.03")), "0.03\N{NO-BREAK SPACE}%", "0.03%"),
        ((1234, 1234), "1,234.0\N{NO-BREAK SPACE}%", "1234.0%"),
        # Half to even, on the exact fraction.
        ((Fraction("2.25"), Fraction("2.25")), "2.2\N{NO-BREAK SPACE}%", "2.2%"),
        ((Fraction("2.35"), Fraction("2.35")), "2.4\N{NO-BREAK SPACE}%", "2.4%"),
    ],
)
def test_percentages(ends, english, chinese):
    check(ends, "percent", english, chinese)


@pytest.mark.parametrize(
    ("ends", "english", "chinese"),
    [
        ((310 * MILLION, 320 * MILLION, True, True), "310–320 million", "3.1亿–3.2亿"),
        ((310 * MILLION, INFINITE, True), "> 310 million", "> 3.1亿"),
        ((310 * MILLION, INFINITE), "≥ 310 million", "≥ 3.1亿"),
        ((38 * MILLION, 38 * MILLION), "38 million", "3800万"),
        ((10**9, 2 * 10**9, True, True), "1–2 billion", "10亿–20亿"),
        ((6 * 10**9, 12 * 10**9, True, True), "6–12 billion", "60亿–120亿"),
        ((2 * 10**12, 3 * 10**12), "2–3 trillion", "2万亿–3万亿"),
        ((90 * MILLION, 110 * MILLION), "90–110 million", "9000万–1.1亿"),
        ((Fraction(38 * MILLION) / Fraction("7.1"),) * 2, "5.35 million", "535万"),
        ((999_999 + Fraction(9, 10),) * 2, "1 million", "100万"),
        ((1_234_567, 1_234_568), "1,234,567–1,234,568", "1,234,567–1,234,568"),
        (
            (Fraction(310 * MILLION, 599), Fraction(320 * MILLION, 501), True, True),
            "520,000–640,000",
            "52万–64万",
        ),
        ((Fraction(310, 87), Fraction(320, 87), True, True), "3.56–3.68", "3.56–3.68"),
        ((1, Fraction(5, 3)), "1.00–1.67", "1.00–1.67"),
        ((Fraction("3.96"), Fraction("4.04")), "3.96–4.04", "3.96–4.04"),
        ((2, 2), "2", "2"),
        ((0, 0), "0", "0"),
        ((0, 5, False, True), "< 5", "< 5"),
        ((0, INFINITE, True), "> 0", "> 0"),
        ((-INFINITE, 5), "≤ 5", "≤ 5"),
        ((Fraction(1, 80_000),) * 2, "0.0000125", "0.0000125"),
    ],
)
def test_measures(ends, english, chinese):
    check(ends, "measure", english, chinese)


@pytest.mark.parametrize(
    ("ends", "kind", "text"),
    [
        ((1, 1), "rank", "1"),
        ((1, 100), "rank", "1–100"),
        ((4, 4), "ordinal", "4"),
        ((2021, 2022, False, True), "calendar_year", "2021"),
        ((2021, 2021), "calendar_year", "2021"),
        ((2021, 2024), "calendar_year", "2021–2024"),
        ((Fraction("2021.5"), Fraction("2023.5")), "calendar_year", "2021–2023"),
        ((2021, INFINITE, False, True), "calendar_year", "≥ 2021"),
        ((12021, 12022, False, True), "calendar_year", "12021"),
    ],
)
def test_places_and_years(ends, kind, text):
    check(ends, kind, text, text)


def test_one_number_is_written_as_its_interval():
    assert number_text(2788, unit("count"), "en") == "2,788"
    assert number_text(Fraction(38 * MILLION), unit("measure"), "zh") == "3800万"


exact = st.fractions(-(10**13), 10**13) | st.fractions(0, 100, max_denominator=10**6) | st.integers(0, 10**13)
ends = st.tuples(exact, exact).map(sorted)
languages = st.sampled_from(["en", "zh"])


@unhurried
@given(ends, st.sampled_from(KINDS), languages, st.booleans(), st.booleans())
def test_every_interval_has_a_text_without_exponent(pair, kind, lang, no_low, no_high):
    interval = Interval(-INFINITE if no_low else pair[0], INFINITE if no_high else pair[1])
    text = interval_text(interval, unit(kind), lang)
    assert text.strip() == text != ""
    assert "e" not in text.removesuffix("any value").lower() and "inf" not in text


def written(text: str, lang: str) -> Fraction:
    """The number that a text of one number, with or without scale or percent sign, states."""
    text = text.replace(",", "").replace("\N{MINUS SIGN}", "-").removesuffix("%").rstrip("\N{NO-BREAK SPACE}")
    for power, word in SCALES[lang].items():
        if text.endswith(word):
            return Fraction(text.removesuffix(word)) * 10**power
    return Fraction(text)


@unhurried
@given(exact, st.sampled_from(["count", "measure", "rank", "ordinal"]), languages)
def test_a_single_number_is_written_close_to_its_value(value, kind, lang):
    assert abs(written(number_text(value, unit(kind), lang), lang) - value) <= abs(value) / 2000


@unhurried
@given(ends, st.sampled_from(["count", "percent", "measure"]))
def test_ends_that_differ_are_written_differently_and_close(pair, kind):
    low, high = pair
    text = interval_text(Interval(low, high), unit(kind), "zh")
    if low > 0 and low != high:
        stated = [written(part, "zh") for part in text.split("–")]
        assert stated[0] < stated[1]
        assert all(abs(found - end) <= (high - low) / 10 for found, end in zip(stated, pair, strict=True))
        assert all(abs(found - end) <= end / 20 for found, end in zip(stated, pair, strict=True))


def test_the_shipped_font_holds_every_sign():
    texts = [
        interval_text(interval, unit(kind), lang)
        for interval in (
            Interval(-INFINITE, INFINITE),
            Interval(-INFINITE, 5),
            Interval(0, 5, False, True),
            Interval(-5, 3),
            Interval(5, INFINITE),
            Interval(5, INFINITE, True),
            Interval(10**8, 10**12),
            Interval(38 * MILLION, 10**13),
        )
        for kind in KINDS
        for lang in ("en", "zh")
    ]
    assert fonts.missing_glyphs("".join(texts)) == ""


@pytest.mark.parametrize(
    ("value", "decimals", "kind", "english", "chinese"),
    [
        ("1.07", 2, "percent", "1.07\u00a0%", "1.07%"),
        ("9", 1, "percent", "9.0\u00a0%", "9.0%"),
        ("80", 0, "percent", "80\u00a0%", "80%"),
        ("2291", 0, "measure", "2,291", "2291"),
        ("460000000", 0, "measure", "460 million", "4.6亿"),
        ("38000000", 0, "measure", "38 million", "3800万"),
        ("0", 0, "measure", "0", "0"),
        ("127418", 0, "count", "127,418", "127,418"),
        ("2024", 0, "calendar_year", "2024", "2024"),
    ],
)
def test_a_number_of_a_source_keeps_all_its_digits(value, decimals, kind, english, chinese):
    texts = [exact_text(Fraction(value), decimals, unit(kind), lang) for lang in ("en", "zh")]
    assert texts == [english, chinese]
