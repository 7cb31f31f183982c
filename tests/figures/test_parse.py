"""Every kind of printed figure is parsed, and what is not a figure is refused in words."""

from fractions import Fraction

import pytest
from cn2an import an2cn
from hypothesis import given, settings
from hypothesis import strategies as st

from gba_analysis.errors import DataError
from gba_analysis.figures.parse import WORDS_BEFORE, Parsed, decimals_of, parse_printed
from gba_analysis.figures.reading import QUALIFIERS

unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("printed", "value", "qualifier", "decimals"),
    [
        ("超3.1亿核时", 310_000_000, "over", 1),
        ("超2000名", 2000, "over", 0),
        ("超10亿美元", 1_000_000_000, "over", 0),
        ("近百名", 100, "about_under", 0),
        ("近400人", 400, "about_under", 0),
        ("近两千人", 2000, "about_under", 0),
        ("两万余例", 20_000, "over_round", 0),
        ("十余家", 10, "over_round", 0),
        ("500余个", 500, "over_round", 0),
        ("400余位", 400, "over_round", 0),
        ("1.2万余人", 12_000, "over_round", 1),
        ("达82.4%", Fraction(412, 5), "reach", 1),
        ("达80%", 80, "reach", 0),
        ("达2788家", 2788, "reach", 0),
        ("15%", 15, "exact", 0),
        ("3800万元", 38_000_000, "exact", 0),
        ("1.23456万元", Fraction(123456, 10), "exact", 5),
        ("2万亿元", 2 * 10**12, "exact", 0),
        ("238家", 238, "exact", 0),
        ("四大", 4, "exact", 0),
        ("三地", 3, "exact", 0),
        ("三方", 3, "exact", 0),
        ("两年", 2, "exact", 0),
        ("十二家", 12, "exact", 0),
        ("一百一十家", 110, "exact", 0),
        ("三亿一千万元", 310_000_000, "exact", 0),
        ("第四届", 4, "exact", 0),
        ("第15届", 15, "exact", 0),
        ("首届", 1, "exact", 0),
        ("唯一", 1, "exact", 0),
        ("2021年度", 2021, "exact", 0),
        ("2019年", 2019, "exact", 0),
        ("2025", 2025, "exact", 0),
        ("榜首", 1, "rank", 0),
        ("百强", 100, "rank", 0),
        ("500强企业", 500, "rank", 0),
    ],
)
def test_value_qualifier_and_decimals(printed, value, qualifier, decimals):
    assert parse_printed(printed) == Parsed(value=Fraction(value), qualifier=qualifier, decimals=decimals)
    assert decimals_of(printed) == decimals
    assert qualifier in QUALIFIERS


@pytest.mark.parametrize(
    "printed",
    [
        "多个",
        "多所",
        "多项",
        "多位",
        "多年",
        "多点",
        "多城",
        "多层次",
        "一批",
        "一大批",
        "一系列",
        "系列",
        "之一",
    ],
)
def test_indefinite_expressions_have_no_value(printed):
    assert parse_printed(printed) == Parsed(value=None, qualifier="vague", decimals=0)


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("", "the number '' cannot be read"),
        ("多", "the number '' cannot be read"),
        ("家", "the number '' cannot be read"),
        ("超家", "the number '' cannot be read"),
        ("近年", "the number '' cannot be read"),
        ("P3", "the number '' cannot be read"),
        ("1.2.3万", "the number '1.2.3万' cannot be read"),
        (".", "the number '.' cannot be read"),
        ("3亿1000万元", "the number '3亿1000万' cannot be read"),
        ("3亿二千万元", "the number '3亿二千万' cannot be read"),
        ("2,000名", "',000名' is not a measure word"),
        ("1+1+1", "'+1+1' is not a measure word"),
        ("一点两地", "'点两地' is not a measure word"),
        ("一带一路", "'带一路' is not a measure word"),
        ("超超2000名", "the number '' cannot be read"),
        ("超30余家", "'余家' is not a measure word"),
        ("近超400人", "the number '' cannot be read"),
        ("第30余家", "'余家' is not a measure word"),
        ("达30余家", "'余家' is not a measure word"),
        ("超第四届", "the number '' cannot be read"),
        ("首都", "the number '' cannot be read"),
        ("约2000名", "the number '' cannot be read"),
        ("-5%", "the number '' cannot be read"),
        ("5%%", "'%%' is not a measure word"),
        ("238 家", "' 家' is not a measure word"),
        ("一二三家", "the number '一二三' cannot be read"),
        ("一亿十万元", "the number '一亿十万' cannot be read"),
        ("一万二元", "the number '一万二' cannot be read"),
        ("千千一家", "the number '千千一' cannot be read"),
    ],
)
def test_what_is_not_a_figure_is_refused(printed, reason):
    with pytest.raises(DataError) as caught:
        parse_printed(printed)
    (problem,) = caught.value.problems
    assert problem.found == f"'{printed}'"
    assert problem.expected.startswith("a figure: a number and a measure word, with 超, 近, 达, 第 before")
    assert problem.hint == reason


@unhurried
@given(st.integers(1, 10**15), st.sampled_from(["", "超", "近", "达", "第"]))
def test_chinese_and_arabic_numerals_agree(number, word):
    expected = Parsed(value=Fraction(number), qualifier=WORDS_BEFORE.get(word, "exact"))
    assert parse_printed(f"{word}{number}家") == expected
    assert parse_printed(f"{word}{an2cn(number)}家") == expected


@pytest.mark.parametrize("printed", ["一批", "多个", "榜首", "首届"])
def test_a_figure_in_words_has_no_decimals(printed):
    assert decimals_of(printed) == parse_printed(printed).decimals == 0


@unhurried
@given(st.decimals(0, 10**12, places=3), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
def test_decimals_before_a_multiplier_are_exact(number, multiplier):
    word, factor = multiplier
    assert parse_printed(f"{number:f}{word}元") == Parsed(
        value=Fraction(number) * factor, qualifier="exact", decimals=3
    )


@unhurried
@given(st.text("超近达第余多首零一两十百千万亿0123.%家强榜 ", max_size=6))
def test_any_text_is_parsed_or_refused(text):
    try:
        parsed = parse_printed(text)
        assert decimals_of(text) == parsed.decimals
    except DataError as error:
        assert f"found '{text}', expected a figure" in str(error)
    else:
        assert parsed.qualifier in QUALIFIERS
        assert (parsed.value is None) == (parsed.qualifier == "vague")
