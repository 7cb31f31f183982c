"""Plain text and tables as Markdown that Pandoc and Jupyter read the same way. No other Markdown is made
here.

    >>> escape("*x* & 13.9 %")
    '\\\\*x\\\\* \\\\& 13.9 %'
    >>> print(table({"a": ["1, 2"]}))
    | a    |
    |:-----|
    | 1, 2 |
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import pandas as pd

# Pandoc takes a backslash before any punctuation. These never begin a construct inside a line.
HARMLESS = ",.%"
ESCAPES = str.maketrans({char: f"\\{char}" for char in string.punctuation if char not in HARMLESS})

WEB = ("http://", "https://")
# All that an address may hold besides letters and digits, the sign of an encoded byte included.
# Source: RFC 3986, section 2.
ADDRESS_SIGNS = "-._~:/?#[]@!$&'()*+,;=%"
# What Pandoc and Jupyter would take for a character, such as `&copy;`.
ENTITY = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class Link:
    """A cell that leads to `address`, a web address. What may not stand in one is percent-encoded."""

    text: str
    address: str


@dataclass(frozen=True)
class Anchor:
    """A cell that links on the page can lead to; id: letters, digits, `-` and `_`."""

    text: str
    id: str


def escape(text: str) -> str:
    """`text` as Markdown that Pandoc reads back as the same text, also with its smart quotes and dashes."""
    # Three dots would become an ellipsis; one is too common in figures to be escaped.
    return text.translate(ESCAPES).replace("..", ".\\.")


def table(df: pd.DataFrame | Mapping[str, Sequence[object]], right: tuple[str, ...] = ()) -> str:
    """`df`, or columns by name, as a pipe table without its index; every cell is plain text, a Link or an
    Anchor.

    right: columns of figures, aligned to the right.
    Raises ValueError for an unknown column in `right`, a table without rows or a Link that leads to no web
    address.
    """
    columns: list[Any] = list(df)
    unknown = set(right) - set(columns)
    if unknown or not columns or not len(df[columns[0]]):
        raise ValueError(f"found {sorted(unknown) or 'no rows'}, expected rows and columns of {columns}")
    from tabulate import tabulate

    return tabulate(
        list(zip(*([_cell(value) for value in df[column]] for column in columns), strict=True)),
        headers=[escape(str(column)) for column in columns],
        tablefmt="pipe",
        colalign=["right" if column in right else "left" for column in columns],
        disable_numparse=True,
    )


def linked(df: pd.DataFrame, text: str, address: str) -> pd.DataFrame:
    """`df` without its column `address`, the cells of the column `text` leading there where there is an
    address.
    """
    pairs = zip(df[text], df[address], strict=True)
    cells: list[Any] = [Link(name, where) if where else name for name, where in pairs]
    return df.assign(**{text: cells}).drop(columns=address)


def _cell(value: object) -> str:
    if isinstance(value, Link):
        return f"[{escape(value.text)}](<{_written(value.address)}>)"
    if isinstance(value, Anchor):
        return f"[{escape(value.text)}]{{#{value.id}}}"
    return escape(str(value))


def _written(address: str) -> str:
    """An address as it stands in angle brackets, where nothing else needs an escape."""
    if not address.startswith(WEB):
        raise ValueError(f"found the address {address!r}, expected one that begins with {' or '.join(WEB)}")
    return ENTITY.sub("&amp;", quote(address, safe=ADDRESS_SIGNS))


def plain(value: object) -> object:
    """A table's cell without its address or id."""
    return value.text if isinstance(value, Link | Anchor) else value
