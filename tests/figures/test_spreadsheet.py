"""A table that a spreadsheet program has saved is one problem, which names the cause."""

import pytest

from gba_analysis.errors import DataError
from gba_analysis.figures.records import load_rows
from gba_analysis.figures.spreadsheet import HINT
from gba_analysis.pipeline.update import update

# By name: the table, what the program does to its bytes, and what is found.
SAVED = {
    "a byte-order mark": ("units", lambda content: b"\xef\xbb\xbf" + content, "a byte-order mark"),
    "semicolons": ("units", lambda content: content.replace(b",", b";"), "semicolons between cells"),
    "tabs": ("units", lambda content: content.replace(b",", b"\t"), "tabs between cells"),
    "empty columns": ("units", lambda content: content.replace(b"\n", b",,\n"), "columns without a name (2)"),
    "capitals": (
        "indicators",
        lambda content: content.replace(b",false", b",FALSE", 2),
        "TRUE or FALSE in 2 cells",
    ),
    "another encoding": (
        "units",
        lambda content: content.decode().encode("gb18030"),
        "bytes that are not UTF-8",
    ),
    "all at once": (
        "units",
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b",,\r\n"),
        "a byte-order mark, columns without a name (2)",
    ),
}


@pytest.mark.parametrize("renewed", [False, True])
@pytest.mark.parametrize("case", SAVED.values(), ids=SAVED)
def test_it_is_one_problem_of_that_table_alone(copy, case, renewed):
    table, save, found = case
    copy.path(table).write_bytes(save(copy.path(table).read_bytes()))
    if renewed:
        update(copy)
    problem = copy.problem()
    assert (problem.file, problem.found, problem.hint) == (f"data/{table}.csv", found, HINT)


@pytest.mark.parametrize("content", [b"\xff\xff", b"id\xe9"])
def test_other_bytes_are_not_blamed_on_a_program(copy, content):
    copy.path("units").write_bytes(content)
    problem = copy.problem()
    assert problem.found == "bytes that are not UTF-8" and problem.hint == ""


def test_such_a_table_is_not_loaded_either(copy):
    copy.path("units").write_bytes(b"\xef\xbb\xbf" + copy.path("units").read_bytes())
    with pytest.raises(DataError, match="a byte-order mark"):
        load_rows(copy, "units")


def test_semicolons_in_a_table_of_commas_are_texts(copy):
    copy.set("fields", "chips", name_en="Chips; and more")
    assert copy.problems() == []
