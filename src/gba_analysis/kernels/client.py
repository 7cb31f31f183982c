"""The client of the fork server: starts it, asks it for kernels, and learns when they end.

What runs in the server is in server.py; what to do with a kernel that cannot be forked is decided in
provisioner.py."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

SERVER = Path(__file__).with_name("server.py")
LAUNCHER = "ipykernel_launcher"
# Set anew for every kernel, and read by nothing that is imported.
PASSING = ("JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST")
# The imports take a second; a busy machine may need far longer.
START_SECONDS = 120
END_SECONDS = 10
LONGEST_ANSWER = 32


class Unavailable(Exception):
    """This kernel cannot be forked; the message says why."""


class ForkedKernel:
    """A kernel's process, as `LocalProvisioner` uses a `subprocess.Popen`. Its parent is the server, not this
    process.

    answer: where the server sends the exit code.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, answer: socket.socket):
        self.pid = pid
        self.returncode: int | None = None
        self._answer = answer

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while the kernel runs."""
        return self.wait(0)

    def wait(self, seconds: float | None = None) -> int | None:
        """The exit code, when the kernel has ended; None if it still runs after `seconds`."""
        if self.returncode is None:
            self._answer.settimeout(seconds)
            with suppress(BlockingIOError, TimeoutError):
                _, _, code = self._answer.recv(LONGEST_ANSWER).partition(b" ")
                # Without a code the server is dead, and has taken the kernel with it.
                self.returncode = int(code or -signal.SIGKILL)
                self._answer.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What modules may read when they are imported: it must be the same for a server and its kernels."""

    interpreter: Sequence[str]
    folder: str
    environment: Mapping[str, str]

    def difference(self, other: Conditions) -> str:
        """In words, what is not the same; empty if nothing is."""
        names = sorted(dict(self.environment.items() ^ other.environment.items()))
        parts = [name for name in ("interpreter", "folder") if getattr(self, name) != getattr(other, name)]
        return ", ".join(parts + names)


@dataclass(frozen=True, kw_only=True)
class Running:
    """A server that has done its imports. channel: where it takes orders."""

    conditions: Conditions
    process: subprocess.Popen
    channel: socket.socket


