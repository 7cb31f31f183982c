"""The words of claims, verdicts and sources, in both languages: a part of `words.WORDS`, read through
`words.word`.
"""

from __future__ import annotations

from collections.abc import Mapping

SOURCE_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "verdict": {
        "confirmed": {"en": "confirmed", "zh": "得到证实"},
        "consistent": {"en": "consistent", "zh": "相符"},
        "needs_context": {"en": "needs context", "zh": "需加说明"},
        "in_tension": {"en": "in tension", "zh": "有出入"},
        "contradicted": {"en": "contradicted", "zh": "不符"},
        "not_found": {"en": "not found", "zh": "未能核对"},
    },
    "claim_kind": {
        "hard": {"en": "hard", "zh": "硬性"},
        "soft": {"en": "soft", "zh": "软性"},
        "promotional": {"en": "promotional", "zh": "宣传性"},
    },
    "basis": {
        "rule": {"en": "rule", "zh": "规则"},
        "judgement": {"en": "judgment", "zh": "判断"},
    },
    "grade": {
        "A": {"en": "A: official body or original publisher", "zh": "A：主管机构或首发者"},
        "B": {"en": "B: established outlet", "zh": "B：有名媒体"},
        "C": {"en": "C: repost or summary", "zh": "C：转载或摘要"},
    },
    "definition": {
        "same": {"en": "same", "zh": "相同"},
        "wider": {"en": "wider", "zh": "更宽"},
        "narrower": {"en": "narrower", "zh": "更窄"},
        "different": {"en": "different", "zh": "不同"},
        "context": {"en": "context", "zh": "参照"},
    },
    "timing": {
        "same": {"en": "same date", "zh": "时间相同"},
        "recent": {"en": "recent", "zh": "近期"},
        "earlier": {"en": "earlier", "zh": "更早"},
    },
    "compact": {
        "verdict": {"en": "{verdict} (by {basis})", "zh": "{verdict}（依{basis}）"},
        "sources": {"en": "{grade}: {sources}", "zh": "{grade}：{sources}"},
    },
    "period": {
        "year": {"en": "{year}", "zh": "{year}年"},
        "month": {"en": "{name} {year}", "zh": "{year}年{month}月"},
    },
    # How another source's bound is said, in our own words.
    "reported": {
        "exact": {"en": "{number}", "zh": "{number}"},
        "over": {"en": "more than {number}", "zh": "超过{number}"},
        "over_round": {"en": "{number}-odd", "zh": "{number}余"},
        "about_under": {"en": "nearly {number}", "zh": "近{number}"},
        "about": {"en": "about {number}", "zh": "约{number}"},
        "at_least": {"en": "at least {number}", "zh": "至少{number}"},
    },
    # The same in a chart, where there is no room for words.
    "short": {
        "exact": {"en": "{number}", "zh": "{number}"},
        "over": {"en": "> {number}", "zh": "超{number}"},
        "over_round": {"en": "{number}+", "zh": "{number}余"},
        "about_under": {"en": "< {number}", "zh": "近{number}"},
        "about": {"en": "≈ {number}", "zh": "约{number}"},
        "at_least": {"en": "≥ {number}", "zh": "至少{number}"},
        "rank": {"en": "top {number}", "zh": "前{number}"},
    },
    "panel": {
        "jointlabs": {"en": "Joint laboratories", "zh": "粤港澳联合实验室（家）"},
        "csns": {
            "en": "Neutron source: experiments of Hong Kong and Macao users",
            "zh": "散裂中子源：港澳用户实验（项）",
        },
        "teams": {"en": "Supercomputing: Hong Kong and Macao teams", "zh": "超算：港澳团队（个）"},
        "core_hours": {"en": "Supercomputing: core-hours", "zh": "超算：核时"},
        "hightech": {"en": "Hengqin: national high-tech firms", "zh": "横琴：国家高新技术企业（家）"},
        "macao_funded": {"en": "Hengqin: Macao-funded high-tech firms", "zh": "横琴：澳资高新技术企业（家）"},
        "macao_firms": {"en": "Hengqin: all Macao-funded firms", "zh": "横琴：全部澳资企业（家）"},
        "editions": {"en": "Forum: edition", "zh": "论坛：届次"},
        "cluster": {"en": "Shenzhen–Hong Kong–Guangzhou", "zh": "深圳—香港—广州"},
        "macao_zhuhai": {"en": "Macao–Zhuhai", "zh": "澳门—珠海"},
    },
    # What broke a series of ranks.
    "break": {
        "missing": {"en": "2018 missing; method may differ", "zh": "缺2018年，方法或有变"},
        "merged": {"en": "Guangzhou merged in", "zh": "并入广州"},
        "capital": {"en": "venture capital added", "zh": "新增风险投资"},
    },
    # Around a stored reason that speaks of another verdict, or of sources that are left out.
    "reason": {
        "changed": {
            "en": "This is the verdict with the reading and the grades chosen here. In the base scenario it is “{verdict}”: {reason}",
            "zh": "此为按所选读法和来源等级得出的结论。基准情形下的结论为“{verdict}”：{reason}",
        },
        "partly": {
            "en": "{reason} (This also names sources below the chosen grade; they do not count.)",
            "zh": "{reason}（其中也提到低于所选等级的来源，不予计入。）",
        },
    },
    "source_note": {
        "article": {"en": "Source: the article.", "zh": "来源：文章。"},
        "note": {"en": "Sources: {parts}.", "zh": "来源：{parts}。"},
        "grade": {"en": "grade {grade} {numbers}", "zh": "{grade}级{numbers}"},
        "joint": {"en": "; ", "zh": "；"},
        "verdicts": {
            "en": "Source: the article; of the verdicts: {parts}.",
            "zh": "来源：文章；核对结论的来源：{parts}。",
        },
        "none": {"en": "Sources: none of the chosen grade.", "zh": "来源：没有达到所选等级者。"},
    },
}
# Beside a verdict's word, so that it is told by more than its colour.
VERDICT_MARKS: Mapping[str, str] = {
    "confirmed": "●",
    "consistent": "◐",
    "needs_context": "◇",
    "in_tension": "▲",
    "contradicted": "■",
    "not_found": "○",
}
SOURCE_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "claim": {"en": "The article states", "zh": "文中论断"},
    "verdict": {"en": "Verdict", "zh": "结论"},
    "reason": {"en": "Reason", "zh": "理由"},
    "sources": {"en": "Sources", "zh": "来源"},
    "grade": {"en": "Grade", "zh": "等级"},
    "basis": {"en": "Basis", "zh": "依据"},
    "weight": {"en": "Weight", "zh": "分量"},
    "number": {"en": "No.", "zh": "编号"},
    "publisher": {"en": "Publisher", "zh": "发布者"},
    "title": {"en": "Title", "zh": "标题"},
    "published": {"en": "Published", "zh": "发布日期"},
}
