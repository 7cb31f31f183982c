"""Errors are data: they read well and survive the way between processes."""

import importlib
import pickle
import pkgutil

import pytest

import gba_analysis
from gba_analysis.errors import GbaError, NotebookError, Problem, quoted

# Programs, not modules.
NOT_IMPORTED = ("__main__", "server", "compiler")
ONE = Problem("a.csv", "row 2", "'x'", "a number", "mend it")


def subclasses(kind: type[GbaError] = GbaError) -> list[type[GbaError]]:
    """Every error of the package, wherever it is defined."""
    for module in pkgutil.walk_packages(gba_analysis.__path__, "gba_analysis."):
        if module.name.rpartition(".")[2] not in NOT_IMPORTED:
            importlib.import_module(module.name)
    return [kind, *(found for child in kind.__subclasses__() for found in subclasses(child))]


@pytest.mark.parametrize("kind", subclasses())
def test_every_error_survives_pickling(kind):
    error = pickle.loads(pickle.dumps(kind([ONE, ONE])))
    assert type(error) is kind
    assert error.problems == (ONE, ONE)


def test_the_message_names_file_place_found_expected_and_fix():
    assert str(GbaError(ONE)) == "a.csv, row 2: found 'x', expected a number (mend it)"
    assert str(GbaError([ONE, ONE])).splitlines()[0] == "2 problems:"


def test_only_a_failing_notebook_exits_with_one():
    codes = {kind.__name__: kind.exit_code for kind in subclasses()}
    assert codes.pop("NotebookError") == NotebookError.exit_code == 1
    assert set(codes.values()) == {2}


def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x", "'x'"),
        (7.1, "7.1"),
        (["hengqin", "hengqin"], "['hengqin', 'hengqin']"),
        ([*range(12)], "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...]"),
        (deep(), "[[[[[[[...]]]]]]]"),
    ],
)
def test_a_value_is_quoted_and_what_is_deep_left_out(value, words):
    assert quoted(value) == words


def test_a_long_text_is_quoted_without_its_middle():
    words = quoted("a" * 500 + "b" * 500)
    assert len(words) == 100
    assert words.startswith("'aaa") and words.endswith("bbb'") and "..." in words


@pytest.mark.parametrize(
    "problem",
    [
        ONE,
        Problem("a.csv", "", "'x'", "a number (or none)"),
        Problem("a.csv", "row 2, column b", "'x', expected or not", "one (or two), or none", "as (here)"),
    ],
)
def test_a_message_is_read_back(problem):
    read = Problem.read(str(problem))
    assert str(read) == str(problem)
    assert (read.file, read.place) == (problem.file, problem.place)


def test_the_parts_of_a_plain_message_are_read_back():
    assert Problem.read(str(ONE)) == ONE


@pytest.mark.parametrize(
    "text", ["", "division by zero", "a: found b", "a: found b, expected c\nmore", ": found b, expected c"]
)
def test_what_is_no_message_of_a_problem_is_not_read(text):
    assert Problem.read(text) is None
