"""How forked kernels end: by themselves, by a signal, with their run, with their driver. No process stays."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from jupyter_client.manager import KernelManager
from kernel_samples import IS_FORKED, becomes, is_gone, notebook, printed, printed_in, run
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from gba_analysis.kernels import client
from gba_analysis.kernels.provisioner import ForkProvisioner
from gba_analysis.notebooks.execute import Raised
from gba_analysis.notebooks.kernels import kernel_environment, quiet_kernels

DEATHS = {
    "os._exit(7)": 7,
    "os.kill(os.getpid(), signal.SIGSEGV)": -signal.SIGSEGV,
    "os.kill(os.getpid(), signal.SIGKILL)": -signal.SIGKILL,
    "ctypes.string_at(0)": -signal.SIGSEGV,
}


def wait_for(path, written: int = 1) -> list[int]:
    """The numbers that processes have written into a file, when there are enough of them."""
    assert becomes(lambda: path.exists() and len(path.read_text().split()) >= written), path
    return [int(word) for word in path.read_text().split()]


class Kernel:
    """A kernel without a notebook. server: None for an ordinary one."""

    def __init__(self, project, work, server):
        self.manager = KernelManager(kernel_name="python3")
        if server:
            self.manager.provisioner = ForkProvisioner(
                kernel_spec=self.manager.kernel_spec, parent=self.manager, server=server
            )
        self.manager.start_kernel(cwd=str(project.notebooks), env=kernel_environment(project, work))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    @property
    def code(self) -> int | None:
        """The exit code, None while it runs."""
        # In a thread of its own: a browser that another test of this process drives keeps an event loop in
        # this one.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, self.manager.provisioner.poll()).result()

    def reply(self, request: str) -> dict:
        """What the kernel answers to the request of that id; answers to earlier ones are passed over."""
        while (message := self.client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != request:
            pass
        return message["content"]

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


def noted(path, *after: str) -> str:
    """A cell that writes its kernel's number into a file, and goes on with the lines `after`."""
    return "\n".join(
        ["import os, time", f"print(os.getpid(), file=open({str(path)!r}, 'w'), flush=True)", *after]
    )


@pytest.fixture(params=["forked", "ordinary"])
def kernel(request, project, work, shared):
    kernel = Kernel(project, work, shared if request.param == "forked" else None)
    yield kernel
    kernel.close()


@pytest.mark.parametrize(("death", "code"), DEATHS.items())
def test_the_exit_code_is_known(kernel, death, code):
    assert kernel.code is None
    kernel.client.execute(f"import ctypes, os, signal\n{death}")
    assert becomes(lambda: kernel.code is not None)
    assert kernel.code == code


def test_who_waits_for_a_kernel_that_runs_hears_in_time(project, work, shared):
    kernel = Kernel(project, work, shared)
    process = kernel.manager.provisioner.process
    assert process.wait(0.01) is None and process.poll() is None
    kernel.close()
    assert process.poll() == process.wait() == -signal.SIGKILL


def test_an_interrupt_stops_the_cell_and_not_the_kernel(kernel, tmp_path):
    # A cell sent soon after an error would be skipped.
    asleep = kernel.client.execute(noted(tmp_path / "pid", "time.sleep(600)"), stop_on_error=False)
    wait_for(tmp_path / "pid")
    kernel.manager.interrupt_kernel()
    assert kernel.reply(asleep)["ename"] == "KeyboardInterrupt"
    assert kernel.reply(kernel.client.execute("1 + 1"))["status"] == "ok"
    assert kernel.code is None


def test_a_polite_shutdown_ends_it(kernel):
    pid = kernel.manager.provisioner.pid
    kernel.manager.shutdown_kernel(now=False)
    assert is_gone(pid)


def test_a_kill_reaches_what_the_kernel_has_started(kernel):
    kernel.client.execute("import subprocess\nchild = subprocess.Popen(['sleep', '600'])")
    process = psutil.Process(kernel.manager.provisioner.pid)
    assert becomes(process.children)
    (child,) = process.children()
    kernel.manager.shutdown_kernel(now=True)
    assert becomes(lambda: is_gone(child.pid))


