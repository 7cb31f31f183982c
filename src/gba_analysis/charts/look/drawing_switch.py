"""Whether charts are drawn. Where only a notebook's values are wanted they are not: drawing takes a third of
its time.
"""

from __future__ import annotations

import os

# An environment variable of a kernel, and its one value.
CHARTS = "GBA_CHARTS"
NONE = "none"


def are_drawn() -> bool:
    """Whether the charts of this process are drawn."""
    return os.environ.get(CHARTS) != NONE
