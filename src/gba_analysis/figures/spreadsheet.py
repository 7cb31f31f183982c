"""What a spreadsheet program leaves in a table that it saves: named once, as the cause, and not cell by cell.

Excel writes a byte-order mark, the separator and the encoding of the country, TRUE and FALSE, and columns
without a name. Read on, such a file looks as if all its columns were missing, and as if every table that
refers to it were wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from gba_analysis.errors import DataError, Problem
from gba_analysis.figures.datapackage import Descriptor, file_name
from gba_analysis.project import Project

MARK = "\ufeff"
SEPARATORS = {";": "semicolons", "\t": "tabs"}
BOOLEANS = ("TRUE", "FALSE")
EXPECTED = "UTF-8 without a byte-order mark, commas between cells, a name for each column, true and false"
HINT = "saved by a spreadsheet program such as Excel: export it as CSV UTF-8, then take the rest out by hand"
# A Chinese Excel saves CSV in this encoding.
LOCAL = "gb18030"


def read_table_text(project: Project, resource: Descriptor) -> str:
    """The text of a table's file.

    Raises DataError if it is missing or unreadable, with one problem if a spreadsheet program has saved it.
    """
    name = file_name(project, resource["path"])
    try:
        content = (project.data / resource["path"]).read_bytes()
    except OSError as error:
        raise DataError(Problem(name, "", error.strerror or str(error), "a readable file")) from error
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        hint = HINT if _is_local(content) else ""
        place, found = f"byte {error.start + 1}", "bytes that are not UTF-8"
        raise DataError(Problem(name, place, found, "a UTF-8 text", hint)) from error
    if marks := list(_marks(text, resource)):
        raise DataError(Problem(name, "", ", ".join(marks), EXPECTED, HINT))
    return text


def _is_local(content: bytes) -> bool:
    try:
        return bool(content.decode(LOCAL))
    except UnicodeDecodeError:
        return False


def _marks(text: str, resource: Descriptor) -> Iterator[str]:
    """What a spreadsheet program has left in `text`, in words."""
    if text.startswith(MARK):
        yield "a byte-order mark"
    header, *rows = csv.reader(StringIO(text.removeprefix(MARK), newline="")) if text else [[]]
    for separator, words in SEPARATORS.items():
        if len(header) == 1 and separator in header[0]:
            yield f"{words} between cells"
    if unnamed := header.count(""):
        yield f"columns without a name ({unnamed})"
    booleans = [field["name"] for field in resource["schema"]["fields"] if field["type"] == "boolean"]
    columns = [header.index(name) for name in booleans if name in header]
    capitals = sum(row[column] in BOOLEANS for row in rows for column in columns if column < len(row))
    if capitals:
        yield f"TRUE or FALSE in {capitals} cells"
