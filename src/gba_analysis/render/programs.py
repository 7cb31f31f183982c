"""Runs another program the same way wherever it is called: text in UTF-8 whatever the locale says, and never
without end. What a program is asked for, and what its answer means, its own module knows.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from gba_analysis.errors import EngineError, Problem

# Seconds for a page on a machine that is a hundred times as slow as it should be.
PATIENCE = 300.0
# Seconds that a program has to let go of its files, once it is stopped.
GRACE = 5.0


def run_program(
    line: Sequence[str],
    *,
    name: str,
    source: str,
    text: str | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float = PATIENCE,
) -> subprocess.CompletedProcess[str]:
    """What the program and arguments in `line` wrote, and its exit code; bytes that are no UTF-8 are read as
    U+FFFD.

    name: of the program, for a message. source: the file it works on, named in an error. text: its standard
    input. folder: where it runs. environment: as of this process by default. limit: in seconds. Raises
    EngineError if the program has not ended by then, which stops it, and OSError if it does not start.
    """
    with subprocess.Popen(
        line,
        stdin=None if text is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=utf8_environment(environment or os.environ),
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            output, said = process.communicate(text, timeout=limit)
        except subprocess.TimeoutExpired as error:
            process.kill()
            # What the program has started may still hold its output.
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=GRACE)
            raise EngineError(_endless(name, source, limit)) from error
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(line, process.returncode, output, said)


def utf8_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` with a locale under which programs take names of files and arguments as UTF-8."""
    return {**environment, **({"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {})}


def _endless(name: str, source: str, limit: float) -> Problem:
    hint = "a text such as many opening brackets in a row can keep a program busy without end"
    return Problem(source, "", f"{name} at work for {limit:g} seconds", "an end of its work", hint)
