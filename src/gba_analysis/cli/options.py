"""What subcommands share: options and arguments, and ways to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from gba_analysis.project import Project
from gba_analysis.request import FORKED, KERNELS, ORDINARY
from gba_analysis.scenario import BASE

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


class Several(click.ParamType):
    """A list such as `en,zh`: one or more of `choices`, each once."""

    def __init__(self, choices: tuple[str, ...]):
        self.choices = choices
        self.name = ",".join(choices)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        items = tuple(value.split(",")) if isinstance(value, str) else tuple(value)
        if not set(items) <= set(self.choices) or len(set(items)) < len(items):
            self.fail(
                f"found {value!r}, expected one or more of {', '.join(self.choices)}, with commas", param, ctx
            )
        return items


def pairs_option(metavar: str, text: str, required: bool = False) -> Any:
    return click.option(
        "-p", "--param", "pairs", nargs=2, multiple=True, required=required, metavar=metavar, help=text
    )


def jobs_option(command: Any) -> Any:
    text = "How many notebooks run at a time (default: one for each processor)."
    return click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help=text)(command)


def kernels_option(command: Any) -> Any:
    default = FORKED if sys.platform == "linux" else ORDINARY
    text = "How notebooks start: forked saves their imports, on Linux. The files are the same."
    return click.option("--kernels", type=click.Choice(KERNELS), default=default, help=text)(command)


def run_argument(command: Any) -> Any:
    # A run's folder, or the name of a scenario in build/.
    return click.argument("run", default=BASE, metavar="[RUN]")(command)


def run_folder(project: Project, run: str) -> Path:
    given = Path(run)
    return given if given.exists() else project.build / run


def echo_files(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(f"  {shown(path):<40} {path.stat().st_size / 1000:8,.0f} kB")


def print_json(content: Mapping[str, Any] | Iterable[Any]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def shown(path: Path) -> str:
    """`path` as seen from the current folder, if it is below it."""
    absolute, here = path.absolute(), Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)
