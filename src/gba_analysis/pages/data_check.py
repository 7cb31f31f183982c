"""The check of data/ in a process of its own, forked like a kernel.

Its libraries take memory and half a second to import, and while it works this process can drive notebooks.
What is checked is said in `figures.check`.

Usage: python -m gba_analysis.pages.data_check. On standard output come the problems as a JSON list.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import asdict
from tempfile import TemporaryFile

from gba_analysis.errors import Problem
from gba_analysis.kernels.client import Unavailable
from gba_analysis.notebooks.kernels import Kernels, kernel_environment
from gba_analysis.project import Project, find_project

# Not `__name__`, which is another one in that process.
MODULE = "gba_analysis.pages.data_check"


def check_apart(project: Project, kernels: Kernels) -> list[Problem]:
    """As `check_data`. Where the other process cannot be forked, or fails, the check is made in this one."""
    said = _said(project, kernels)
    if said is None:
        from gba_analysis.figures.check import check_data

        return check_data(project)
    return [Problem(**problem) for problem in json.loads(said)]


def _said(project: Project, kernels: Kernels) -> str | None:
    """What the other process writes; None if it is not forked, or does not end well."""
    if not kernels.server:
        return None
    line, env = (
        [sys.executable, "-m", MODULE],
        kernel_environment(project, kernels.folder, with_charts=kernels.with_charts),
    )
    with TemporaryFile("w+", encoding="utf-8") as output, TemporaryFile() as noise, suppress(Unavailable):
        process = kernels.server.fork(
            line, env=env, cwd=str(project.notebooks), stdout=output, stderr=noise, module=MODULE
        )
        if not process.wait():
            output.seek(0)
            return output.read()
    return None


def main() -> None:
    """Check the project that the environment names."""
    from gba_analysis.figures.check import check_data

    json.dump([asdict(problem) for problem in check_data(find_project())], sys.stdout)


if __name__ == "__main__":
    main()
