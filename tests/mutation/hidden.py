"""Values of data/ that tell when they are looked at.

A hidden value can be handed on, sorted into other tables and dropped. Whoever compares it, writes it, computes with it or asks what
it is has looked, and gets the true value's answer as far as Python lets it give one. So an answer that came without a look, and is
the true one, is the same whatever stands there. Only `is` is not seen: where a value may be True or False, it could tell them apart
(UNHIDDEN names the columns where the package does that).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Any

import pandas as pd

# What can be asked of a value of data/ by its own methods.
KINDS = (str, int, Fraction)
# Python and pandas ask this of everything, to see whether it is a list; no value of data/ is one.
HARMLESS = {"__len__", "__iter__"}
OF_THE_TYPE = {"__new__", "__init__", "__init_subclass__", "__subclasshook__", "__class__"}
UNHIDDEN = {"chosen"}


class Hidden:
    """One hidden `value`; each look at it adds its `line` to `looks`."""

    __slots__ = ("line", "looks", "value")

    def __init__(self, value: Any, line: int, looks: set[int]) -> None:
        self.value, self.line, self.looks = value, line, looks

    def __bool__(self) -> bool:
        return bool(_look(self))

    def __getattribute__(self, name: str) -> Any:
        if name in HARMLESS or not any(hasattr(kind, name) for kind in KINDS):
            raise AttributeError(name)
        return getattr(_look(self), name)


def _look(value: Hidden) -> Any:
    looks, line, true = (object.__getattribute__(value, name) for name in ("looks", "line", "value"))
    looks.add(line)
    return true


def _asking(name: str) -> Callable[..., Any]:
    return lambda self, *given: getattr(_look(self), name)(*given)


for _name in {name for kind in KINDS for name in dir(kind) if name.startswith("__") and callable(getattr(kind, name))}:
    if _name not in HARMLESS | OF_THE_TYPE | {"__bool__", "__getattribute__", "__setattr__"}:
        setattr(Hidden, _name, _asking(_name))


def hide(table: pd.DataFrame, column: str, lines: Collection[int], looks: set[int]) -> pd.DataFrame | None:
    """`table` with the values of `column` hidden on these lines; None if they cannot be."""
    if column not in table.columns or column in UNHIDDEN:
        return None
    values = [Hidden(value, line, looks) if line in lines else value for line, value in enumerate(table[column])]
    copy = table.copy(deep=False)
    copy[column] = pd.Series(values, index=table.index, dtype=object)
    return copy


def filled(table: pd.DataFrame, column: str) -> frozenset[int]:
    """The lines of `table` with a value in `column`: no change makes a cell empty, or fills one."""
    values = table[column] if column in table.columns else table.index.get_level_values(column)
    return frozenset(line for line, value in enumerate(values) if value is not None and value != "")
