"""The widths that a table's columns get in the PDF."""

import re

import pytest
from fontTools.ttLib import TTFont

from gba_analysis import kit
from gba_analysis.render.pandoc import run_pandoc

# What templates/typst-template.typ sets: the text's width, a table's size and its cells' padding, in points.
TEXT_WIDTH, SIZE, PADDING = 464.9, 8.5, 10
KEY = "ref.hkust_gz_firms_guangzhou_2025_02_period"
WORDS = "words that may stand on several lines of their cell "


def shares(repository, rows):
    """The share of the width that each column gets, and the words of its cells."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + ":--|" * len(rows[0]))
    arguments = [
        "--from=markdown",
        "--to=typst",
        "--columns=9999",
        f"--lua-filter={kit.FOLDER}/filters/columns.lua",
    ]
    found = re.search(r"columns: \((.*?)\)", run_pandoc(arguments, "\n".join(lines), folder=repository.root))[
        1
    ]
    return [float(part.strip().rstrip("%")) / 100 for part in found.strip(",").split(",")]


@pytest.fixture(scope="module")
def width_of(repository):
    """The width of a word in a table, in points."""
    font = TTFont(kit.FOLDER / "fonts" / "GBASansSC-Regular.ttf")
    glyphs, advances, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return lambda word: sum(advances[glyphs[ord(character)]][0] for character in word) / units * SIZE


@pytest.mark.parametrize(
    "others", [("more than 100 million", "–", "06_references"), (WORDS * 4, WORDS * 2, "02_platforms")]
)
def test_the_longest_word_fits_its_column(repository, width_of, others):
    rows = [("Key", "Value", "Rests on", "Notebook"), *[(KEY, *others)] * 5]
    for share, *cells in zip(shares(repository, rows), *rows, strict=True):
        longest = max(width_of(word) for cell in cells for word in cell.split())
        assert longest + PADDING <= share * TEXT_WIDTH


def test_widths_share_the_whole_line(repository):
    assert sum(shares(repository, [("A", "B"), ("a", WORDS * 9)])) == pytest.approx(1, abs=0.001)


def test_a_column_of_long_texts_gets_what_short_ones_need_not(repository):
    short, long, longer = shares(repository, [("A", "B", "C"), *[("[12]", WORDS * 3, WORDS * 9)] * 8])
    assert short < 0.1 < long < longer


def test_hardly_another_division_makes_the_table_shorter(repository, width_of):
    """One column holds a long text in one row only, the other in every row: lengths alone do not tell their
    heights.
    """
    rows = [("A", "B"), (WORDS * 9, WORDS), *[("few words", WORDS * 2)] * 9]
    first, _ = shares(repository, rows)

    def lines(share):
        rooms = share * TEXT_WIDTH - PADDING, (1 - share) * TEXT_WIDTH - PADDING
        return sum(
            max(wrapped(text, room, width_of) for text, room in zip(row, rooms, strict=True)) for row in rows
        )

    assert lines(first) <= 1.05 * min(lines(share / 100) for share in range(10, 90))


def wrapped(text, room, width_of):
    """The lines that `text` takes, filled word by word."""
    lines, used = 1, 0.0
    for word in text.split():
        width = width_of(word + " ")
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        used += width
    return lines
