"""What a figure counts: a unit, and the kinds of unit that decide how a figure is read and written.

The units themselves are rows of data/units.csv; how a kind is read or written is said where that is done.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("count", "measure", "percent", "rank", "ordinal", "calendar_year")
# Things that come in whole numbers: "more than 2000 people" is at least 2001 people.
WHOLE_KINDS = ("count", "rank", "ordinal")


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One row of units.csv.

    id: its name in the tables. kind: one of KINDS. name_en, name_zh: the word for it in each language.
    """

    id: str
    kind: str
    name_en: str
    name_zh: str
