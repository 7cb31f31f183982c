"""Expressions of derived indicators: reading them, computing them, and which figures they may combine.

    >>> parse_expression("6 / li_firms * 100").names
    ('li_firms',)

It does not know where an expression is stored, how a figure is read, or what a result means.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.interval import Interval

GRAMMAR = "names, plain numbers, + - * / and parentheses"
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


# Gives a name's interval or exact number.
Lookup = Callable[[str], Interval | Fraction | int]
# The numbers of an expression by the line and the column where they stand.
Place = tuple[int, int]
Numbers = Mapping[Place, Interval]


@dataclass(frozen=True)
class Expression:
    """An expression that has been read.

    text: as written. names: the names in it, each once, in order of appearance.
    """

    text: str
    names: tuple[str, ...]
    tree: ast.expr = field(compare=False, repr=False)

    def evaluate(self, lookup: Lookup) -> Interval:
        """The interval of the expression, where `lookup` gives each name's interval or exact number.

        Interval arithmetic treats two appearances of one name as independent: the result always
        contains the true value, and may be wider than needed.
        Raises GbaError on division by an interval that contains or touches zero.
        """
        return _evaluate(self.tree, self._numbers, lookup)

    @cached_property
    def _numbers(self) -> Numbers:
        """Read once, as an expression is computed under many parameters."""
        # The source text, not the parsed float: 0.1 is one tenth.
        nodes = (node for node in operands(self.tree) if not isinstance(node, ast.Name))
        return {_place(node): Interval.point(Fraction(_source(node, self.text))) for node in nodes}


@cache
def parse_expression(text: str) -> Expression:
    """Read an expression of names, plain decimal numbers, + - * / and parentheses.

    Raises DataError, with every construct that is not allowed, if it holds anything else.
    """
    text = text.strip()
    tree = read_tree(text, _problem)
    problems = [
        _problem(text, node.col_offset + 1, _source(node, text))
        for node in operands(tree)
        if not _is_allowed(node, text)
    ]
    if problems:
        raise DataError(problems)
    names = (node.id for node in operands(tree) if isinstance(node, ast.Name))
    return Expression(text, tuple(dict.fromkeys(names)), tree)


def read_tree(text: str, problem: Callable[[str, int | None, str], Problem]) -> ast.expr:
    """`text` as Python reads an expression. Raises DataError if Python cannot.

    problem: says what is wrong, of the text, the character where it is (from 1) if that is known, and what
    was found."""
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = getattr(error, "msg", None) or "an unreadable text"
        raise DataError(problem(text, getattr(error, "offset", None), reason)) from None


def _problem(text: str, column: int | None, found: str) -> Problem:
    place = f"character {column}" if column else ""
    return Problem(f"expression {text!r}", place, found, GRAMMAR)


def operands(tree: ast.expr) -> Iterator[ast.expr]:
    """The nodes that the four operations combine, from left to right."""
    if isinstance(tree, ast.BinOp) and type(tree.op) in OPERATIONS:
        yield from operands(tree.left)
        yield from operands(tree.right)
    else:
        yield tree


def is_number(node: ast.expr, text: str) -> bool:
    """Whether `node`, parsed from `text`, is a plain decimal number."""
    # Python also reads 1e3, 0x10, 1_000, texts and `...` as constants.
    source = _source(node, text)
    return isinstance(node, ast.Constant) and set(source) <= set("0123456789.") and source.count(".") <= 1


def _is_allowed(node: ast.expr, text: str) -> bool:
    return isinstance(node, ast.Name) or is_number(node, text)


def _source(node: ast.expr, text: str) -> str:
    return ast.get_source_segment(text, node) or ""


def _place(node: ast.expr) -> Place:
    return node.lineno, node.col_offset


def _evaluate(node: ast.expr, numbers: Numbers, lookup: Lookup) -> Interval:
    if isinstance(node, ast.BinOp):
        left = _evaluate(node.left, numbers, lookup)
        return OPERATIONS[type(node.op)](left, _evaluate(node.right, numbers, lookup))
    value = lookup(node.id) if isinstance(node, ast.Name) else numbers[_place(node)]
    return value if isinstance(value, Interval) else Interval.point(value)


def relations_between(
    one: str, other: str, indicators: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...] | None:
    """How firmly two indicators are linked, so that an expression may combine them.

    indicators: rows of indicators.csv by id. Two are linked if one is a part of the other, directly or
    through other indicators: the result is the relation of each step. Structural figures of one entity, such
    as the years and the ordinals of a series, are linked without any step. None means not linked: the text
    supports nothing computed from both. A result without `natural` or `ambiguous` supports a sound value, any
    other only a conditional one."""
    for part, whole in ((one, other), (other, one)):
        steps = _steps(part, whole, indicators)
        if steps is not None:
            return steps
    first, second = indicators[one], indicators[other]
    structural = first["class"] == second["class"] == "structural"
    return () if structural and first["entity_id"] == second["entity_id"] else None


def _steps(part: str, whole: str, indicators: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...] | None:
    """The relations on the way from `part` up to `whole`; None if the way does not lead there."""
    steps: list[str] = []
    while part != whole:
        row = indicators.get(part)
        # More steps than indicators: the parents form a circle.
        if row is None or not row["parent_id"] or len(steps) > len(indicators):
            return None
        steps.append(row["relation"])
        part = row["parent_id"]
    return tuple(steps)
