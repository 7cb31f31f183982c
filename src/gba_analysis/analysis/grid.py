"""The parameter values under which conclusions are tried: which values of each parameter, and which sets of
them.

Values of a number come from its range in the contract, so a new parameter is in the grid at once. What is
computed for a set does not belong here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from gba_analysis.parameters import CONTRACT, Parameter

# Together they say how a bound is read, so they are tried together.
READING = ("reading", "near_shortfall", "over_excess")
# It changes words, not values.
WORDS_ONLY = ("lang",)
# A range over more powers of ten than this is stepped by powers of ten, one over less than one evenly.
FINE_DECADES = 3
EVEN_STEPS = 5
NUMBERS = ("number", "integer")
# The types of a number; a truth value is none.
EXACT = (int, float, Fraction)


def tried(parameters: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """The parameters of the contract that are in `parameters` and can change a value."""
    return tuple(item for item in CONTRACT if item.name in parameters and item.name not in WORDS_ONLY)


def values_of(parameter: Parameter, chosen: Any) -> tuple[Any, ...]:
    """The values at which `parameter` is tried, each once; numbers as exact fractions, ascending.

    A number: both ends of its range, the chosen value, and between them the numbers 1, 2 and 5 times a power
    of ten; powers of ten alone if the range spans more than FINE_DECADES of them, EVEN_STEPS equal steps if
    it spans less than one. A choice: all of them. A list: the chosen one, and it without each of its members,
    where that is allowed."""
    match parameter.kind:
        case "choice":
            return parameter.choices
        case "boolean":
            return (False, True)
        case "choices":
            shorter = [[item for item in chosen if item != left_out] for left_out in chosen]
            return (list(chosen), *filter(parameter.accepts, shorter))
        case _:
            low, high = range_of(parameter)
            return tuple(sorted({low, high, exact(chosen), *_between(low, high)}))


def range_of(parameter: Parameter) -> tuple[Fraction, Fraction]:
    """Both ends of a number's range. Raises ValueError for a parameter that is no number."""
    if parameter.minimum is None or parameter.maximum is None:
        raise ValueError(f"found {parameter.name}, a {parameter.kind}, expected a number with a range")
    return exact(parameter.minimum), exact(parameter.maximum)


def exact(number: float | Fraction) -> Fraction:
    """The decimal that `number` is written as: 0.1 is one tenth, not the float next to it."""
    return number if isinstance(number, Fraction) else _decimal(number)


@cache
def _decimal(number: float) -> Fraction:
    return Fraction(str(number))


def _between(low: Fraction, high: Fraction) -> Iterator[Fraction]:
    if high < 10 * low:
        yield from (low + (high - low) * step / EVEN_STEPS for step in range(1, EVEN_STEPS))
        return
    digits = (1,) if high > 10**FINE_DECADES * low else (1, 2, 5)
    power = Fraction(1)
    while power > low:
        power /= 10
    while power <= high:
        yield from (digit * power for digit in digits if low < digit * power < high)
        power *= 10


def grid(parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sets of parameter values to try, the chosen one first, each once.

    parameters: the chosen values by name, `reading` among them; a set changes some of them. Every combination
    of the parameters in READING; and, under each reading, every value of each other parameter, one parameter
    at a time."""
    values = {item.name: values_of(item, parameters[item.name]) for item in tried(parameters)}
    reading = [name for name in READING if name in values]
    others = [name for name in values if name not in READING]
    combinations = product(*(values[name] for name in reading))
    sets = [dict(zip(reading, combination, strict=True)) for combination in combinations]
    for name in others:
        sets += [{"reading": rule, name: value} for rule, value in product(values["reading"], values[name])]
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for changes in [{}, *sets]:
        changed = dict(parameters) | changes
        found.setdefault(key_of(changed), changed)
    return list(found.values())


def key_of(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of one set, so that sets can be compared: 0.1 and one tenth are the same."""
    return tuple(comparable(value) for value in values.values())


def comparable(value: Any) -> Any:
    """A parameter's value in a form that can be compared and hashed, the same for equal values."""
    if isinstance(value, list):
        return tuple(value)
    # Whole numbers are hashed and compared in a fraction of a fraction's time.
    return exact(value).as_integer_ratio() if type(value) in EXACT else value
