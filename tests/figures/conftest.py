"""The real data, and copies of it that a test may break."""

import csv
import shutil
from io import StringIO
from pathlib import Path

import pytest

from gba_analysis.errors import Problem
from gba_analysis.figures.check import check_data
from gba_analysis.figures.schema import UPDATE
from gba_analysis.figures.tables import Facts, load
from gba_analysis.project import Project, find_project


@pytest.fixture(scope="session")
def project() -> Project:
    return find_project(Path(__file__).parent)


class DataCopy(Project):
    """A project with a copy of data/, changed table by table."""

    def read(self, table: str) -> list[list[str]]:
        return list(csv.reader(StringIO(self.path(table).read_text(encoding="utf-8"))))

    def write(self, table: str, rows: list[list[str]]) -> None:
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, table: str, key: str, /, **cells: str) -> int:
        """Change cells of the row with this key; its row number."""
        rows = self.read(table)
        number = next(number for number, row in enumerate(rows, 1) if row[0] == key)
        for column, cell in cells.items():
            rows[number - 1][rows[0].index(column)] = cell
        self.write(table, rows)
        return number

    def problems(self) -> list[Problem]:
        """What is wrong in the tables, without the remarks that a table was changed at all."""
        return [problem for problem in check_data(self) if problem.hint != UPDATE]

    def problem(self) -> Problem:
        """The one thing that is wrong."""
        (problem,) = self.problems()
        return problem

    def check_found(self, case: tuple) -> None:
        """Change cells as `case` says, and assert that this is the one problem, in its place and words.

        case: table, key of the row, changed cells; column of the problem, how found begins, a part of
        expected."""
        table, key, cells, column, found, expected = case
        row = self.set(table, key, **cells)
        problem = self.problem()
        assert (problem.file, problem.place) == (f"data/{table}.csv", f"row {row}, column {column}")
        assert problem.found.startswith(found)
        assert expected in problem.expected

    def path(self, table: str) -> Path:
        return self.data / f"{table}.csv"


@pytest.fixture(scope="session")
def facts(repository) -> Facts:
    return load(repository)


@pytest.fixture
def copy(project, tmp_path) -> DataCopy:
    shutil.copytree(project.data, tmp_path / "data")
    return DataCopy(tmp_path)
