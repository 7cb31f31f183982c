"""Plain text and tables as Markdown that Pandoc and Jupyter read the same way. No other Markdown is made here."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Pandoc takes a backslash before any punctuation. These never begin a construct inside a line.
HARMLESS = ",.%"
ESCAPES = str.maketrans({char: f"\\{char}" for char in string.punctuation if char not in HARMLESS})


def escape(text: str) -> str:
    """`text` as Markdown that Pandoc reads back as the same text, also with its smart quotes and dashes."""
    # Three dots would become an ellipsis; one is too common in figures to be escaped.
    return text.translate(ESCAPES).replace("..", ".\\.")


def table(df: pd.DataFrame, right: tuple[str, ...] = ()) -> str:
    """`df` as a pipe table without its index; every cell is plain text.

    right: columns of figures, aligned to the right.
    Raises ValueError for an unknown column in `right` or a table without rows.
    """
    unknown = set(right) - set(df.columns)
    if unknown or df.empty:
        raise ValueError(f"found {sorted(unknown) or 'no rows'}, expected rows and columns of {list(df.columns)}")
    cells = df.map(lambda value: escape(str(value)))
    return cells.to_markdown(
        index=False,
        headers=[escape(str(column)) for column in df.columns],
        tablefmt="pipe",
        colalign=["right" if column in right else "left" for column in df.columns],
        disable_numparse=True,
    )
