"""What the tests of forked kernels share: a server whose words are kept, and code to run in a kernel or look
for it.
"""

import time
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_notebook

from gba_analysis.kernels import client
from gba_analysis.notebooks.execute import Raised, Ran, Task, execute

METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
# Generous: a busy machine must not fail a test. Nothing waits that long if all is well.
PATIENCE_SECONDS = 60
IS_FORKED = (
    "import pathlib, os\nprint('server.py' in pathlib.Path(f'/proc/{os.getppid()}/cmdline').read_text())"
)


class Server(client.ForkServer):
    """A fork server that keeps what it would tell the user."""

    def __init__(self):
        self.said: list[str] = []
        super().__init__(self.said.append)

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        return self._server.process.pid


def notebook(*sources: str):
    """A notebook of code cells."""
    return new_notebook(cells=[new_code_cell(source) for source in sources], metadata=METADATA)


def run(project, work: Path, server, *sources: str, name: str = "one"):
    """The outcome of a notebook with these cells; None as `server` starts an ordinary kernel."""
    nbformat.write(notebook(*sources), project.notebooks / f"{name}.ipynb")
    return execute(Task(name), project, work=work, server=server)


def printed(outcome: Ran | Raised) -> str:
    """All that a notebook printed."""
    assert isinstance(outcome, Ran), outcome
    return printed_in(outcome.notebook)


def printed_in(notebook) -> str:
    """All that stands printed in a notebook."""
    return "".join(
        output.text for cell in notebook.cells for output in cell.outputs if output.output_type == "stream"
    )


def is_gone(pid: int) -> bool:
    """Whether no process of that number runs; one that nobody has asked about counts as gone."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def becomes(condition) -> bool:
    """Whether `condition` holds now or before long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not (result := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return bool(result)
