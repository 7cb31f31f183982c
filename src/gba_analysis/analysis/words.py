"""The few words of the analysis tables, in both languages: heads of columns, values of closed lists, and
gaps.

Names of indicators, units, entities and fields are in data/; sentences are in the notebooks and the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from gba_analysis.analysis.source_words import SOURCE_COLUMNS, SOURCE_WORDS
from gba_analysis.figures.interval import Interval
from gba_analysis.figures.text import exact_text, interval_text, number_text
from gba_analysis.figures.units import Unit

if TYPE_CHECKING:
    import pandas as pd

# Units whose word follows the number; the others are said by the number itself (a percent sign, a year) or by
# the name.
SPOKEN_KINDS = ("count", "measure")
# The unit of things without a common word for them: "1 item" would say less than "1".
UNSPOKEN = "count"
# English sets the unit off by a space, Chinese does not.
UNIT_SPACE = {"en": " ", "zh": ""}
# A part of the article and a paragraph in it; the same in both languages.
PLACE = "{section}.{paragraph}"

WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    **SOURCE_WORDS,
    "class": {
        "measure": {"en": "measure", "zh": "计量"},
        "structural": {"en": "structural", "zh": "结构"},
        "vague": {"en": "indefinite", "zh": "概数"},
        "name": {"en": "part of a name", "zh": "名称"},
    },
    "qualifier": {
        "exact": {"en": "exact", "zh": "确数"},
        "reach": {"en": "reaching 达", "zh": "达"},
        "over": {"en": "over 超", "zh": "超"},
        "over_round": {"en": "and more 余", "zh": "余"},
        "about_under": {"en": "nearly 近", "zh": "近"},
        "rank": {"en": "rank", "zh": "名次"},
        "vague": {"en": "indefinite 多", "zh": "多、一批"},
        "about": {"en": "about 约", "zh": "约"},
        "at_least": {"en": "at least 至少", "zh": "至少"},
        "name": {"en": "part of a name", "zh": "名称"},
    },
    # How a bound is said in running text; Chinese text uses the printed form itself.
    "stated": {
        "exact": {"en": "{number}", "zh": "{printed}"},
        "reach": {"en": "{number}", "zh": "{printed}"},
        "over": {"en": "more than {number}", "zh": "{printed}"},
        "over_round": {"en": "{number}-odd", "zh": "{printed}"},
        "about_under": {"en": "nearly {number}", "zh": "{printed}"},
        "rank": {"en": "top {number}", "zh": "{printed}"},
    },
    "relation": {
        "explicit": {"en": "base stated", "zh": "基数明示"},
        "natural": {"en": "base implied", "zh": "基数可推"},
        "ambiguous": {"en": "base ambiguous", "zh": "基数有歧义"},
        "none": {"en": "no base", "zh": "无基数"},
    },
    "date": {
        "dated": {"en": "year given", "zh": "有年份"},
        "phrase": {"en": "phrase only", "zh": "只有时间短语"},
        "undated": {"en": "no date", "zh": "未注明时间"},
    },
    "soundness": {
        "sound": {"en": "sound", "zh": "可靠"},
        "conditional": {"en": "conditional", "zh": "有条件"},
    },
    "reading": {
        "strict": {"en": "Strict", "zh": "严格读法"},
        "conventional": {"en": "Conventional", "zh": "通常读法"},
        "tight": {"en": "Tight", "zh": "紧贴读法"},
    },
    "section": {
        "0": {"en": "Opening", "zh": "导语"},
        "1": {"en": "1 Platforms", "zh": "1 平台"},
        "2": {"en": "2 Research", "zh": "2 科研"},
        "3": {"en": "3 Industry", "zh": "3 产业"},
        "4": {"en": "4 Openness", "zh": "4 开放"},
        "5": {"en": "Caption", "zh": "图注"},
    },
    "place": {
        "0": {"en": "Opening", "zh": "导语"},
        "1": {"en": "1", "zh": "1"},
        "2": {"en": "2", "zh": "2"},
        "3": {"en": "3", "zh": "3"},
        "4": {"en": "4", "zh": "4"},
        "5": {"en": "Caption", "zh": "图注"},
    },
    "theme": {
        "evidence": {"en": "Evidence", "zh": "证据"},
        "platforms": {"en": "Platforms", "zh": "平台"},
        "research": {"en": "Research", "zh": "科研"},
        "industry": {"en": "Industry", "zh": "产业"},
        "openness": {"en": "Openness", "zh": "开放"},
    },
    "platform": {
        "hengqin": {"en": "Hengqin", "zh": "横琴"},
        "qianhai": {"en": "Qianhai", "zh": "前海"},
        "nansha": {"en": "Nansha", "zh": "南沙"},
        "hetao": {"en": "Hetao", "zh": "河套"},
    },
    "region": {
        "hongkong": {"en": "Hong Kong", "zh": "香港"},
        "macao": {"en": "Macao", "zh": "澳门"},
        "international": {"en": "International", "zh": "国际"},
        "guangdong": {"en": "Guangdong", "zh": "广东"},
        "gba": {"en": "Greater Bay Area", "zh": "大湾区"},
        "national": {"en": "National", "zh": "全国"},
    },
    "unit_kind": {
        "count": {"en": "count", "zh": "计数"},
        "measure": {"en": "measure", "zh": "计量"},
        "percent": {"en": "percentage", "zh": "百分比"},
        "rank": {"en": "rank", "zh": "名次"},
        "ordinal": {"en": "ordinal", "zh": "序数"},
        "calendar_year": {"en": "calendar year", "zh": "年份"},
    },
    "entity_kind": {
        "award": {"en": "award", "zh": "奖项"},
        "city": {"en": "city", "zh": "城市"},
        "cluster": {"en": "cluster", "zh": "集群"},
        "company": {"en": "company", "zh": "企业"},
        "facility": {"en": "facility", "zh": "设施"},
        "forum": {"en": "forum", "zh": "论坛"},
        "government": {"en": "government", "zh": "政府"},
        "institute": {"en": "institute", "zh": "研究机构"},
        "laboratory": {"en": "laboratory", "zh": "实验室"},
        "organisation": {"en": "organization", "zh": "组织"},
        "person": {"en": "person", "zh": "人物"},
        "place": {"en": "place", "zh": "地方"},
        "platform": {"en": "platform", "zh": "平台"},
        "programme": {"en": "program", "zh": "计划"},
        "team": {"en": "team", "zh": "团队"},
        "university": {"en": "university", "zh": "高校"},
    },
    "link_kind": {
        "alliance": {"en": "alliance", "zh": "联盟"},
        "branch": {"en": "branch", "zh": "分支机构"},
        "co_founding": {"en": "founded together", "zh": "共建"},
        "education": {"en": "education", "zh": "办学与培训"},
        "event": {"en": "event", "zh": "活动"},
        "facility_use": {"en": "use of facilities", "zh": "设施共用"},
        "funding": {"en": "funding", "zh": "资助"},
        "joint_lab": {"en": "joint laboratory", "zh": "联合实验室"},
        "joint_research": {"en": "joint research", "zh": "联合攻关"},
        "service": {"en": "service", "zh": "服务"},
        "technology_transfer": {"en": "technology transfer", "zh": "技术转移"},
    },
    "axis": {
        "count": {"en": "Number of {unit}", "zh": "数量（{unit}）"},
        "other": {"en": "{unit}", "zh": "{unit}"},
    },
    "group": {
        "capital": {"en": "By source of capital", "zh": "按资本来源"},
        "open": {"en": "Place in the total left open", "zh": "与总数的关系不明"},
    },
    "gap": {
        "no_value": {"en": "no number", "zh": "无数值"},
        "nothing": {"en": "–", "zh": "–"},
        "total": {"en": "All parts", "zh": "合计"},
    },
    "yes_no": {"yes": {"en": "yes", "zh": "是"}, "no": {"en": "no", "zh": "否"}},
    "column": {
        "section": {"en": "Section", "zh": "部分"},
        "place": {"en": "Place", "zh": "位置"},
        "printed": {"en": "Printed", "zh": "原文"},
        "what": {"en": "What it counts", "zh": "所指"},
        "class": {"en": "Class", "zh": "类别"},
        "qualifier": {"en": "Qualifier", "zh": "限定"},
        "reading": {"en": "Reading", "zh": "读数"},
        "date": {"en": "Date", "zh": "时间"},
        "cumulative": {"en": "Cumulative", "zh": "累计"},
        "base": {"en": "Part of", "zh": "所属总数"},
        "count": {"en": "Figures", "zh": "数字个数"},
        "measures": {"en": "Measures", "zh": "计量性数字"},
        "exact": {"en": "Exact", "zh": "确数"},
        "dated": {"en": "With a year", "zh": "有年份"},
        "with_base": {"en": "Part of a whole", "zh": "有所属总数"},
        "note": {"en": "Note", "zh": "说明"},
        "value": {"en": "Value", "zh": "数值"},
        "soundness": {"en": "Soundness", "zh": "可靠性"},
        "condition": {"en": "Condition", "zh": "条件"},
        "indicator": {"en": "Indicator", "zh": "指标"},
        "platform": {"en": "Platform", "zh": "平台"},
        "unit": {"en": "Unit", "zh": "单位"},
        "usd": {"en": "US dollars", "zh": "美元"},
        "yuan": {"en": "Yuan", "zh": "人民币元"},
        "from": {"en": "Mainland side", "zh": "内地一方"},
        "partner": {"en": "Partner", "zh": "合作方"},
        "side": {"en": "Side", "zh": "所属"},
        "kind": {"en": "Kind", "zh": "方式"},
        "field": {"en": "Field", "zh": "领域"},
        "collaboration": {"en": "Collaboration", "zh": "合作"},
        "finding": {"en": "Finding", "zh": "要点"},
        "outcome": {"en": "Outcome", "zh": "结果"},
        "flips": {"en": "Changes at", "zh": "何处改变"},
        "rank": {"en": "Rank", "zh": "名次"},
        **SOURCE_COLUMNS,
    },
}


def word(group: str, key: str, lang: str) -> str:
    """The word for `key` of a closed list. lang: `en` or `zh`. Raises KeyError if there is none."""
    return WORDS[group][key][lang]


def headed(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """`table` with the words for its columns as their heads; other names, such as a platform's, stay."""
    heads = {**WORDS["column"], **WORDS["reading"]}
    return table.rename(columns={name: words[lang] for name, words in heads.items()})