class ForkServer:
    """The server of a run: starts with the first kernel and forks all kernels that have the same conditions.

    say: called once, with a message for the user, if kernels have to start in the ordinary way. passing:
    environment variables that each kernel has for itself, because nothing that the server imports reads them.
    Several threads may use one server."""

    def __init__(self, say: Callable[[str], Any], *, passing: Sequence[str] = ()):
        self._say = say
        self._passing = (*PASSING, *passing)
        self._said = False
        self._failure = ""
        self._lock = threading.Lock()
        self._server: Running | None = None
        self._is_used = False

    def prepare(self, cmd: Sequence[str], *, env: Mapping[str, str], cwd: str) -> None:
        """Start the server before a kernel is ordered, so that it is ready when one is.

        If that fails, the first order of a kernel says why.
        """
        with self._lock, suppress(Unavailable):
            interpreter, _ = _split(cmd, LAUNCHER)
            self._ready(self._conditions(interpreter, env, cwd=cwd))

    def fork(
        self,
        cmd: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: str | None = None,
        stdout: Any = None,
        stderr: Any = None,
        module: str = LAUNCHER,
        **others: Any,
    ) -> ForkedKernel:
        """A kernel's process, the same as `subprocess.Popen` would start with these arguments in a session of
        its own.

        module: what `cmd` runs, if it is another program that uses what the server has imported.

        Raises Unavailable if it would not be the same, or cannot be forked.
        """
        if others:
            raise Unavailable(f"the option {', '.join(others)}")
        interpreter, arguments = _split(cmd, module)
        noise = [_descriptor(stream, default) for stream, default in ((stdout, 1), (stderr, 2))]
        own = {name: value for name, value in env.items() if name != "JPY_PARENT_PID"}
        request = json.dumps({"environment": own, "module": module, "arguments": arguments}).encode()
        with self._lock:
            channel = self._ready(self._conditions(interpreter, env, cwd=cwd))
            self._is_used = True
            answer = self._order(channel, request, noise)
        return _started(answer)

    def say_once(self, reason: Unavailable) -> None:
        """Tell the user that kernels start in the ordinary way; only the first time."""
        with self._lock:
            said, self._said = self._said, True
        if not said:
            self._say(f"kernels are not forked but started in the ordinary way: {reason}")

    def close(self) -> None:
        """End the server, and with it all kernels that it forked."""
        with self._lock:
            self._failure = "the run is over"
            self._stop()

    def _stop(self) -> None:
        if self._server:
            self._server.channel.close()
            _end(self._server.process)
        self._server = None
        self._is_used = False

    def _ready(self, conditions: Conditions) -> socket.socket:
        """The channel of the server, which is started if there is none for these conditions yet."""
        if self._server and not self._is_used and self._server.conditions.difference(conditions):
            # It was started on a guess.
            self._stop()
        if not self._failure and not self._server:
            try:
                self._server = _start(conditions)
            except (Unavailable, OSError) as error:
                # It would fail again, and every attempt takes time.
                self._failure = str(error)
        if self._failure or not self._server:
            raise Unavailable(self._failure)
        if different := self._server.conditions.difference(conditions):
            raise Unavailable(f"the server was started with another {different}")
        return self._server.channel

    def _conditions(
        self, interpreter: Sequence[str], env: Mapping[str, str], *, cwd: str | None
    ) -> Conditions:
        common = {name: value for name, value in env.items() if name not in self._passing}
        return Conditions(interpreter=interpreter, folder=os.path.abspath(cwd or "."), environment=common)

    def _order(self, channel: socket.socket, request: bytes, noise: Sequence[int]) -> socket.socket:
        mine, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            try:
                socket.send_fds(channel, [request], [*noise, other.fileno()])
            except OSError as error:
                mine.close()
                raise Unavailable(f"the server takes no order: {error.strerror}") from error
        return mine


def _split(cmd: Sequence[str], module: str) -> tuple[list[str], list[str]]:
    """The interpreter with its options, and the arguments of `module`."""
    for place in range(1, len(cmd)):
        if list(cmd[place : place + 2]) == ["-m", module]:
            return list(cmd[:place]), list(cmd[place + 2 :])
    raise Unavailable(f"the kernel's command is not `python -m {module}`")


def _descriptor(stream: Any, default: int) -> int:
    if stream is None:
        return default
    number = stream if isinstance(stream, int) else stream.fileno()
    if number < 0:
        raise Unavailable("the kernel's output goes to a pipe")
    return number


def _start(conditions: Conditions) -> Running:
    """A server that has done its imports. Raises Unavailable or OSError if it does not come up."""
    if sys.platform != "linux":
        raise Unavailable("forking needs Linux")
    channel, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with other, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [*conditions.interpreter, str(SERVER), str(other.fileno()), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[other.fileno()],
            cwd=conditions.folder,
            env=conditions.environment,
            # Only the driver handles an interrupt from the keyboard.
            start_new_session=True,
        )
        other.close()
        if _hear(channel) != "ready":
            process.kill()
            process.wait()
            raise Unavailable(f"their server did not come up: {_last_line(errors)}")
    return Running(conditions=conditions, process=process, channel=channel)


def _hear(source: socket.socket) -> str:
    """The first word that comes; empty if the other end is closed or silent."""
    source.settimeout(START_SECONDS)
    with suppress(OSError):
        return source.recv(LONGEST_ANSWER).decode()
    return ""


def _last_line(errors: BinaryIO) -> str:
    errors.seek(0)
    lines = errors.read().decode(errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "it said nothing")


def _started(answer: socket.socket) -> ForkedKernel:
    """The kernel whose process answers. Raises Unavailable if there is none."""
    word, _, number = _hear(answer).partition(" ")
    if word != "started":
        # A process that comes up after all cannot answer any more, and ends.
        answer.close()
        raise Unavailable("their server could not fork")
    return ForkedKernel(int(number), answer)


def _end(process: subprocess.Popen) -> None:
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