def test_a_restart_gives_a_fresh_kernel(kernel):
    pid = kernel.manager.provisioner.pid
    kernel.client.execute_interactive("left = 1", timeout=60)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    answer = kernel.client.execute_interactive("left", timeout=60, output_hook=lambda message: None)
    assert answer["content"]["ename"] == "NameError"
    assert kernel.manager.provisioner.pid != pid and is_gone(pid)


@pytest.mark.parametrize("death", ["os._exit(7)", "os.kill(os.getpid(), 11)"])
def test_a_death_is_reported_like_that_of_an_ordinary_kernel(project, work, shared, death):
    cells = (
        "print('before')",
        f"#| label: heavy\nimport os, sys\nprint('last words', file=sys.__stderr__, flush=True)\n{death}",
    )
    outcomes = []
    for server in (shared, None):
        (work / "dying.en.log").unlink(missing_ok=True)
        outcomes.append(run(project, work, server, *cells, name="dying"))
    forked, ordinary = outcomes
    assert isinstance(forked, Raised) and forked == ordinary
    assert forked.place == "code cell 2 (heavy)" and "last words" in forked.last_lines
    assert "before" in printed_in(nbformat.read(forked.partial, as_version=4))


def test_a_timeout_ends_the_kernel(project, work, shared, tmp_path):
    cells = notebook(IS_FORKED, noted(tmp_path / "pid"), "time.sleep(600)")
    client = NotebookClient(
        cells, kernel_manager_class=quiet_kernels(project, work, log=tmp_path / "log", server=shared)
    )
    client.timeout_func = lambda cell: 1 if "sleep" in cell.source else 600
    with pytest.raises(CellTimeoutError):
        client.execute()
    assert client.nb.cells[0].outputs[0].text == "True\n"
    assert is_gone(*wait_for(tmp_path / "pid"))


def test_a_server_that_is_killed_takes_its_kernel_and_the_next_one_starts_in_the_ordinary_way(
    project, work, server, tmp_path
):
    # Sleeps with the interpreter locked: no thread of the kernel can notice that its parent is gone.
    cell = noted(
        tmp_path / "pid", "import ctypes", "os.kill(os.getppid(), 9)", "ctypes.PyDLL(None).sleep(600)"
    )
    client = NotebookClient(
        notebook(cell), kernel_manager_class=quiet_kernels(project, work, log=tmp_path / "log", server=server)
    )
    with pytest.raises(DeadKernelError):
        client.execute()
    assert becomes(lambda: is_gone(*wait_for(tmp_path / "pid")))
    assert [printed(run(project, work, server, IS_FORKED)) for _ in range(2)] == ["False\n", "False\n"]
    assert len(server.said) == 1 and "takes no order" in server.said[0]


def test_the_server_ends_with_the_run_and_takes_what_still_runs(project, work, server):
    kernel = Kernel(project, work, server)
    kernel.client.execute("import subprocess\nchild = subprocess.Popen(['sleep', '600'])")
    assert becomes(lambda: psutil.Process(kernel.manager.provisioner.pid).children())
    everything = [
        server.pid,
        *(process.pid for process in psutil.Process(server.pid).children(recursive=True)),
    ]
    assert len(everything) == 3
    server.close()
    assert becomes(lambda: all(map(is_gone, everything)))
    kernel.close()


DRIVER = """
import sys
from pathlib import Path
from gba_analysis.notebooks.execute import Task
from gba_analysis.notebooks.several import execute_all
from gba_analysis.progress import Progress
from gba_analysis.project import Project
project, work = Project(Path(sys.argv[1])), Path(sys.argv[2])
tasks = [Task("one"), Task("two")]
execute_all(tasks, project, work=work, progress=Progress(sys.stderr), jobs=2, kernels="forked")
"""
SLEEP = """
import os, subprocess, time
child = subprocess.Popen(["sleep", "600"])
with open({path!r}, "a") as file:
    print(os.getpid(), child.pid, file=file)
time.sleep(600)
"""


