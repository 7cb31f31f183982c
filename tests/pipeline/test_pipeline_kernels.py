"""`gba build --kernels`: how kernels start changes no file, and the user hears of it only if it is not as
asked.
"""

import subprocess
import sys

import pytest
from pipeline_samples import contents, small_notebook, write_notebook

from gba_analysis.kernels import client
from gba_analysis.notebooks.kernels import kernel_environment
from gba_analysis.pipeline import build

FAILING = "raise SystemExit('no memory')"
PARENT = """#| label: parent
import os, pathlib
print('server' in pathlib.Path(f'/proc/{os.getppid()}/cmdline').read_text())"""

ARENAS = """
import ctypes, sys, threading
from gba_analysis.notebooks.memory_arenas import share_one_store
share_one_store()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
threads = [threading.Thread(target=libc.malloc, args=(1000,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
print(open(sys.argv[1]).read().count("<heap nr="))
"""


@pytest.mark.parametrize(("kernels", "forked"), [("forked", "True"), ("ordinary", "False")])
def test_the_option_decides(small, run, kernels, forked):
    write_notebook(small, "01_evidence", small_notebook("01_evidence", PARENT))
    assert run(small, "refresh", "01_evidence").exit_code == 0
    assert "False" in (small.notebooks / "01_evidence.ipynb").read_text(encoding="utf-8")
    result = run(small, "build", "--engine", "embedded", "--to", "html", "--lang", "en", "--kernels", kernels)
    assert result.exit_code == 0, result.output
    assert f'"{forked}\\n"' in contents(small.build)["base/en/notebooks/01_evidence.ipynb"].decode()


def test_both_give_the_same_files_and_a_server_that_fails_costs_one_line(small, run, tmp_path, monkeypatch):
    build = ("build", "--force", "--engine", "embedded", "--to", "html", "--lang", "en")
    assert "ordinary way" not in run(small, *build).stderr
    forked = contents(small.build)
    (tmp_path / "server.py").write_text(FAILING, encoding="utf-8")
    monkeypatch.setattr(client, "SERVER", tmp_path / "server.py")
    result = run(small, *build)
    assert result.exit_code == 0, result.output
    assert [line for line in result.stderr.splitlines() if "ordinary way" in line] == [
        "kernels are not forked but started in the ordinary way: their server did not come up: no memory"
    ]
    assert contents(small.build) == forked
    assert run(small, *build, "--kernels", "ordinary").stderr.count("ordinary way") == 0
    assert contents(small.build) == forked


def test_the_server_is_gone_before_the_run_is_recorded(small, run, monkeypatch):
    order = []
    close, record = client.ForkServer.close, build.write_text
    monkeypatch.setattr(client.ForkServer, "close", lambda self: (order.append("close"), close(self)))
    monkeypatch.setattr(build, "write_text", lambda *words: (order.append("record"), record(*words)))
    assert (
        run(small, "build", "--force", "--engine", "embedded", "--to", "html", "--lang", "en").exit_code == 0
    )
    assert order[0] == "close" and "record" in order


def test_another_way_is_refused(small, run):
    result = run(small, "build", "--kernels", "warm")
    assert result.exit_code == 2 and "'forked', 'ordinary'" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's own library has several stores")
def test_memory_that_a_thread_frees_another_can_use(tmp_path):
    """A thread's own store is an arena of glibc, which `malloc_info` lists."""
    result = subprocess.run(
        [sys.executable, "-c", ARENAS, str(tmp_path / "info")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert result.stdout.split() == ["1"]


@pytest.mark.parametrize("name", ["PYTHONSTARTUP", "PYTHONWARNINGS", "GBA_CHARTS"])
def test_a_kernel_does_not_see_personal_settings(small, tmp_path, monkeypatch, name):
    monkeypatch.setenv(name, "mine")
    monkeypatch.setenv("MINE", "mine")
    found = kernel_environment(small, tmp_path)
    assert name not in found and found["MINE"] == "mine"


@pytest.mark.parametrize("home", ["can be written", "is a file", "is not there"])
def test_matplotlib_has_a_folder_where_home_has_none(small, tmp_path, monkeypatch, home):
    path = tmp_path / "home"
    if home == "can be written":
        path.mkdir()
    else:
        path.write_text("")
    monkeypatch.setenv("HOME", str(path / "deeper" if home == "is not there" else path))
    assert kernel_environment(small, tmp_path).get("MPLCONFIGDIR") == (
        None if home == "can be written" else str(tmp_path)
    )
