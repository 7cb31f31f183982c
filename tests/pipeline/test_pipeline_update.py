"""`gba update` renews the checksums of the tables, and nothing else."""

import json
import shutil

import pytest

from gba_analysis.errors import DataError
from gba_analysis.figures.check import check_data
from gba_analysis.pipeline.update import Renewed, update
from gba_analysis.project import Project


@pytest.fixture
def data(repository, tmp_path) -> Project:
    """A project with a copy of data/ and nothing else in it, to change at will."""
    shutil.copytree(repository.data, tmp_path / "data")
    for part in ("notebooks", "report"):
        (tmp_path / part).mkdir()
    return Project(tmp_path)


def package(project):
    return json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))


def changed(project, table="fields"):
    """Put a space into a table; its sizes before and now."""
    path = project.data / f"{table}.csv"
    before = path.read_bytes()
    path.write_bytes(before.replace(b",", b", ", 1))
    return len(before), len(before) + 1


def test_a_changed_table_is_named_with_both_sizes_and_the_rest_stays(data):
    described = package(data)
    before, now = changed(data)
    assert update(data) == [Renewed("fields.csv", before, now)]
    (resource,) = (item for item in described["resources"] if item["name"] == "fields")
    renewed = next(item for item in package(data)["resources"] if item["name"] == "fields")
    assert renewed["bytes"] == now and renewed["hash"] != resource["hash"]
    resource.update(bytes=now, hash=renewed["hash"])
    assert package(data) == described


def test_a_table_of_the_same_size_is_renewed_too(data):
    path = data.data / "fields.csv"
    path.write_bytes(path.read_bytes().replace(b"e", b"o", 1))
    (renewed,) = update(data)
    assert renewed.before == renewed.now
    assert [problem for problem in check_data(data) if "gba update" in problem.hint] == []


def test_nothing_is_written_if_nothing_has_changed(data):
    path = data.data / "datapackage.json"
    before = path.read_bytes(), path.stat().st_ino
    assert update(data) == []
    assert (path.read_bytes(), path.stat().st_ino) == before


def test_a_table_just_declared_needs_no_checksum(data):
    (data.data / "talents.csv").write_text("id\nx\n", encoding="utf-8")
    content = package(data)
    schema = {"fields": [{"name": "id", "type": "string"}], "primaryKey": ["id"]}
    content["resources"].append({"name": "talents", "path": "talents.csv", "schema": schema})
    (data.data / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    assert update(data) == [Renewed("talents.csv", None, 5)]
    assert check_data(data) == []


def test_all_missing_tables_are_told_and_nothing_is_changed(data):
    changed(data)
    before = (data.data / "datapackage.json").read_bytes()
    for table in ("units", "links"):
        (data.data / f"{table}.csv").unlink()
    with pytest.raises(DataError) as caught:
        update(data)
    assert [problem.file for problem in caught.value.problems] == ["data/units.csv", "data/links.csv"]
    assert (data.data / "datapackage.json").read_bytes() == before


def test_the_command_says_what_it_changed(data, run):
    before, now = changed(data)
    result = run(data, "update")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"data/fields.csv ({now:,} bytes; before: {before:,} bytes)\n")
    assert run(data, "update").stdout == "every checksum was up to date\n"


def test_the_command_refuses_what_is_no_data_package(data, run):
    (data.data / "datapackage.json").write_text("{", encoding="utf-8")
    result = run(data, "update")
    assert result.exit_code == 2 and "data/datapackage.json, line 1" in result.stderr
