"""An earlier run is replaced as a whole when the new one is done, and never otherwise."""

import errno
import os
import stat
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from pipeline_samples import contents

from gba_analysis.errors import OutputError
from gba_analysis.project import Project
from gba_analysis.record.output import replaced, require_outside, write_file

# The user that owns nothing, on every Unix.
NOBODY = 65534


@pytest.fixture
def target(tmp_path):
    """An earlier run."""
    folder = tmp_path / "build" / "base"
    (folder / "en").mkdir(parents=True)
    (folder / "manifest.json").write_text('{"schema": 1, "scenario": "base", "outputs": {}}')
    (folder / "en" / "page").write_text("old")
    return folder


def test_the_new_folder_takes_the_place_of_the_old_one(target):
    with replaced(target) as new:
        (new / "manifest.json").write_text("new")
        assert contents(target)["en/page"] == b"old"
    assert contents(target) == {"manifest.json": b"new"}
    assert [path.name for path in target.parent.iterdir()] == ["base"]


def test_a_failure_leaves_the_old_folder_and_nothing_else(target):
    before = contents(target.parent)
    with pytest.raises(ZeroDivisionError), replaced(target) as new:
        (new / "half").write_text("done")
        _ = 1 / 0
    assert contents(target.parent) == before
    assert [path.name for path in target.parent.iterdir()] == ["base"]


def test_others_may_read_a_finished_run(tmp_path):
    with replaced(tmp_path / "base") as new:
        (new / "manifest.json").write_text("{}")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "base").stat().st_mode) == 0o777 & ~mask


@pytest.mark.parametrize("content", ["file", "folder"])
def test_what_is_not_a_run_is_not_replaced(tmp_path, content):
    target = tmp_path / "thesis"
    if content == "folder":
        target.mkdir()
        (target / "chapter.txt").write_text("years of work")
    else:
        target.write_text("years of work")
    before = contents(tmp_path)
    with (
        pytest.raises(OutputError, match=r"thesis: found something without the manifest\.json of a run"),
        replaced(target),
    ):
        pass
    assert contents(tmp_path) == before


@pytest.mark.parametrize("manifest", ['{"name": "an extension", "version": "1"}', "[]", "7", "{", ""])
@pytest.mark.parametrize("ledger", [False, True])
def test_another_program_s_manifest_makes_no_run_and_a_damaged_one_of_ours_does(tmp_path, manifest, ledger):
    target = tmp_path / "work"
    target.mkdir()
    (target / "manifest.json").write_text(manifest)
    (target / "work.js").write_text("years of work")
    if ledger:
        (target / "ledger.json").write_text("")
    before = contents(tmp_path)
    with (
        nullcontext() if ledger else pytest.raises(OutputError, match="work: found something without"),
        replaced(target),
    ):
        pass
    assert (contents(tmp_path) == before) != ledger


def test_a_disk_that_is_full_is_the_users_to_mend(target):
    before = contents(target)
    with pytest.raises(OutputError, match="No space left on device"), replaced(target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page")
    assert contents(target) == before


def test_a_missing_file_of_ours_stays_a_bug(target):
    with pytest.raises(FileNotFoundError), replaced(target):
        (target / "nothing").read_text()


def test_a_place_below_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="expected a folder that can be written"),
        replaced(tmp_path / "file" / "base"),
    ):
        pass


@pytest.fixture
def locked():
    """A folder in which this process may write nothing; root, who may write everywhere, is nobody
    meanwhile.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "locked"
        folder.mkdir()
        for part in (folder, folder.parent):
            part.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.parent.chmod(0o755)


def test_a_folder_without_permission_cannot_be_written(locked):
    with pytest.raises(OutputError, match="Permission denied"), replaced(locked / "base"):
        pass


def test_a_file_takes_the_place_of_the_old_one_and_others_may_read_it(tmp_path):
    for content in (b"old", b"new"):
        write_file(tmp_path / "deep" / "file", content)
        assert contents(tmp_path) == {"deep/file": content}
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "deep" / "file").stat().st_mode) == 0o666 & ~mask


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"old")
    write = Path.write_bytes

    def full(path, content):
        write(path, content[:1])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(tmp_path / "file", b"new")
    assert contents(tmp_path) == {"file": b"old"} and [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_in_a_folder_without_permission_cannot_be_written(locked):
    with pytest.raises(OutputError, match="Permission denied"):
        write_file(locked / "file", b"new")


@pytest.mark.parametrize("part", ["data", "notebooks", "report"])
def test_runs_are_not_kept_among_the_sources(tmp_path, part):
    with pytest.raises(OutputError, match=f"a folder inside {part}/"):
        require_outside(tmp_path / part / "runs", Project(tmp_path))
    require_outside(tmp_path / "runs", Project(tmp_path))
