"""A kernel's client that goes on as soon as the kernel is ready."""

from __future__ import annotations

import time
from contextlib import suppress
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient

# Between two attempts to reach a kernel, in milliseconds: a forked one listens after 30, and ZeroMQ would try
# again after 100.
RECONNECT = 5
# Between two questions to a kernel that is still starting.
ANSWER_SECONDS = 1
# The kernel tells on this channel that it is busy with the question; silence means that nobody listens to it
# yet.
OUTPUT_SECONDS = 0.2


class PromptClient(AsyncKernelClient):
    """As jupyter_client's own, which waits another 0.2 s for messages that a kernel nobody has used does not
    send.
    """

    def start_channels(self, *channels: Any, **options: Any) -> None:
        """Open the channels, which are reached as soon as the kernel listens. Arguments: as of
        jupyter_client's own.

        Without the heartbeat, for which each kernel would get a thread: whether it lives is known from its
        process."""
        self.context.setsockopt(zmq.RECONNECT_IVL, RECONNECT)
        super().start_channels(*channels, **options | {"hb": False})

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has answered and its outputs arrive. timeout: seconds, None for no end.

        Raises RuntimeError if the kernel dies, or does not answer in time.
        """
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            with suppress(TimeoutError, Empty):
                await self.kernel_info(reply=True, timeout=ANSWER_SECONDS)
                await self.get_iopub_msg(timeout=OUTPUT_SECONDS)
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it answered")
            if time.monotonic() > end:
                raise RuntimeError(f"the kernel did not answer in {timeout} seconds")
