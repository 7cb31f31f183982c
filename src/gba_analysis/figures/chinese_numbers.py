"""Whole numbers in Chinese numerals, read and written in the form in which they are usually printed.

    >>> read_number("两千七百八十八"), write_number(2788)
    (2788, '二千七百八十八')

The form is recursive: what stands before the largest multiplier counts it, what follows is less than it, and
零 stands where a place is skipped (一亿零一十万 is 100 100 000)."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
# The largest first.
MULTIPLIERS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
# 两 is 二 before a multiplier or a measure word.
TWO = "两"
# Of these one is printed without 一: 百 for 一百. 十 never has one where a number begins.
BARE = ("亿", "万", "千", "百")
# More characters than any number below 10^16 has; nothing longer is looked at.
LONGEST = 40


def read_number(numerals: str) -> int:
    """The number that `numerals` say. Raises ValueError if they are not its usual form."""
    text = numerals.replace(TWO, "二")
    full = "一" + text if text.startswith(BARE) else text
    number = _value(full) if len(full) <= LONGEST else None
    if number is None or write_number(number) != full:
        raise ValueError(f"found {numerals!r}, expected a number in the usual form")
    return number


def write_number(number: int) -> str:
    """A whole number from 0 on as it is usually printed, with 二 throughout: 十二, 一千零一十."""
    written = _written(number)
    return written.removeprefix("一") if written.startswith("一十") else written


def _value(text: str) -> int | None:
    """What `text` says, in whatever form; None if it says nothing."""
    for sign, size in MULTIPLIERS.items():
        before, found, after = text.rpartition(sign)
        if found:
            count, rest = _value(before or "一"), _value(after.removeprefix("零")) if after else 0
            return None if count is None or rest is None else count * size + rest
    return DIGITS.index(text) if len(text) == 1 and text in DIGITS else None


def _written(number: int) -> str:
    for sign, size in MULTIPLIERS.items():
        count, rest = divmod(number, size)
        if count:
            gap = "零" if rest < size // 10 else ""
            return _written(count) + sign + (gap + _written(rest) if rest else "")
    return DIGITS[number]