def start_driver(project, work) -> subprocess.Popen:
    """A process that runs two notebooks at a time."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(project.root), str(work)], start_new_session=True
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_driver_leaves_no_process(project, work, tmp_path, number):
    for name in ("one", "two"):
        nbformat.write(
            notebook(SLEEP.format(path=str(tmp_path / "pids"))), project.notebooks / f"{name}.ipynb"
        )
    with start_driver(project, work) as driver:
        pids = wait_for(tmp_path / "pids", 4)
        everything = [process.pid for process in psutil.Process(driver.pid).children(recursive=True)]
        assert set(pids) <= set(everything) and len(everything) == 5
        driver.send_signal(number)
    assert becomes(lambda: all(map(is_gone, everything)))


FORKING_DRIVER = """
import os, sys, time
from gba_analysis.kernels.client import ForkServer
server = ForkServer(print)
kernel = server.fork([sys.executable, "-m", "ipykernel_launcher"], env={"PATH": os.environ["PATH"]})
copy = os.fork()
if copy:
    print(server._server.process.pid, kernel.pid, copy, flush=True)
time.sleep(600)
"""


def test_a_copy_of_the_driver_does_not_keep_the_server_alive():
    with subprocess.Popen(
        [sys.executable, "-c", FORKING_DRIVER], stdout=subprocess.PIPE, text=True
    ) as driver:
        server, kernel, copy = map(int, driver.stdout.readline().split())
        driver.kill()
    assert becomes(lambda: is_gone(server) and is_gone(kernel))
    assert not is_gone(copy)
    os.kill(copy, signal.SIGKILL)


def test_a_driver_killed_while_the_server_starts_leaves_no_process(project, work):
    for name in ("one", "two"):
        nbformat.write(notebook("pass"), project.notebooks / f"{name}.ipynb")
    with start_driver(project, work) as driver:
        assert becomes(lambda: psutil.Process(driver.pid).children())
        (server,) = psutil.Process(driver.pid).children()
        driver.kill()
    assert becomes(lambda: is_gone(server.pid))


def test_a_server_whose_driver_is_gone_before_it_begins_does_not_begin():
    """Its parent is then another process."""
    channel, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with (
        channel,
        other,
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger,
    ):
        line = [sys.executable, str(client.SERVER), str(other.fileno()), str(stranger.pid)]
        server = subprocess.Popen(line, pass_fds=[other.fileno()])
        other.close()
        said = channel.recv(client.LONGEST_ANSWER)
        # A server that did begin ends with its driver.
        stranger.communicate(b"\n")
        assert (server.wait(), said) == (0, b"")


@pytest.fixture
def answered():
    """A kernel's process as the driver sees it, and the server's end of its line."""
    answer, server = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with answer, server:
        yield client.ForkedKernel(os.getpid(), answer), server


def test_a_kernel_whose_server_is_gone_was_killed(answered):
    kernel, server = answered
    assert kernel.poll() is None
    server.close()
    assert kernel.wait(1) == kernel.poll() == -signal.SIGKILL


def test_a_kernel_that_has_ended_gets_no_signal(answered, monkeypatch):
    """Its number may be another process's by then."""
    kernel, server = answered
    sent = []
    monkeypatch.setattr(client.os, "kill", lambda *words: sent.append(words))
    kernel.send_signal(signal.SIGINT)
    server.send(b"ended 0")
    kernel.send_signal(signal.SIGINT)
    assert sent == [(os.getpid(), signal.SIGINT)] and kernel.returncode == 0


def test_an_interrupt_from_the_keyboard_does_not_reach_the_server(project, work, server):
    run(project, work, server, "pass")
    assert os.getsid(server.pid) == server.pid != os.getsid(0)


def test_a_server_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(client, "END_SECONDS", 0.05)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    client._end(process)
    assert process.returncode == -signal.SIGKILL
