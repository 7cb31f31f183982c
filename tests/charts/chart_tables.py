"""Tables for the charts' tests, in the shapes the notebooks have, and with labels that are too long for
comfort.
"""

from __future__ import annotations

import math

import pandas as pd

INTERVAL_COLUMNS = ["label", "low", "high", "text", "group", "soundness"]
LONG_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosis"
LONG_EN = f"The {LONG_WORD} research platform of Guangdong–Hong Kong–Macao for frontier science (in planning)"
LONG_ZH = "粤港澳大湾区（广东）面向世界科技前沿的量子科学、脑科学与类脑研究及国际科技信息中心联合共建平台，含分支机构"  # noqa: E501


def frame(columns, rows):
    return pd.DataFrame(rows, columns=columns)


def intervals(lang="en"):
    """A dot, a bar, open ends at both sides, a conditional row, two groups."""
    long = LONG_EN if lang == "en" else LONG_ZH
    return frame(
        INTERVAL_COLUMNS,
        [
            ["238", 238, 238, "238", "A", "sound"],
            [long, 141, 149, "141–149", "A", ""],
            ["112", 112.1, 119.9, "112–120", long, "conditional"],
            ["over", 101, math.inf, "> 100 (" + long + ")", long, "conditional"],
            ["under", 0, 399, "< 400", long, "sound"],
            ["below", -math.inf, 90, "< 90", long, "sound"],
        ],
    )


def plain_intervals():
    return frame(
        ["label", "low", "high", "text"], [["a", 0, 10, "< 10"], ["b", 4, 8, "4–8"], ["c", 5, 5, "5"]]
    )


def counts(lang="en", factor=1):
    """factor 20: some counts have no room in their part of the bar."""
    long = LONG_EN if lang == "en" else LONG_ZH
    values = {"A": (2, 0, 1), "B": (16 * factor, 2, 2), long: (9 * factor, 1, 1), "none": (0, 0, 0)}
    columns = ("exact", "over", long)
    rows = [
        [row, column, count]
        for row, parts in values.items()
        for column, count in zip(columns, parts, strict=True)
    ]
    return frame(["row", "column", "count"], rows)


def matrix(lang="en", columns=9):
    """One row without any count; heads that fit no column."""
    long = LONG_EN if lang == "en" else LONG_ZH
    heads = [f"{long} {number}" if number % 4 == 0 else f"field {number}" for number in range(columns)]
    rows = [(f"{long} {row}" if row % 3 == 0 else f"partner {row}", row) for row in range(6)]
    cells = [
        [name, head, (row + number) % 4 * row] for name, row in rows for number, head in enumerate(heads)
    ]
    return frame(["row", "column", "count"], cells)


def comparability():
    """Four platforms by three indicators; the second platform has nothing."""
    cells = {
        ("Hengqin", "High-tech enterprises"): "238家",
        ("Nansha", "Projects"): "超100个",
        ("Hetao", "Labs"): "3个",
    }
    platforms, indicators = (
        ("Hengqin", "Qianhai", "Nansha", "Hetao"),
        ("High-tech enterprises", "Projects", "Labs"),
    )
    rows = [[row, column, cells.get((row, column), "")] for row in platforms for column in indicators]
    return frame(["row", "column", "text"], rows)


def events(lang="en"):
    long = LONG_EN if lang == "en" else LONG_ZH
    return frame(
        ["start", "end", "label", "kind", "ongoing"],
        [
            [2025, 2026, "Fourth forum", "year", False],
            [2019, math.nan, long, "year", True],
            [2021, 2022, "First forum", "year", False],
            [2021 + 10 / 12, 2021 + 10 / 12, "Conference", "point", False],
            [2023, 2025, "Two years in the list", "span", False],
            [2024.5, math.nan, "Alliance", "point", True],
        ],
    )


CARD_COLUMNS = [
    "label",
    "detail",
    "printed",
    "computed",
    "low",
    "high",
    "text",
    "unit",
    "unit_id",
    "kind",
    "soundness",
    "mark",
    "verdict",
]