def label(text: str) -> str:
    """A name from data/ as it begins a row: English with a capital, Chinese as it is."""
    return text[:1].upper() + text[1:]


def place(section: int, paragraph: int, lang: str) -> str:
    """Where a figure stands: `1.2` is part 1, paragraph 2; the opening and the caption are one paragraph
    each.
    """
    name = word("place", str(section), lang)
    return PLACE.format(section=name, paragraph=paragraph) if name.isdigit() else name


def stated(printed: str, value: Fraction, qualifier: str, unit: Unit, lang: str) -> str:
    """A printed figure as running text says it, without the unit's word: `more than 2,000`, `超2000名`."""
    number = number_text(value, unit, lang)
    if unit.kind == "percent" and value.denominator == 1:
        # A decimal that the article does not print would claim more than it says.
        number = number.replace(".0", "")
    return word("stated", qualifier, lang).format(number=number, printed=printed)


def reported(value: Fraction, decimals: int, qualifier: str, unit: Unit, lang: str) -> str:
    """Another source's figure with its bound in words, without the unit's word: `more than 60`, `超过60`."""
    return word("reported", qualifier, lang).format(number=exact_text(value, decimals, unit, lang))


def short(value: Fraction, decimals: int, qualifier: str, unit: Unit, lang: str) -> str:
    """A figure with its bound as a chart writes it, without the unit's word: `> 60`, `超60`."""
    pattern = word("short", "exact" if qualifier == "reach" else qualifier, lang)
    return pattern.format(number=exact_text(value, decimals, unit, lang))


def axis_title(unit: Unit, lang: str) -> str:
    """The title of a value axis for figures in `unit`: `Number of persons`, `数量（人）`; other kinds by their
    name.
    """
    name = {"en": unit.name_en, "zh": unit.name_zh}[lang]
    return word("axis", unit.kind if unit.kind == "count" else "other", lang).format(unit=name)


def quantity(interval: Interval, unit: Unit, lang: str) -> str:
    """The text of `interval` with its unit's word, where a word is usual: `2,001–2,999 persons`,
    `2001–2999人`.
    """
    text = interval_text(interval, unit, lang)
    name = {"en": unit.name_en, "zh": unit.name_zh}[lang]
    spoken = unit.kind in SPOKEN_KINDS and unit.id != UNSPOKEN
    return f"{text}{UNIT_SPACE[lang]}{name}" if spoken else text
