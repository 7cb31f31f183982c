"""The languages in which a kernel shows its results besides its notebook's own, and how an output holds them.

A driver that wants a notebook in several languages runs it once: it names the others in an environment
variable of the kernel, and each output then holds what differs in them. How such a notebook is taken apart
belongs in `notebooks.one_language`."""

from __future__ import annotations

import os
from collections.abc import Sequence

# An environment variable of a kernel: languages with commas between them.
OTHERS = "GBA_OTHER_LANGUAGES"
# The part of an output for the others: {language: {"data": parts by type, "metadata": all of it}}. A part
# that is the same as in the notebook's own language is left out.
LANGUAGES = "application/vnd.gba.languages+json"


def other_languages() -> list[str]:
    """The languages besides its notebook's own in which this process shows its results; most often none."""
    return [lang for lang in os.environ.get(OTHERS, "").split(",") if lang]


def switch(others: Sequence[str]) -> dict[str, str]:
    """The environment variables of a kernel that is to show its results in `others` too."""
    return {OTHERS: ",".join(others)} if others else {}
