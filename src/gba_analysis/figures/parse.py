"""Reading the words of a printed figure: its number, its qualifier and its decimals.

    >>> parse_printed("超3.1亿核时").qualifier
    'over'
    >>> parse_printed("超3.1亿核时").value
    Fraction(310000000, 1)

Only figures are parsed, not names that hold a numeral (一带一路). What the qualifier means for the number is
said in `reading`; which unit a measure word stands for is said in data/units.csv.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.chinese_numbers import DIGITS as CHINESE_DIGITS
from gba_analysis.figures.chinese_numbers import MULTIPLIERS, TWO, read_number

# Before the number. 超: more than it. 近: nearly, so less. 达: has come to it, which states the value.
# 第: the place in a series, which is exact.
WORDS_BEFORE = {"超": "over", "近": "about_under", "达": "reach", "第": "exact"}
# Between the number and the measure word. 余: and some more, but less than one more of the last stated digit.
# 强: among the best of a list, as many as the number says (百强 is the top hundred).
WORDS_AFTER = {"余": "over_round", "强": "rank"}
# Words that state a figure without a numeral: the top of a list, the first of a series, the only one.
WHOLE_WORDS = {"榜首": (1, "rank"), "首届": (1, "exact"), "唯一": (1, "exact")}
# More than one, without a number: 批 is a batch, 系列 a series, 之一 one of a number that is not stated.
INDEFINITE_WORDS = ("一批", "一大批", "一系列", "系列", "之一")
# 多 before a measure word is "several" (多个, 多所, 多年).
INDEFINITE_PREFIX = "多"

DIGITS = "0123456789."
NUMERALS = "".join([CHINESE_DIGITS, TWO, *MULTIPLIERS])


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """What a printed figure says.

    value: in the base unit (3.1亿 is 310000000; 82.4% is 82.4), None if vague. qualifier: one of
    `reading.QUALIFIERS`. decimals: decimals of the number as printed (3.1亿 has one).
    """

    value: Fraction | None
    qualifier: str
    decimals: int = 0


@cache
def parse_printed(printed: str) -> Parsed:
    """Parse a printed figure, from its qualifier to its measure word, such as 超3.1亿核时.

    Raises DataError if the words are not a figure.
    """
    if printed in INDEFINITE_WORDS or (printed.startswith(INDEFINITE_PREFIX) and len(printed) > 1):
        return Parsed(value=None, qualifier="vague")
    if printed in WHOLE_WORDS:
        number, qualifier = WHOLE_WORDS[printed]
        return Parsed(value=Fraction(number), qualifier=qualifier)
    return _parse_number(printed)


@cache
def decimals_of(printed: str) -> int:
    """How many decimals the number of a printed figure has: what `parse_printed` says, without a look at the
    rest of the figure.
    """
    return _decimals(_leading(printed[1:] if printed[:1] in WORDS_BEFORE else printed, DIGITS))


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def _parse_number(printed: str) -> Parsed:
    """A figure with a numeral and at most one word that qualifies it, before or after the numeral."""
    qualifier = WORDS_BEFORE.get(printed[:1])
    rest = printed[1:] if qualifier else printed
    numeral = _leading(rest, DIGITS + NUMERALS)
    rest = rest.removeprefix(numeral)
    if not qualifier and rest[:1] in WORDS_AFTER:
        qualifier, rest = WORDS_AFTER[rest[0]], rest[1:]
    digits = _leading(numeral, DIGITS)
    value = _number(printed, digits, numeral.removeprefix(digits))
    _check_measure_word(printed, rest)
    return Parsed(value=value, qualifier=qualifier or "exact", decimals=_decimals(digits))


def _leading(text: str, characters: str) -> str:
    """The longest beginning of `text` that is made of `characters`."""
    return text[: len(text) - len(text.lstrip(characters))]


def _number(printed: str, digits: str, chinese: str) -> Fraction:
    """The number of Arabic `digits`, then `chinese` numerals; one of them may be empty."""
    try:
        if not digits:
            return Fraction(read_number(chinese))
        if chinese.strip("".join(MULTIPLIERS)):
            raise ValueError("Chinese digits after Arabic ones")
        return Fraction(digits) * (read_number(chinese) if chinese else 1)
    except ValueError as error:
        raise _unreadable(printed, f"the number '{digits}{chinese}' cannot be read") from error


def _check_measure_word(printed: str, word: str) -> None:
    """Refuse a `word` that cannot be a measure word, which is letters without a numeral or qualifier, or
    %.
    """
    taken = {*WORDS_BEFORE, *WORDS_AFTER, *NUMERALS}
    if word not in ("", "%") and (not word.isalpha() or taken & set(word)):
        raise _unreadable(printed, f"'{word}' is not a measure word")


def _unreadable(printed: str, reason: str) -> DataError:
    expected = (
        f"a figure: a number and a measure word, with {', '.join(WORDS_BEFORE)} before the number or "
        f"{', '.join(WORDS_AFTER)} after it, or neither"
    )
    return DataError(Problem("printed figure", "", f"'{printed}'", expected, reason))
