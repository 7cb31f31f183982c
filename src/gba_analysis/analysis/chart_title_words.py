"""The words of the charts' titles, in both languages, and how a bound is said in them.

A title has at most LIMITS words or characters whatever the parameters, so a sentence here has no word to
spare. A pair of patterns is for one and for several. What is put into them is found in `chart_titles`."""

from __future__ import annotations

import re
from collections.abc import Mapping

Pattern = str | tuple[str, str]

# English counts words, Chinese characters and digits; signs and punctuation are neither.
LIMITS = {"en": 15, "zh": 30}
COUNTED = {"en": re.compile(r"\S*\w\S*"), "zh": re.compile(r"\w")}

# How a chart writes an interval with an open end, and how a sentence says it.
SIGNS: Mapping[str, Mapping[str, str]] = {
    "< ": {"en": "under {}", "zh": "不到{}"},
    "> ": {"en": "over {}", "zh": "超过{}"},
    "≤ ": {"en": "up to {}", "zh": "至多{}"},
    "≥ ": {"en": "at least {}", "zh": "至少{}"},
    "≈ ": {"en": "about {}", "zh": "约{}"},
}
NOUNS: Mapping[str, Mapping[str, Pattern]] = {
    "assumption": {"en": ("{} assumption", "{} assumptions"), "zh": "{}项假定"},
    "check": {"en": ("{} cross-check", "{} cross-checks"), "zh": "{}项核对"},
    "cluster": {"en": ("{} cluster", "{} clusters"), "zh": "{}个集群"},
    "confirming": {"en": ("{} confirms the article", "{} confirm the article"), "zh": "{}项得到证实"},
    "disputing": {
        "en": ("{} qualifies or disputes it", "{} qualify or dispute it"),
        "zh": "{}项需说明或有出入",
    },
    "collaboration": {"en": ("{} collaboration", "{} collaborations"), "zh": "{}项合作"},
    "enterprise": {"en": ("{} enterprise", "{} enterprises"), "zh": "{}家企业"},
    "event": {"en": ("{} event", "{} events"), "zh": "{}件事"},
    "figure": {"en": ("{} figure", "{} figures"), "zh": "{}个数字"},
    "hightech": {"en": ("{} high-tech enterprise", "{} high-tech enterprises"), "zh": "{}家高新技术企业"},
    "indicator": {"en": ("{} indicator", "{} indicators"), "zh": "{}项指标"},
    "share": {"en": ("{} share", "{} shares"), "zh": "{}项占比"},
}
# What a tornado chart moves, and by what the first clusters are counted.
MEASURES: Mapping[str, Mapping[str, str]] = {
    "staff": {"en": "the share of staff", "zh": "人员占比"},
    "survivors": {"en": "the number of survivors", "zh": "存活企业数"},
    "hours": {"en": "core-hours per team", "zh": "每个团队的核时"},
    "patents": {"en": "international patents", "zh": "国际专利"},
    "papers": {"en": "scientific papers", "zh": "科学论文"},
}
TITLES: Mapping[str, Mapping[str, Pattern]] = {
    "empty": {
        "en": "Under these parameters there is nothing to show.",
        "zh": "在这些参数下没有可显示的内容。",
    },
    "firmness": {
        "en": "Of {figures} counted, the article prints {exact} as exact.",
        "zh": "计入的{figures}中，文章以确数给出{exact}个。",
    },
    "comparability": {
        "en": (
            "Of {indicators}, {shared} is printed for more than one platform.",
            "Of {indicators}, {shared} are printed for more than one platform.",
        ),
        "zh": "{indicators}中，有{shared}项同时见于多个平台。",
    },
    "comparability_none": {
        "en": "Of {indicators}, none is printed for more than one platform.",
        "zh": "{indicators}中，没有一项同时见于多个平台。",
    },
    "makeup": {
        "en": "The article counts {whole} in Hengqin, {part} of them Macao-funded.",
        "zh": "文章称横琴有{whole}，其中{part}家为澳资。",
    },
    "makeup_whole": {"en": "The article counts {whole} in Hengqin.", "zh": "文章称横琴有{whole}。"},
    "shares": {
        "en": "The text supports {shares}, {conditional} of them only under a condition.",
        "zh": "原文支持{shares}，其中{conditional}项须附条件。",
    },
    "shares_sound": {
        "en": "The text supports {shares} without any condition.",
        "zh": "原文支持{shares}，无须附条件。",
    },
    "shares_conditional": {
        "en": (
            "The text supports {shares}, only under a condition.",
            "The text supports {shares}, all only under a condition.",
        ),
        "zh": ("原文支持{shares}，须附条件。", "原文支持{shares}，均须附条件。"),
    },
    "people": {
        "en": "The bounds allow {staff} staff and {hkm} researchers from Hong Kong and Macao.",
        "zh": "文中人员{staff}人，港澳科研人员{hkm}人。",
    },
    "people_staff": {"en": "The bounds allow {staff} staff.", "zh": "文中人员{staff}人。"},
    "research_shares": {
        "en": "Hong Kong and Macao lead {led} of laboratories, possibly with {staff} of staff.",
        "zh": "港澳方牵头{led}的实验室，其人员占比（附条件）为{staff}。",
    },
    "research_shares_led": {
        "en": "Hong Kong and Macao lead {led} of laboratories.",
        "zh": "港澳方牵头{led}的实验室。",
    },
    "chain": {
        "en": (
            "Of {firms}, {survivors} survives if the printed rate is theirs.",
            "Of {firms}, {survivors} survive if the printed rate is theirs.",
        ),
        "zh": "{firms}中，若文中的存活率适用，{survivors}家存活。",
    },
    "chain_firms": {"en": "The bounds allow {firms}.", "zh": "文中为{firms}。"},
    "timeline": {
        "en": "The article dates {events}, {latest} of them to {year}.",
        "zh": "文章注明{events}的年份，其中{latest}件在{year}年。",
    },
    "timeline_one_year": {
        "en": ("The article dates {events}, to {year}.", "The article dates {events}, all to {year}."),
        "zh": ("文章注明{events}的年份，在{year}年。", "文章注明{events}的年份，均在{year}年。"),
    },
    "partners": {
        "en": "{partner} is the most-named partner, in {collaborations}.",
        "zh": "{partner}被提到最多，共{collaborations}。",
    },
    "partners_only": {
        "en": "Only {partner} is shown, in {collaborations}.",
        "zh": "图中只有{partner}，共{collaborations}。",
    },
    "partners_both": {
        "en": "{one} and {other} are named most, in {collaborations} each.",
        "zh": "{one}和{other}被提到最多，各{collaborations}。",
    },
    "partners_equal": {
        "en": "{partners} partners are named most, in {collaborations} each.",
        "zh": "{partners}个合作方被提到最多，各{collaborations}。",
    },
    "overview": {
        "en": "Of {checks}, {confirming}, {disputing}, {not_found} found nothing.",
        "zh": "{checks}中，{confirming}，{disputing}，{not_found}项未能核对。",
    },
    "timelines": {
        "en": "The article’s figure is above other sources’ latest in {above} series, below in {below}.",
        "zh": "与其他来源最新数字相比，文中数字{above}组较高，{below}组较低。",
    },
    "timelines_alike": {
        "en": "In {pairs} series, no difference from other sources’ latest figure is certain.",
        "zh": "{pairs}组序列中，与其他来源最新数字的差异均不确定。",
    },
    "timelines_apart": {
        "en": "No series has figures of both the article and other sources.",
        "zh": "没有一组序列兼有文中数字和其他来源的数字。",
    },
    "ranks": {
        "en": "{panel} is at rank {rank} in {year}, after {before} in {earlier}.",
        "zh": "{panel}{year}年居第{rank}位，{earlier}年居第{before}位。",
    },
    "ranks_broken": {
        "en": "{panel} is at rank {rank} in {year}; rank {before} of {earlier} is not comparable.",
        "zh": "{panel}{year}年居第{rank}位，与{earlier}年的第{before}位不可比。",
    },
    "ranks_one": {"en": "{panel} is at rank {rank} in {year}.", "zh": "{panel}{year}年居第{rank}位。"},
    "ranks_none": {"en": "No rank of another source is shown.", "zh": "图中没有其他来源的名次。"},
    "place": {
        "en": "By {measure}, {cluster} is number {place} of the {clusters} shown.",
        "zh": "按{measure}，{cluster}在图中{clusters}里居第{place}位。",
    },
    "place_none": {
        "en": "By {measure}, {cluster} is not among the {clusters} shown.",
        "zh": "按{measure}，{cluster}不在图中{clusters}之列。",
    },
    "intensity": {
        "en": "R&D takes {high} of output in {top} ({when}), {low} in {bottom} ({earlier}).",
        "zh": "{top}研发占产出{high}（{when}年），{bottom}占{low}（{earlier}年）。",
    },
    "intensity_one": {
        "en": "R&D takes {high} of output in {top} ({when}).",
        "zh": "{top}研发占产出{high}（{when}年）。",
    },
    "tornado": {
        "en": "The {assumption} moves {measure} most.",
        "zh": "对{measure}影响最大的是{assumption}。",
    },
    "tornado_only": {"en": "Only the {assumption} moves {measure}.", "zh": "只有{assumption}影响{measure}。"},
    "tornado_equal": {
        "en": "{assumptions} move {measure} most, all alike.",
        "zh": "对{measure}影响最大的有{assumptions}，程度相同。",
    },
    "tornado_none": {"en": "No assumption moves {measure}.", "zh": "没有假定影响{measure}。"},
}


def title(name: str, lang: str, number: object = "", **values: object) -> str:
    """The sentence `name` of TITLES with `values` in it; number: the one that chooses the form, as
    written.
    """
    return _form(TITLES[name][lang], number).format(**values)


def counted(number: object, noun: str, lang: str) -> str:
    """A number as written, or in words, with its noun: `1 event`, `over 140 enterprises`, `超过140家企业`."""
    return _form(NOUNS[noun][lang], number).format(number)


def measure(name: str, lang: str) -> str:
    """What a chart is about, in the words of MEASURES."""
    return MEASURES[name][lang]


def said(text: str, lang: str) -> str:
    """The text of an interval as a sentence says it: `> 2,000` is `over 2,000`; others stay."""
    for sign, words in SIGNS.items():
        if text.startswith(sign):
            return words[lang].format(text.removeprefix(sign))
    return text


def fits(text: str, lang: str) -> bool:
    """Whether a title is short enough, see LIMITS."""
    return len(COUNTED[lang].findall(text)) <= LIMITS[lang]


def _form(pattern: Pattern, number: object) -> str:
    return pattern if isinstance(pattern, str) else pattern[str(number) != "1"]
