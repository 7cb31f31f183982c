"""The words of the robustness tables and charts, in both languages: outcomes, parameters, settings and
flips.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gba_analysis.analysis import words
from gba_analysis.figures.text import number_text
from gba_analysis.figures.units import Unit

LISTED = {"en": ", ", "zh": "、"}
OR = {"en": " or ", "zh": "或"}
CLAUSES = {"en": "; ", "zh": "；"}
WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "outcome": {
        "holds": {"en": "holds", "zh": "成立"},
        "open": {"en": "open", "zh": "未定"},
        "fails": {"en": "does not hold", "zh": "不成立"},
    },
    "parameter": {
        "reading": {"en": "Reading of the bounds", "zh": "界限的读法"},
        "near_shortfall": {"en": "Shortfall of 近 (nearly)", "zh": "“近”的下浮比例"},
        "over_excess": {"en": "Excess of 超 (over) and 余 (odd)", "zh": "“超”“余”的上浮比例"},
        "include_names": {"en": "Numerals inside names", "zh": "名称里的数字"},
        "platforms": {"en": "Platforms compared", "zh": "所比较的平台"},
        "cores": {"en": "Cores of the imagined machine", "zh": "设想的计算机的核数"},
        "usd_cny": {"en": "Yuan for one US dollar", "zh": "一美元折合的人民币元数"},
        "min_links": {"en": "Fewest collaborations of a partner", "zh": "合作方的最少合作项数"},
        "min_grade": {"en": "Lowest grade of a source", "zh": "来源的最低等级"},
    },
    "setting": {"chosen": {"en": "Chosen values", "zh": "所选参数"}},
    "flip": {
        "down": {"en": "{parameter}, {value} and below: {after}", "zh": "{parameter}降至{value}起：{after}"},
        "up": {"en": "{parameter}, {value} and above: {after}", "zh": "{parameter}升至{value}起：{after}"},
        "": {"en": "{parameter}, {value}: {after}", "zh": "{parameter}取{value}：{after}"},
        "none": {"en": "never within the ranges", "zh": "各参数范围内均不变"},
    },
    "pattern": {
        "holds_in": {"en": "{holds} of {cells}", "zh": "{holds}/{cells}"},
        "flip_under": {"en": "{flip} ({reading})", "zh": "{flip}（{reading}）"},
    },
}


def word(group: str, key: str, lang: str) -> str:
    """The word for `key` of a closed list. lang: `en` or `zh`. Raises KeyError if there is none."""
    return WORDS[group][key][lang]


def value_text(parameter: str, value: Any, lang: str) -> str:
    """A parameter's value as readers see it: `0.145`, `35,389`, `Strict`, `Hengqin, Nansha`."""
    if isinstance(value, bool):
        return words.word("yes_no", "yes" if value else "no", lang)
    if isinstance(value, list):
        return LISTED[lang].join(words.word("platform", item, lang) for item in value)
    if isinstance(value, str):
        return words.word("reading", value, lang) if parameter == "reading" else value
    number = Fraction(str(value))
    # A whole number, such as a count of cores, is not rounded.
    return number_text(number, Unit("", "count" if number.denominator == 1 else "measure", "", ""), lang)
