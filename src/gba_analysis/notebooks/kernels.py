"""How a notebook's kernel is started: forked or not, where, with which environment, and where its noise goes.

Imports nothing heavy, so that the server of a run can do its imports while this process does its own.

What a kernel runs does not belong here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from gba_analysis.charts.look.drawing_switch import CHARTS, NONE
from gba_analysis.kernels.client import ForkServer
from gba_analysis.notebooks.memory_arenas import share_one_store
from gba_analysis.other_languages import OTHERS, switch
from gba_analysis.project import ENVIRONMENT, Project
from gba_analysis.request import FORKED

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager

# As Jupyter knows it.
NAME = "python3"

# One thread: the notebooks' tables are small, and several kernels share the machine.
SETTINGS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
# A user's own start-up file or warning filter must not change what a notebook shows.
PERSONAL = ("PYTHONSTARTUP", "PYTHONWARNINGS", CHARTS, OTHERS)
# Where a kernel's own description asks for another way to start it.
PROVISIONER = "kernel_provisioner"


def kernel_environment(
    project: Project, scratch: Path, *, with_charts: bool = True, others: Sequence[str] = ()
) -> dict[str, str]:
    """The environment variables of a kernel: this process's, without personal settings.

    scratch: an existing folder for what a kernel leaves behind; it also stands in for the user's IPython
    folder (its start-up files, its history). with_charts: False where charts are not to be drawn.
    others: the languages besides the notebook's own in which it shows its results."""
    inherited = {name: value for name, value in os.environ.items() if name not in PERSONAL}
    folders = {ENVIRONMENT: project.root, "IPYTHONDIR": scratch / "ipython", "TMPDIR": scratch}
    if not _home_is_writable():
        # Matplotlib would warn in the first cell's output.
        folders["MPLCONFIGDIR"] = scratch
    switches = switch(others) | ({} if with_charts else {CHARTS: NONE})
    return inherited | SETTINGS | switches | {name: str(folder) for name, folder in folders.items()}


def _home_is_writable() -> bool:
    """Whether Matplotlib can have its folders there, which it makes below these."""
    try:
        return all(_can_hold(Path(folder).expanduser()) for folder in ("~/.config", "~/.cache"))
    except RuntimeError:
        return False


def _can_hold(folder: Path) -> bool:
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def quiet_kernels(
    project: Project,
    scratch: Path,
    *,
    log: Path,
    server: ForkServer | None = None,
    with_charts: bool = True,
    others: Sequence[str] = (),
) -> type[AsyncKernelManager]:
    """A kernel manager class whose kernels work in the project's notebooks folder and write their noise to
    `log`.

    The folder is given to the kernel's process: papermill's `cwd` would change this process's folder, and so
    every other thread's. server: forks the kernels; None starts them in the ordinary way. with_charts,
    others: as for `kernel_environment`.
    """
    from jupyter_client import AsyncKernelManager
    from traitlets import Type

    from gba_analysis.kernels.prompt import PromptClient
    from gba_analysis.kernels.provisioner import ForkProvisioner

    class QuietKernelManager(AsyncKernelManager):
        client_factory = Type(PromptClient)

        # There it is an attribute that holds a function.
        async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
            options |= {
                "cwd": str(project.notebooks),
                "env": kernel_environment(project, scratch, with_charts=with_charts, others=others),
            }
            spec = self.kernel_spec
            if server and spec and PROVISIONER not in spec.metadata:
                self.provisioner = ForkProvisioner(kernel_spec=spec, parent=self, server=server)
            with log.open("ab") as noise:
                await super().start_kernel(**options, stdout=noise, stderr=noise)

    return QuietKernelManager


@dataclass(frozen=True)
class Kernels:
    """The kernels of a run. folder: for files on the way. server: forks them; None starts them in the
    ordinary way.

    with_charts: as the server knows it.
    """

    folder: Path
    server: ForkServer | None = None
    with_charts: bool = True

    def close(self) -> None:
        """Free the server's memory: no more kernels will be asked for. Waits for a server that is about to
        start.
        """
        if self.server:
            self.server.close()


@contextmanager
def kernel_server(kernels: str, say: Callable[[str], Any]) -> Iterator[ForkServer | None]:
    """The server that forks kernels, if they are to be `forked`; it ends with the block. None for `ordinary`
    ones.

    say: called with a message for the user if kernels have to start in the ordinary way after all.
    """
    with closing(ForkServer(say, passing=[OTHERS])) if kernels == FORKED else nullcontext() as server:
        yield server


@contextmanager
def warm_kernels(
    kernels: str, project: Project, *, say: Callable[[str], Any], with_charts: bool = True
) -> Iterator[Kernels]:
    """As `kernel_server`, with a folder that goes with the block; the server does its imports at once."""
    # Each notebook and page has a thread, and they would keep some thirty megabytes from each other.
    share_one_store()
    with TemporaryDirectory(prefix="gba-") as folder, kernel_server(kernels, say) as server:
        if server:
            prepare(server, project, scratch=Path(folder), with_charts=with_charts)
        yield Kernels(Path(folder), server, with_charts)


def prepare(server: ForkServer, project: Project, *, scratch: Path, with_charts: bool = True) -> Thread:
    """Let the server do its imports now, for kernels as `quiet_kernels` will start them; the thread waits
    until it has.
    """
    # Not in the thread: a module that two threads import at a time may be seen half made.
    from jupyter_client import KernelManager

    cmd = KernelManager(kernel_name=NAME).format_kernel_cmd()
    env = kernel_environment(project, scratch, with_charts=with_charts)
    thread = Thread(
        target=server.prepare, args=(cmd,), kwargs={"env": env, "cwd": str(project.notebooks)}, daemon=True
    )
    thread.start()
    return thread
