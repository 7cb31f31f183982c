"""Whether a result depends on the values of a column: it is computed with values that must not be used.

Where none of them is used, no change of a value can matter. Moving a value from place to place is no use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from gba_analysis.figures.tables import Facts


class UsedError(Exception):
    """A value that must not be used is used."""


class Unusable:
    """Stands for a value. Any operation on it sets `used` and raises UsedError."""

    used = False

    def _use(self, *_: Any, **__: Any) -> Any:
        # The class knows it, because whoever uses the value may swallow the error.
        Unusable.used = True
        raise UsedError

    __getattribute__ = _use


# Python looks operations up in the class, past __getattribute__.
KEPT = {
    "__class__",
    "__class_getitem__",
    "__getattribute__",
    "__init__",
    "__init_subclass__",
    "__new__",
    "__subclasshook__",
}
for _kind in (str, int, float, Fraction, list):
    for _name, _operation in vars(_kind).items():
        if _name.startswith("__") and callable(_operation) and _name not in KEPT:
            setattr(Unusable, _name, vars(Unusable)["_use"])


def uses(compute: Callable[[Facts], Any], expected: Any, facts: Facts, table: str, column: str) -> bool:
    """Whether what `compute` makes of `facts`, `expected`, depends on the values of a column, or may do so.

    The column is none of the table's primary key.
    """
    df: pd.DataFrame = getattr(facts, table)
    values = np.empty(len(df), dtype=object)
    for row in range(len(df)):
        values[row] = Unusable()
    unusable = df.assign(**{column: pd.Series(values, df.index, dtype=object)})
    Unusable.used = False
    try:
        return compute(replace(facts, **{table: unusable})) != expected or Unusable.used
    # Whatever goes wrong in it, a computation that fails on unusable cells uses them.
    except Exception:  # noqa: BLE001
        return True
