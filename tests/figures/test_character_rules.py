"""Characters that cannot be seen, or that the shipped fonts lack, are named with cell and code point."""

from dataclasses import replace

import pytest

from gba_analysis.figures.character_rules import character_problems
from gba_analysis.figures.check import rule_problems


def with_cell(facts, text):
    """The facts with `text` in a cell of entities.csv, row 2."""
    entities = facts.entities.copy()
    entities.iloc[0, entities.columns.get_loc("name_en")] = text
    return replace(facts, entities=entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\ufffdb", "the characters U+FFFD REPLACEMENT CHARACTER"),
        ("a\ue000b", "the characters U+E000"),
        ("a\0b", "the characters U+0000"),
        ("a\x1b[1mb", "the characters U+001B"),
        ("a\u200bb\u202e", "the characters U+200B ZERO WIDTH SPACE, U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2028b", "the characters U+2028 LINE SEPARATOR"),
        ("a 😀", "the characters U+1F600 GRINNING FACE"),
        (" ", "a cell that looks empty (U+0020 SPACE)"),
        ("\u200b", "a cell that looks empty (U+200B ZERO WIDTH SPACE)"),
        ("\n", "a cell that looks empty (U+000A)"),
    ],
)
def test_a_cell_with_what_no_reader_can_see_is_named(facts, text, found):
    (problem,) = character_problems(with_cell(facts, text))
    assert (problem.file, problem.place) == ("data/entities.csv", "row 2, column name_en")
    assert problem.found == found


@pytest.mark.parametrize("text", ["", None, "two\nlines\tand a tab", "12\u00a0% – “港”"])
def test_a_cell_of_other_texts_is_right(facts, text):
    assert list(character_problems(with_cell(facts, text))) == []


def test_the_rule_is_among_those_that_are_checked(facts):
    assert "U+E000" in str(rule_problems(with_cell(facts, "\ue000a"))[-1])