def cards(lang="en"):
    """An exact number, bounds, open ends, a condition, a rank, a percentage; a label, a unit and lists that
    are too long.
    """
    long = LONG_EN if lang == "en" else LONG_ZH
    many = (", " if lang == "en" else "、").join(["超3.1亿核时", "500余个", "近400人", "2025年", "第四届"])
    share, hours = "12.0–19.9\u00a0%", "520,000–640,000"
    return frame(
        CARD_COLUMNS,
        [
            [
                "Firms",
                "in Hengqin",
                "238家",
                False,
                238,
                238,
                "238",
                "firms",
                "firms",
                "count",
                "sound",
                "●",
                "confirmed",
            ],
            [
                "Listed",
                long,
                "超250家",
                False,
                251,
                math.inf,
                "> 250",
                "firms",
                "firms",
                "count",
                "",
                "▲",
                "in tension",
            ],
            [
                long,
                "",
                "近100家",
                False,
                0,
                99,
                "< 100",
                "firms",
                "firms",
                "count",
                "sound",
                "○",
                "not found",
            ],
            ["Below", "", "", False, -math.inf, 90, "< 90", "", "teams", "count", "sound", "", ""],
            [
                "Hours",
                "a team",
                many,
                True,
                517_500.0,
                638_700.0,
                hours,
                long,
                "hours",
                "measure",
                "sound",
                "",
                "",
            ],
            [
                "Share",
                "of staff",
                "4家",
                True,
                12.0,
                19.9,
                share,
                "",
                "percent",
                "percent",
                "conditional",
                "◇",
                "needs context",
            ],
            ["Rank", "in the list", "榜首", False, 1, 1, "1", "", "rank", "rank", "sound", "◐", "consistent"],
        ],
    )


SERIES_COLUMNS = [
    "panel",
    "time",
    "span",
    "date",
    "low",
    "high",
    "text",
    "grade",
    "source",
    "is_article",
    "break_before",
    "joined",
]


def series(lang="en"):
    """A line of three, a break, bounds, an open end, the article with and without a date, a panel without
    it.
    """
    long = LONG_EN if lang == "en" else LONG_ZH
    month = 1 / 12
    return frame(
        SERIES_COLUMNS,
        [
            ["Laboratories", 2019 + month / 2, month, "2019-01", 10, 10, "10", "A", 1, False, False, False],
            ["Laboratories", 2020 + month / 2, month, "2020-01", 20, 20, "20", "B", 2, False, False, True],
            ["Laboratories", 2021 + month / 2, month, "2021-01", 30, 30, "30", "C", 3, False, False, True],
            ["Laboratories", 2022 + month / 2, month, "2022-01", 25, 25, "25", "B", 4, False, True, False],
            ["Laboratories", math.nan, 0, "", 35, 35, "35", "", 0, True, False, False],
            [long, 2023.5, 1, "2023", 60, 70, "> 60", "A", 5, False, False, False],
            [long, 2024.5, 1, "2024", 80, math.inf, "> 80", "C", 6, False, False, False],
            [long, math.nan, 0, "", 101, 199, "> 100", "", 0, True, False, False],
            ["Editions", 2021 + 11.5 / 12, month, "2021-12", 1, 1, "1", "B", 7, False, False, False],
            ["Editions", 2021.5, 1, "2021", 1, 1, "1", "", 0, True, False, False],
        ],
    )


def ranks(lang="en"):
    """Ranks with two breaks, one of them explained, and a rank of the article that is an interval."""
    reason = "Guangzhou merged in" if lang == "en" else "并入广州"
    rows = [
        [
            "Cluster",
            year + 0.5,
            1,
            str(year),
            rank,
            rank,
            str(rank),
            "B",
            1,
            False,
            broken,
            joined,
            reason if broken else "",
        ]
        for year, rank, broken, joined in (
            (2017, 2, False, False),
            (2019, 3, True, False),
            (2020, 2, True, False),
            (2021, 2, False, True),
            (2022, 1, False, True),
        )
    ]
    article = ["Cluster", math.nan, 0, "", 1, 100, "top 100", "", 0, True, False, False, ""]
    return frame([*SERIES_COLUMNS, "changed"], [*rows, article])


TORNADO_COLUMNS = ["group", "label", "low", "high", "text"]


def tornado(lang="en"):
    """Dots, open ends at both sides, long names, settings and texts, all under a condition."""
    long = LONG_EN if lang == "en" else LONG_ZH
    rows = [
        ["", long, 6.0, 6.0, "6"],
        [long, "strict", 3.0, math.inf, "> 3 " + long],
        [long, long, -math.inf, 40.0, "< 40"],
        ["cores", "1", 350.0, 366.0, long],
        ["cores", "10 million", 1.0, 1.1, "1.0–1.1"],
    ]
    return frame(TORNADO_COLUMNS, rows).assign(soundness="conditional")
