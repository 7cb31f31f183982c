"""A client that goes on at once loses nothing that its kernel says, and gives up on a kernel that dies or is
silent.
"""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import zmq
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from kernel_samples import printed, run

from gba_analysis.kernels.prompt import RECONNECT, PromptClient

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")


@pytest.mark.parametrize("attempt", range(5))
def test_the_first_cell_s_first_output_arrives(project, work, shared, attempt):
    assert printed(run(project, work, shared, "print(1)\nprint(2)", "print(3)")) == "1\n2\n3\n"


def test_a_kernel_that_begins_to_listen_is_reached_before_zeromq_s_own_time():
    client = PromptClient()
    client.load_connection_info(
        {"ip": "127.0.0.1", "key": "", "transport": "tcp"} | {f"{name}_port": 9 for name in CHANNELS}
    )
    client.start_channels(hb=False)
    try:
        assert (
            client.shell_channel.socket.getsockopt(zmq.RECONNECT_IVL)
            == RECONNECT
            < zmq.Context().socket(zmq.DEALER).RECONNECT_IVL
        )
    finally:
        client.stop_channels()


@pytest.mark.parametrize(
    ("program", "told"),
    [("pass", "died before it answered"), ("import time; time.sleep(600)", "did not answer in 2 seconds")],
)
def test_a_kernel_that_never_answers_is_given_up(program, told):
    async def wait():
        manager = AsyncKernelManager(kernel_name="none", client_factory=PromptClient)
        manager._kernel_spec = KernelSpec(
            argv=[sys.executable, "-c", program, "{connection_file}"], language="python"
        )
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(2)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    # In a thread of its own: a browser that another test of this process drives keeps an event loop in this
    # one.
    with ThreadPoolExecutor(1) as pool, pytest.raises(RuntimeError, match=told):
        pool.submit(asyncio.run, wait()).result()
