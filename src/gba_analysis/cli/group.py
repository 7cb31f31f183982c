"""The `gba` command itself: its options, and how a mistake ends. Its subcommands are in the modules beside
this one.
"""

from __future__ import annotations

import atexit
import gc
from pathlib import Path
from typing import Any

import click

from gba_analysis import __version__
from gba_analysis.errors import GbaError

# What a command makes, it mostly keeps to its end: Python's usual 700 new objects would have it look for
# cycles all the time.
COLLECTED_AFTER = (100_000, 20, 20)


class _Commands(click.Group):
    """A user's mistake ends in its message and its exit code; a bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GbaError as error:
            click.echo(f"gba: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Commands)
@click.option(
    "--project",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The project's folder (default: found from the current folder upwards).",
)
@click.version_option(__version__, prog_name="gba")
@click.pass_context
def main(ctx: click.Context, project: Path | None) -> None:
    """Turn the figures of one policy article into a briefing that can be read, rerun and checked."""
    gc.set_threshold(*COLLECTED_AFTER)
    # Python would look for cycles once more in all that is left when it ends, which takes a tenth of a second
    # after a build.
    atexit.register(gc.freeze)
    ctx.obj = project
