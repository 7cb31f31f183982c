"""Where a kernel cannot be forked it starts in the ordinary way: the notebook runs, and the user hears of it
once.
"""

import asyncio
import io
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from kernel_samples import IS_FORKED, Server, is_gone, notebook, printed, run

from gba_analysis.kernels import client
from gba_analysis.notebooks.execute import Task
from gba_analysis.notebooks.kernels import quiet_kernels
from gba_analysis.notebooks.several import execute_all
from gba_analysis.progress import Progress
from gba_analysis.request import FORKED

WORKING = client.SERVER.read_text(encoding="utf-8")
ENTRY = 'if __name__ == "__main__":'
THREAD = "threading.Thread(target=threading.Event().wait, daemon=True).start()\nSECONDS_FOR_THREADS = 0\n"
BROKEN = {
    "no such module": (WORKING.replace('"pandas"', '"pandas_of_old"'), "No module named 'pandas_of_old'"),
    "a second thread": (
        WORKING.replace(ENTRY, THREAD + ENTRY),
        "2 threads after the imports",
    ),
    "ends at once": ("", "it said nothing"),
    "not Python": ("%", "SyntaxError"),
    "silent": ("import time\ntime.sleep(600)", "it said nothing"),
    "cannot fork": (WORKING.replace("return os.fork()", "raise BlockingIOError"), "could not fork"),
    "a kernel that fails before it starts": (WORKING.replace("os.setsid()", "1 / 0"), "could not fork"),
}


@pytest.mark.parametrize(("program", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_server_costs_one_line(project, work, server, tmp_path, monkeypatch, program, reason):
    assert program != WORKING
    (tmp_path / "server.py").write_text(program, encoding="utf-8")
    monkeypatch.setattr(client, "SERVER", tmp_path / "server.py")
    if "sleep" in program:
        monkeypatch.setattr(client, "START_SECONDS", 0.5)
    assert [printed(run(project, work, server, IS_FORKED)) for _ in range(2)] == ["False\n", "False\n"]
    (said,) = server.said
    assert reason in said and "started in the ordinary way" in said


def test_elsewhere_than_on_linux_nothing_is_forked(project, work, server, monkeypatch):
    monkeypatch.setattr(client.sys, "platform", "darwin")
    assert printed(run(project, work, server, IS_FORKED)) == "False\n"
    assert "forking needs Linux" in server.said[0]


START = {
    "cmd": [sys.executable, "-m", "ipykernel_launcher"],
    "env": {"PATH": os.environ["PATH"], "TZ": "UTC"},
    "cwd": "/",
}


@pytest.fixture(scope="module")
def started():
    """A server that was started for a kernel in the root folder."""
    server = Server()
    server.fork(**START).send_signal(signal.SIGKILL)
    yield server
    server.close()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"env": START["env"] | {"TZ": "Asia/Shanghai"}}, "another TZ"),
        ({"env": START["env"] | {"MPLBACKEND": "svg", "A": ""}}, "another A, MPLBACKEND"),
        ({"env": {"TZ": "UTC"}}, "another PATH"),
        ({"cwd": "/tmp"}, "another folder"),
        ({"cmd": [sys.executable, "-O", "-m", "ipykernel_launcher"]}, "another interpreter"),
        ({"cmd": ["ir", "--connect"]}, "not `python -m ipykernel_launcher`"),
        ({"stdout": subprocess.PIPE}, "goes to a pipe"),
        ({"independent": True}, "the option independent"),
    ],
)
def test_a_kernel_that_would_differ_is_not_forked(started, changes, what):
    with pytest.raises(client.Unavailable, match=f"{what}$"):
        started.fork(**(START | changes))


def test_a_build_goes_on_and_says_so_once(project, work, tmp_path, monkeypatch):
    (tmp_path / "server.py").write_text("raise SystemExit('no memory')", encoding="utf-8")
    monkeypatch.setattr(client, "SERVER", tmp_path / "server.py")
    for name in ("one", "two", "three"):
        nbformat.write(notebook(IS_FORKED), project.notebooks / f"{name}.ipynb")
    progress = Progress(io.StringIO())
    outcomes = execute_all(
        [Task(name) for name in ("one", "two", "three")],
        project,
        work=work,
        progress=progress,
        jobs=3,
        kernels=FORKED,
    )
    assert all(printed(outcome) == "False\n" for outcome in outcomes)
    notes = [line for line in progress.stream.getvalue().splitlines() if "ordinary way" in line]
    assert len(notes) == 1 and notes[0].endswith("no memory")


STUCK = """
import os, pathlib, sys, time
pathlib.Path({!r}).write_text(str(os.getpid()))
os.close(int(sys.argv[1]))
time.sleep(600)
"""


def test_a_server_that_failed_is_ended_and_not_tried_again(project, work, server, tmp_path, monkeypatch):
    (tmp_path / "server.py").write_text(STUCK.format(str(tmp_path / "pid")), encoding="utf-8")
    monkeypatch.setattr(client, "SERVER", tmp_path / "server.py")
    assert printed(run(project, work, server, IS_FORKED)) == "False\n"
    assert is_gone(int((tmp_path / "pid").read_text()))
    (tmp_path / "pid").unlink()
    assert printed(run(project, work, server, IS_FORKED)) == "False\n"
    assert not (tmp_path / "pid").exists()


@pytest.mark.parametrize("name", ["JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST"])
def test_what_is_set_anew_for_every_kernel_makes_no_difference(started, name):
    first, second = (started.fork(**START | {"env": START["env"] | {name: value}}) for value in "ab")
    for kernel in (first, second):
        kernel.send_signal(signal.SIGKILL)
        assert kernel.wait(20) == -signal.SIGKILL


def test_a_kernel_that_names_its_own_way_to_start_has_it(project, work, server):
    manager = quiet_kernels(project, work, log=work / "log", server=server)(kernel_name="python3")
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": "local-provisioner"}
    # Whatever ran before may have left this thread a loop.
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, manager.start_kernel()).result()
        other.submit(asyncio.run, manager.shutdown_kernel(now=True)).result()
    assert server._server is None and not server.said
