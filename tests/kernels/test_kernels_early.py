"""A server that is started before a kernel is ordered serves the kernels that were expected, and steps aside
for others.
"""

import signal
import subprocess
import sys

import pytest
from kernel_samples import IS_FORKED, is_gone, printed, run

from gba_analysis.kernels import client
from gba_analysis.notebooks.kernels import prepare


def test_the_kernels_of_a_run_come_from_the_server_that_was_prepared(project, work, server):
    prepare(server, project, scratch=work).join()
    early = server.pid
    assert printed(run(project, work, server, IS_FORKED)) == "True\n"
    assert server.pid == early and server.said == []


def test_a_server_for_other_kernels_is_replaced_before_it_has_any(project, work, server, tmp_path):
    prepare(server, project, scratch=tmp_path).join()
    early = server.pid
    assert printed(run(project, work, server, IS_FORKED)) == "True\n"
    assert server.pid != early and is_gone(early) and server.said == []


def test_a_server_that_has_kernels_is_kept(project, work, server, tmp_path):
    run(project, work, server, "pass")
    used = server.pid
    prepare(server, project, scratch=work).join()
    prepare(server, project, scratch=tmp_path).join()
    assert server.pid == used
    assert printed(run(project, work, server, IS_FORKED)) == "True\n"


def test_a_server_that_does_not_come_up_is_told_of_by_the_kernel(
    project, work, server, tmp_path, monkeypatch
):
    (tmp_path / "server.py").write_text("raise SystemExit('no memory')", encoding="utf-8")
    monkeypatch.setattr(client, "SERVER", tmp_path / "server.py")
    prepare(server, project, scratch=work).join()
    assert server.said == []
    assert printed(run(project, work, server, IS_FORKED)) == "False\n"
    assert server.said[0].endswith("no memory")


def test_closing_ends_a_server_without_kernels(project, work, server):
    prepare(server, project, scratch=work).join()
    pid = server.pid
    server.close()
    assert is_gone(pid)
    with pytest.raises(client.Unavailable, match="the run is over"):
        server.fork([sys.executable, "-m", "ipykernel_launcher"], env={}, cwd="/").send_signal(signal.SIGKILL)


WATCHED = """import sys, threading
from pathlib import Path
from gba_analysis.kernels.client import ForkServer
from gba_analysis.notebooks.kernels import prepare
from gba_analysis.project import Project

gate, seen = threading.Event(), []

class Server(ForkServer):
    def prepare(self, *arguments, **named):
        gate.wait(60)
        before = set(sys.modules)
        super().prepare(*arguments, **named)
        seen.append(set(sys.modules) - before)

server = Server(print)
thread = prepare(server, Project(Path(sys.argv[1])), scratch=Path(sys.argv[2]))
gate.set()
thread.join()
server.close()
print(seen)"""


def test_nothing_is_imported_by_a_thread_while_the_command_imports(project, tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, project.root, tmp_path], capture_output=True, text=True, timeout=120
    )
    assert ended.stdout == "[set()]\n", ended.stderr
