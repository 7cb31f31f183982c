"""The process from which kernels are forked: imports what every notebook imports, then forks on request.

Runs as a program of its own, by path, so that no module of the project is loaded: a kernel must find those as
they are on disk when it starts. It has one thread, no event loop, no signal handler and no ZeroMQ context,
because none of these survives a fork. It ends when its driver closes the channel or dies, and takes its
kernels with it.

Usage: python server.py CHANNEL DRIVER (the number of an inherited socket, the driver's process id)
"""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import json
import os
import runpy
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

# What ipykernel loads and what the notebooks' package imports from others. pyplot is missing on purpose: it
# looks for a running IPython when it is imported.
PRELOADED = (
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "pdb",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "pandas",
    "pandas.core.methods.to_dict",
    "matplotlib.figure",
    "matplotlib.style",
    "matplotlib.backends.backend_svg",
    "tabulate",
    "yaml",
    "xml.etree.ElementTree",
)
LAUNCHER = "ipykernel_launcher"
# From how many bytes on ipykernel sends a message without copying it, for which ZeroMQ starts a thread: no
# chart is as large.
COPIED = 1 << 30
# matplotlib reads it when it is imported; ipykernel would set it only when it starts.
BACKEND = ("MPLBACKEND", "module://matplotlib_inline.backend_inline")
# A library that computes with several threads would start them when it is imported.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# For a thread that is about to end, such as the timer of matplotlib's search for fonts.
SECONDS_FOR_THREADS = 5
LARGEST_REQUEST = 1 << 20
# From linux/prctl.h: the signal that a process gets when its parent dies.
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, kw_only=True)
class Order:
    """A request for a kernel. noise: descriptors for its output and errors. answer: where its driver hears of
    it.
    """

    request: bytes
    noise: Sequence[int]
    answer: socket.socket


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """A forked kernel. process: a descriptor that says when it ends."""

    pid: int
    process: int
    answer: socket.socket


def main(channel: socket.socket, driver_pid: int) -> None:
    """Serve until the driver is gone; in a kernel, run it to its end."""
    driver = os.pidfd_open(driver_pid)
    if os.getppid() != driver_pid:
        return
    left = preload()
    channel.send(b"ready")
    module = serve(channel, driver=driver, left=left)
    if module != LAUNCHER:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        # Python would take apart at the end what this process shares with the server, and thereby copy it.
        sys.stdout.flush()
        os._exit(0)
    from ipykernel import kernelapp
    from traitlets.config import Config

    # ipykernel ends a kernel whose parent is gone; without a parent it would print how to connect to it.
    kernelapp.launch_new_instance(
        parent_handle=os.getppid(), config=Config(Session={"copy_threshold": COPIED})
    )


def preload() -> dict[str, str]:
    """Import the modules; returns the environment variables that they set, as they would in every kernel.

    Raises ImportError, or RuntimeError if that leaves more than one thread.
    """
    os.environ.setdefault(*BACKEND)
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    before = dict(os.environ)
    for name in PRELOADED:
        importlib.import_module(name)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(SECONDS_FOR_THREADS)
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:
        raise RuntimeError(f"{threads} threads after the imports, expected one")
    # What is frozen is not visited by the collector, so its memory stays shared with the kernels.
    gc.collect()
    gc.freeze()
    return dict(os.environ.items() - before.items())


def serve(channel: socket.socket, *, driver: int, left: Mapping[str, str]) -> str:
    """Fork a kernel for each order, and tell its driver when it ends. Returns only in a kernel: the module
    that it runs.

    driver: a descriptor that says when the driver's process ends. left: environment variables set by the
    imports."""
    server = os.getpid()
    kernels: dict[int, Kernel] = {}
    events = select.poll()
    for source in (channel.fileno(), driver):
        events.register(source, select.POLLIN)
    while True:
        for source, _ in events.poll():
            if source in kernels:
                events.unregister(source)
                _report(kernels.pop(source))
            elif source == driver or not (order := _receive(channel)):
                _end(kernels.values())
            elif (pid := _fork()) == 0:
                _close(
                    driver,
                    channel,
                    *(part for kernel in kernels.values() for part in (kernel.process, kernel.answer)),
                )
                return _become_kernel(order, server, left)
            elif kernel := _watched(order, pid):
                kernels[kernel.process] = kernel
                events.register(kernel.process, select.POLLIN)


def _receive(channel: socket.socket) -> Order | None:
    """The next order; None if there will be none."""
    request, descriptors, *_ = socket.recv_fds(channel, LARGEST_REQUEST, 3)
    return (
        Order(request=request, noise=descriptors[:2], answer=socket.socket(fileno=descriptors[2]))
        if request
        else None
    )


def _fork() -> int | None:
    with suppress(OSError):
        return os.fork()
    return None


def _watched(order: Order, pid: int | None) -> Kernel | None:
    _close(*order.noise)
    if pid is None:
        # Its driver finds the socket closed, and starts a kernel in another way.
        order.answer.close()
        return None
    return Kernel(pid=pid, process=os.pidfd_open(pid), answer=order.answer)


def _close(*parts: int | socket.socket) -> None:
    for part in parts:
        os.close(part) if isinstance(part, int) else part.close()


def _report(kernel: Kernel) -> None:
    _, status = os.waitpid(kernel.pid, 0)
    with suppress(OSError):
        kernel.answer.send(b"ended %d" % os.waitstatus_to_exitcode(status))
    _close(kernel.process, kernel.answer)


def _end(kernels: Iterable[Kernel]) -> NoReturn:
    for kernel in kernels:
        # The group holds what the kernel has started; a kernel that was just forked has none yet.
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError):
                kill(kernel.pid, signal.SIGKILL)
    os._exit(0)


def _become_kernel(order: Order, server: int, left: Mapping[str, str]) -> str:
    """Make this process what an ordinary kernel is when its program starts; returns the module that is its
    program.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)
    os.setsid()
    for target, source in enumerate(order.noise, 1):
        os.dup2(source, target)
    _close(*order.noise)
    request = json.loads(order.request)
    os.environ.clear()
    os.environ.update(request["environment"] | left)
    sys.argv = [_program(request["module"]), *request["arguments"]]
    # Python does this for its own generator only.
    sys.modules["numpy"].random.seed()
    order.answer.send(b"started %d" % os.getpid())
    order.answer.close()
    return request["module"]


def _program(module: str) -> str:
    """The file that Python runs for `-m module`."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise ImportError(f"no file of the module {module}")
    return spec.origin


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]
    main(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]))
