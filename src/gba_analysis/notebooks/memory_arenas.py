"""How this process takes memory from the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

# From glibc's malloc.h: how many separate stores of memory the threads of a process have at most.
M_ARENA_MAX = -8


def share_one_store() -> None:
    """Let all threads take memory from one store, so that what one of them frees another can use; Linux's own
    library only.

    The stores are there for threads that run at the same time, which those of Python do not.
    """
    if sys.platform == "linux":
        # Another library than glibc has no such function.
        with suppress(AttributeError):
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
