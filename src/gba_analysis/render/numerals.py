"""Numbers written as words, Chinese or English: what the number door takes for a number, and what for a word.

    >>> number_words("三个实验室，近百名人才，一个平台")
    ['三', '百']

Chinese: a run of numerals is a number if it is longer than one numeral, stands before a measure word (三个,
两家), after a word that announces a number (第四, 近百), or alone in its text (a table cell 三).
So are parts of a whole (百分之十, 三分之一). A lone 一 before a measure word is the Chinese article (一个 is
"a"), as English `one` is a pronoun; it is a number only after an announcing word and in 一月, 一日, 一倍 and
一成.

English: cardinals from two up, and dozen, hundred, thousand and the like, in the plural too. `one` and the
ordinals (first, fourth) are let through.
"""

from __future__ import annotations

import re

NUMERALS = "〇零一二三四五六七八九十百千万亿两"
ANNOUNCING = "第约近超共逾"
MEASURES = (
    "个项家年月日号人位名次类种倍成所条起期届地方套组份元台处件步格行列档篇支座层级边端侧者张天周岁吨米秒"
    "点段批部门大核时"
)
# Numerals in them count nothing.
WORDS = [
    "一致",
    "统一",
    "一定",
    "一样",
    "一起",
    "进一步",
    "万一",
    "之一",
    "唯一",
    "一旦",
    "一般",
    "一直",
    "一方面",
    "同一",
    "单一",
    "百分点",
    "一些",
    "一级",
    "一流",
    "一一",
    "一成不变",
    "千方百计",
    "千万要",
    "千万不",
    "十分",
    "万分",
]

_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_PART = rf"(?:百|[{NUMERALS}]+)\s*分之\s*[{NUMERALS}]+"
_AFTER = rf"(?<=[{ANNOUNCING}])[{NUMERALS}]+"
_RUN = rf"[{NUMERALS}]{{2,}}"
_COUNT = rf"(?:(?!一)[{NUMERALS}]\s*(?=美元|[{MEASURES}])|一(?=[倍成月日]))"
_CHINESE = re.compile("|".join((_PART, _AFTER, _RUN, _COUNT)))
_ALONE = re.compile(rf"\s*([{NUMERALS}]+)\s*")
_ENGLISH = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:dozen|hundred|thousand|million|billion|trillion)s?)\b",
    re.IGNORECASE,
)
# Takes the place of a word that only looks like a number, one for each character.
_MASK = "\ufffc"


def number_words(text: str) -> list[str]:
    """The numbers that `text` writes as words: the Chinese ones in order, then the English ones."""
    masked = _with_parts_kept(text)
    alone = _ALONE.fullmatch(masked)
    chinese = [alone[1]] if alone else [found.strip() for found in _CHINESE.findall(masked)]
    return chinese + _ENGLISH.findall(text)


def _with_parts_kept(text: str) -> str:
    """`text` with the words that count nothing blanked out, save in a part such as 三分之一."""
    parts = [match.span() for match in re.finditer(_PART, text)]

    def blank(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in parts)
        return match[0] if inside else _MASK * len(match[0])

    return _WORD.sub(blank, text)
