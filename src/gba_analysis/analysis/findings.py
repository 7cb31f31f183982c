"""Findings: a statement with a test, judged under the chosen parameters, and the text that goes with the
outcome.

A test compares keys, whose values are intervals. It holds if it is true for all values they may have, fails
if it is true for none, and is open otherwise. Interval arithmetic treats two appearances of one key as
independent, so an outcome may be open where a closer look would decide it, never the other way round.

    tests = parse_tests(facts.rows("findings"))
    judged = judge_findings(facts.rows("findings"), lookup=source(parameters))
    [(finding.id, finding.outcome) for finding in judged]         # [("figures", "holds"), ...]

Where findings are stored, how a key gets its value, and how a text's placeholders are filled do not belong
here."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from gba_analysis.asked import AWAITED, nearest
from gba_analysis.errors import DataError, GbaError, Problem
from gba_analysis.figures.expression import Expression, is_number, operands, read_tree
from gba_analysis.figures.interval import Interval, always_below, never_above
from gba_analysis.languages import LANGS

# The findings as they are stored: rows of findings.csv by id.
Findings = Mapping[str, Mapping[str, Any]]
Result = TypeVar("Result")
FILE = "data/findings.csv"
HOLDS, OPEN, FAILS = "holds", "open", "fails"
OUTCOMES = (HOLDS, OPEN, FAILS)
# The columns that hold the text for each outcome, without their language.
TEXTS = {HOLDS: "text", OPEN: "open", FAILS: "withdrawn"}
SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
GRAMMAR = f"comparisons ({' '.join(SIGNS.values())}) of keys, plain numbers and + - * /, joined by `and`"


@dataclass(frozen=True)
class Relation:
    """Two expressions and the sign between them, one of SIGNS."""

    left: Expression
    sign: str
    right: Expression


@dataclass(frozen=True)
class Test:
    """A test that has been read: all of its comparisons must be true.

    text: as written. names: the keys in it, each once, in order of appearance.
    """

    text: str
    names: tuple[str, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class JudgedFinding:
    """A finding with its outcome, one of OUTCOMES.

    text: by language, the one that goes with the outcome, with its placeholders."""

    id: str
    test: str
    outcome: str
    text: Mapping[str, str]


@cache
def parse_test(text: str) -> Test:
    """Read a test such as `research.hkm_led_share < 50 and platforms.shared == 0`.

    Names may have dots; `a < b < c` means `a < b and b < c`. Raises DataError, with every construct that is
    not allowed, if it holds anything else, and for a comparison without a key: its outcome could never
    change."""
    text = text.strip()
    compared = list(_compared(read_tree(text, _problem)))
    allowed = [node for node in compared if isinstance(node, ast.Compare) and _is_allowed(node, text)]
    problems = [
        _problem(text, node.col_offset + 1, ast.get_source_segment(text, node) or "")
        for node in compared
        if node not in allowed
    ]
    if problems:
        raise DataError(problems)
    relations = tuple(relation for node in allowed for relation in _relations(node, text))
    names = (
        name for relation in relations for side in (relation.left, relation.right) for name in side.names
    )
    return Test(text, tuple(dict.fromkeys(names)), relations)


def _problem(text: str, column: int | None, found: str) -> Problem:
    place = f"character {column}" if column else ""
    return Problem(f"test {text!r}", place, found or "nothing", GRAMMAR)


def _compared(tree: ast.expr) -> Iterator[ast.expr]:
    """What `and` joins, from left to right."""
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _compared(value)
    else:
        yield tree


def _is_allowed(node: ast.Compare, text: str) -> bool:
    sides = [[*operands(side)] for side in (node.left, *node.comparators)]
    signs = all(type(sign) in SIGNS for sign in node.ops)
    plain = all(_name(operand) or is_number(operand, text) for side in sides for operand in side)
    return signs and plain and any(_name(operand) for side in sides for operand in side)


def _name(node: ast.expr) -> str:
    """The dotted name that `node` is; "" if it is anything else."""
    source = ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    return source if all(part.isidentifier() for part in source.split(".")) else ""


def _relations(node: ast.Compare, text: str) -> Iterator[Relation]:
    sides = [_expression(side, text) for side in (node.left, *node.comparators)]
    for left, sign, right in zip(sides, node.ops, sides[1:], strict=False):
        yield Relation(left, SIGNS[type(sign)], right)


def _expression(tree: ast.expr, text: str) -> Expression:
    names = dict.fromkeys(filter(None, map(_name, operands(tree))))
    return Expression(text, tuple(names), _with_whole_names(tree))


def _with_whole_names(tree: ast.expr) -> ast.expr:
    """`tree` with each dotted name as one name, as expressions know them."""
    if isinstance(tree, ast.BinOp):
        sides = (_with_whole_names(side) for side in (tree.left, tree.right))
        return ast.copy_location(ast.BinOp(next(sides), tree.op, next(sides)), tree)
    return ast.copy_location(ast.Name(_name(tree), ast.Load()), tree) if _name(tree) else tree


def judge(test: Test, lookup: Mapping[str, Interval]) -> str:
    """Whether `test` holds, is open or fails (one of OUTCOMES) for the values in `lookup`, by key.

    Raises DataError with every key that `lookup` does not have, and GbaError for a division by what may be
    zero."""
    check_keys(test, lookup)
    found = {_outcome(relation, lookup) for relation in test.relations}
    return next(outcome for outcome in (FAILS, OPEN, HOLDS) if outcome in found)


def check_keys(test: Test, lookup: Mapping[str, Interval]) -> None:
    """Raises DataError with every key of `test` that `lookup` does not have."""
    problems = [
        unknown_key(f"test {test.text!r}", "", name, lookup) for name in test.names if name not in lookup
    ]
    if problems:
        raise DataError(problems)


def unknown_key(
    file: str, place: str, name: str, known: Iterable[str], awaited: Collection[str] = ()
) -> Problem:
    """The problem of a `name` that is not one of the `known` keys. awaited: those that notebooks will publish
    when they run again.
    """
    hint = AWAITED if name in awaited else nearest(name, {*known, *awaited})
    return Problem(
        file, place, f"the unknown key '{name}'", "a key of the ledger or an indicator with a value", hint
    )


def _outcome(relation: Relation, lookup: Mapping[str, Interval]) -> str:
    left, right = (side.evaluate(lookup.__getitem__) for side in (relation.left, relation.right))
    always, never = _RULES[relation.sign]
    return HOLDS if always(left, right) else FAILS if never(left, right) else OPEN


def _same_point(one: Interval, other: Interval) -> bool:
    return one.is_point and one == other


def _apart(one: Interval, other: Interval) -> bool:
    return always_below(one, other) or always_below(other, one)


# For each sign: when it is true for all values, and when for none.
_RULES: Mapping[str, tuple[Callable[[Interval, Interval], bool], Callable[[Interval, Interval], bool]]] = {
    "<": (always_below, lambda one, other: never_above(other, one)),
    "<=": (never_above, lambda one, other: always_below(other, one)),
    ">": (lambda one, other: always_below(other, one), never_above),
    ">=": (lambda one, other: never_above(other, one), always_below),
    "==": (_same_point, _apart),
    "!=": (_apart, _same_point),
}


def parse_tests(findings: Findings) -> dict[str, Test]:
    """The tests of the findings by id, in order of position.

    Raises DataError with every test that cannot be read.
    """
    return _for_each(findings, lambda id_, row: parse_test(row["test"]))


def judge_findings(findings: Findings, lookup: Mapping[str, Interval]) -> tuple[JudgedFinding, ...]:
    """The findings judged for the values in `lookup`, by key, in order of position.

    Raises DataError with every finding whose test cannot be read or judged."""
    return tuple(_for_each(findings, lambda id_, row: _judged(id_, row, lookup)).values())


def _judged(id_: str, row: Mapping[str, Any], lookup: Mapping[str, Interval]) -> JudgedFinding:
    outcome = judge(parse_test(row["test"]), lookup)
    return JudgedFinding(
        id=id_,
        test=row["test"],
        outcome=outcome,
        text={lang: row[f"{TEXTS[outcome]}_{lang}"] for lang in LANGS},
    )


def _for_each(findings: Findings, result: Callable[[str, Mapping[str, Any]], Result]) -> dict[str, Result]:
    """The result for each finding, by id, in order of position; all problems together, with their
    finding.
    """
    results, problems = {}, []
    for id_, row in sorted(findings.items(), key=lambda finding: finding[1]["position"]):
        try:
            results[id_] = result(id_, row)
        except GbaError as error:
            problems += [_of_finding(id_, problem) for problem in error.problems]
    if problems:
        raise DataError(problems)
    return results


def _of_finding(id_: str, problem: Problem) -> Problem:
    place = ", ".join(filter(None, [f"finding {id_}", "column test", problem.place]))
    return Problem(FILE, place, problem.found, problem.expected, problem.hint)
