"""The check of data/ gives the same in a process of its own as in this one, and is made here where that
fails.
"""

import io
import sys
from contextlib import closing

import pytest
from pipeline_samples import output_and_imports

from gba_analysis.figures import check
from gba_analysis.figures.check import check_data
from gba_analysis.notebooks.kernels import Kernels, kernel_environment, warm_kernels
from gba_analysis.pages import data_check
from gba_analysis.pages.data_check import check_apart
from gba_analysis.request import FORKED


@pytest.fixture
def broken(small):
    """A project with two mistakes in its data."""
    path = small.data / "units.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("count", "counted", 2), encoding="utf-8")
    return small


@pytest.fixture(params=[True, False], ids=["with charts", "without charts"])
def warm(request, broken, monkeypatch):
    """Kernels of the broken project; what they say is a failure."""
    # It would hide words that are left behind when a process ends.
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    said = io.StringIO()
    with warm_kernels(FORKED, broken, say=said.write, with_charts=request.param) as kernels:
        yield kernels
    assert said.getvalue() == ""


def refuse(*_):
    raise AssertionError("the check is made in this process")


def test_another_process_finds_the_same(broken, warm, monkeypatch):
    expected = check_data(broken)
    assert len(expected) > 2
    monkeypatch.setattr(check, "check_data", refuse)
    assert check_apart(broken, warm) == expected


def test_the_server_stays_that_of_the_kernels(broken, warm):
    """A server that was not used yet starts again for other conditions, and forks no kernel then."""
    check_apart(broken, warm)
    kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", str(warm.folder / "connection.json")]
    log = (warm.folder / "log").open("wb")
    with log, closing(warm.server):
        assert warm.server.fork(
            kernel,
            env=kernel_environment(broken, warm.folder, with_charts=warm.with_charts),
            cwd=str(broken.notebooks),
            stdout=log,
            stderr=log,
        ).pid


@pytest.mark.parametrize("module", ["zipapp", "no_such_module"], ids=["fails", "is not there"])
def test_what_another_process_cannot_say_is_found_here(broken, warm, monkeypatch, module):
    monkeypatch.setattr(data_check, "MODULE", module)
    assert check_apart(broken, warm) == check_data(broken)
    monkeypatch.setattr(check, "check_data", refuse)
    with pytest.raises(AssertionError):
        check_apart(broken, warm)


def test_without_a_server_it_is_made_here(broken, tmp_path, monkeypatch):
    assert check_apart(broken, Kernels(tmp_path)) == check_data(broken)
    monkeypatch.setattr(check, "check_data", refuse)
    with pytest.raises(AssertionError):
        check_apart(broken, Kernels(tmp_path))


def test_a_build_imports_no_library_of_tables_itself(small):
    output, imported = output_and_imports(small, "build", "--engine", "embedded", "--force", "--to", "html")
    assert "briefing.en.html" in output
    assert not {"pandas", "numpy", "frictionless"} & imported
