"""The kernel provisioner `gba-fork`: forks a kernel where that gives the same as an ordinary start, else
starts one.

Everything after the start (signals, death, shutdown) is `LocalProvisioner`'s.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Instance, default
from traitlets.log import get_logger

from gba_analysis.kernels.client import ForkedKernel, ForkServer, Unavailable

# jupyter_client asks at once whether the kernel is gone, and then only every tenth of a second.
KILL_SECONDS = 0.1


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by forking. server: the run's; without one, all kernels of this process share a
    server.
    """

    server = Instance(ForkServer)

    @default("server")
    def _server_default(self) -> ForkServer:
        return _shared()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork the kernel; start it in the ordinary way, and say so once, if that is not possible."""
        try:
            process = self.server.fork(cmd, **self._scrub_kwargs(kwargs))
        except Unavailable as reason:
            self.server.say_once(reason)
            return await super().launch_kernel(cmd, **kwargs)
        # It has all that LocalProvisioner uses of a Popen.
        self.process = process  # type: ignore[assignment]
        # A forked kernel leads a group of its own.
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and wait a moment for a forked one to be gone."""
        process = self.process
        await super().kill(restart)
        if isinstance(process, ForkedKernel):
            process.wait(KILL_SECONDS)


@cache
def _shared() -> ForkServer:
    server = ForkServer(get_logger().warning)
    atexit.register(server.close)
    return server
