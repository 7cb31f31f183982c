"""The numbers that a text says in each language, so that a text and its translation can be compared.

    missing_numbers({"en": "12 of 310 million", "zh": "3.1亿中的12项"})   # {}
    missing_numbers({"en": "in May 2025", "zh": "2024年5月"})             # {"en": ("2024",), "zh": ("2025",)}

A number is its exact value: 310 million is 3.1亿, 2,001 is 2001, May is 5月; 12 % is not 12. Each counts as
often as it is said. What one text says in digits the other must say too, in digits or in words (首届, 两年).
Numbers that both write as words are not compared, as `one more reason` and 一个 are none. A placeholder
`{key}` is compared as it stands.

The failure that led to this: a title stated a rank in Chinese, and in English that there was none. How a
number is written is said in `text`; whether it may be typed at all is not asked here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain

from gba_analysis.figures.chinese_numbers import DIGITS, MULTIPLIERS, TWO, read_number

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
# Verbs too: they are months only beside the digits of a date.
VERBS = ("March", "May")
SCALES = {
    "%": 1,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "万": 10**4,
    "亿": 10**8,
    "万亿": 10**12,
}
# In a range these stand at the last end for both; 万 and 亿 count the end alone that they follow.
SHARED = ("%", "thousand", "million", "billion", "trillion")
CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
ENGLISH = {word: number for number, word in chain(enumerate(CARDINALS), enumerate(ORDINALS, 1))}
# 首届 is the first of its kind.
FIRST = "首"

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SURE = "|".join(name for name in MONTHS if name not in VERBS)
_VERB = "|".join(VERBS)
_MONTH = re.compile(rf"\b(?:{_SURE})\b|\b(?:{_VERB})(?=,? \d)|(?<=\d )(?:{_VERB})\b")
_NUMBER = re.compile(
    r"(?P<minus>−?)(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:\s*(?P<scale>%|(?:thousand|million|billion|trillion)\b|万亿|亿|万))?"
)
_ENGLISH_WORD = re.compile(rf"\b(?:{'|'.join(ENGLISH)})\b", re.IGNORECASE)
# Behind a digit 万 is its scale.
_CHINESE_WORD = re.compile(rf"{FIRST}|(?<!\d)[{DIGITS}{TWO}{''.join(MULTIPLIERS)}]+")


def missing_numbers(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """What each of `texts`, by language, lacks that another says in digits or as a placeholder.

    Only languages that lack something are in the result. Numbers are exact values, `310000000`, `0.5` or
    `12%`; placeholders are `{key}`."""
    said = {lang: Counter(chain(_PLACEHOLDER.findall(text), _numbers(text))) for lang, text in texts.items()}
    words = {lang: Counter(_words(text)) for lang, text in texts.items()}
    asked: Counter[str] = Counter()
    for numbers in said.values():
        asked |= numbers
    lacking = {lang: asked - said[lang] - words[lang] for lang in texts}
    return {lang: tuple(sorted(numbers.elements())) for lang, numbers in lacking.items() if numbers}


def difference_text(texts: Mapping[str, str]) -> str:
    """What differs between `texts`, by language, in words, with the texts; "" if nothing does."""
    missing = missing_numbers(texts)
    lacks = [f"{lang} does not say {', '.join(numbers)}" for lang, numbers in missing.items()]
    return "; ".join([*lacks, *(f"{lang}: {text}" for lang, text in texts.items())]) if lacks else ""


def _numbers(text: str) -> Iterator[str]:
    """The numbers that `text` says in digits, the last first, and its months."""
    plain = _MONTH.sub(lambda month: str(MONTHS.index(month[0]) + 1), _PLACEHOLDER.sub(" ", text))
    begins, scale = len(plain), ""
    for found in reversed([*_NUMBER.finditer(plain)]):
        between = plain[found.end() : begins]
        # Of a negative number the dash would look like a second minus sign.
        in_range = between == "–" or (between == " to " and found["minus"])
        scale = found["scale"] or (scale if in_range and scale in SHARED else "")
        begins = found.start()
        yield _value(found["minus"], found["digits"], scale)


def _value(minus: str, digits: str, scale: str) -> str:
    number = (Decimal(digits.replace(",", "")) * SCALES.get(scale, 1)).normalize()
    return f"{'−' * bool(minus)}{number:f}{scale if scale == '%' else ''}"


def _words(text: str) -> Iterator[str]:
    """The numbers that `text` says in words."""
    yield from (str(ENGLISH[word.lower()]) for word in _ENGLISH_WORD.findall(text))
    for numerals in _CHINESE_WORD.findall(text):
        try:
            yield "1" if numerals == FIRST else str(read_number(numerals))
        except ValueError:
            # A word such as 千万 or 万一, or a form that nobody prints.
            continue
