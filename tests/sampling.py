"""What is tried of many alike cases: a fixed sample in `make test`, all of them in `make proof`."""

import random
from collections.abc import Sequence
from typing import Any

import pytest

SEED = 2026


def sampled(cases: Sequence[Any], count: int) -> list[Any]:
    """`cases` as a test's parameters, `count` of them drawn by SEED; the others are marked `proof`.

    A case of several values is a tuple. Raises ValueError if there are no more cases than are to be drawn:
    then all of them may as well be tried.
    """
    chosen = {id(case) for case in random.Random(SEED).sample(list(cases), count)}
    if len(chosen) == len(cases):
        raise ValueError(f"found {count} of {len(cases)} cases, expected fewer than all")
    return [case if id(case) in chosen else _later(case) for case in cases]


def _later(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.proof)
