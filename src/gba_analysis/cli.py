"""The `gba` command: parses, delegates, prints. Imports nothing heavy until a command needs it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from gba_analysis import __version__, parameters
from gba_analysis.errors import GbaError
from gba_analysis.pipeline.progress import Progress, timings
from gba_analysis.pipeline.request import (
    FORKED,
    FORMATS,
    KERNELS,
    LANGUAGES,
    ORDINARY,
    Request,
    default_jobs,
    read_values,
    require_base,
    scenario_name,
)
from gba_analysis.pipeline.scenario import BASE, yaml_text
from gba_analysis.project import Project, find_project

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


class _Commands(click.Group):
    """A user's mistake ends in its message and its exit code; a bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GbaError as error:
            click.echo(f"gba: {error}", err=True)
            ctx.exit(error.exit_code)


class _Several(click.ParamType):
    """A list such as `en,zh`: one or more of `choices`, each once."""

    def __init__(self, choices: tuple[str, ...]):
        self.choices = choices
        self.name = ",".join(choices)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        items = tuple(value.split(",")) if isinstance(value, str) else tuple(value)
        if not set(items) <= set(self.choices) or len(set(items)) < len(items):
            self.fail(f"found {value!r}, expected one or more of {', '.join(self.choices)}, with commas", param, ctx)
        return items


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
    ctx.obj = project


def _jobs(command: Any) -> Any:
    text = "How many notebooks run at a time (default: one for each processor)."
    return click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help=text)(command)


def _run(command: Any) -> Any:
    # A run's folder, or the name of a scenario in build/.
    return click.argument("run", default=BASE, metavar="[RUN]")(command)


def _run_folder(project: Project, run: str) -> Path:
    given = Path(run)
    return given if given.exists() else project.build / run


@main.command()
@click.option(
    "-p",
    "--param",
    "pairs",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="Set a parameter; repeatable. `gba params` lists them.",
)
@click.option("--params", "file", type=EXISTING, metavar="FILE", help="Parameters from a YAML file; -p goes before it.")
@click.option("--scenario", default="", metavar="NAME", help="The run's folder (default: named after the parameters).")
@click.option("--lang", "languages", type=_Several(LANGUAGES), default=LANGUAGES, help="Languages to build.")
@click.option("--to", "formats", type=_Several(FORMATS), default=FORMATS, help="Formats to build.")
@click.option(
    "--engine",
    default="auto",
    metavar="auto|quarto|embedded",
    help="What renders: auto takes Quarto if there is one.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where runs are kept (default: build/).")
@click.option("--force", is_flag=True, help="Build also what is up to date, and take nothing from earlier builds.")
@click.option("--timings", "with_timings", is_flag=True, help="Say when each part began and ended.")
@click.option("--update-notebooks", is_flag=True, help="Also store the English run as the committed notebooks (defaults only).")
@click.option("--reversed", "last_first", is_flag=True, hidden=True, help="Run the notebooks last to first.")
@_jobs
@click.option(
    "--kernels",
    type=click.Choice(KERNELS),
    default=FORKED if sys.platform == "linux" else ORDINARY,
    help="How notebooks start: forked saves their imports, on Linux. The files are the same.",
)
@click.pass_obj
def build(
    start: Path | None,
    pairs: tuple[tuple[str, str], ...],
    file: Path | None,
    scenario: str,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    engine: str,
    out: Path | None,
    force: bool,
    with_timings: bool,
    update_notebooks: bool,
    last_first: bool,
    jobs: int | None,
    kernels: str,
) -> None:
    """Run the notebooks and render the briefing into build/SCENARIO, in place of an earlier run of that name.

    A run that is there, whole, and made from these very sources is left as it is.
    """
    project, values = find_project(start), read_values(pairs, file)
    name = scenario_name(values, pairs, file, scenario)
    if update_notebooks:
        require_base(values, languages)
    progress = Progress(sys.stderr)
    target, jobs = out or project.build, jobs or default_jobs()
    request = Request(
        project, values, name, target, languages, formats, engine, jobs, kernels, force, last_first, update_notebooks
    )
    from gba_analysis.pipeline.unchanged import is_unchanged

    if not force and not update_notebooks and is_unchanged(request):
        click.echo(f"{_shown(request.target)} is up to date (--force builds it again)")
        _echo_files(request.target / f"briefing.{lang}.{to}" for lang in languages for to in formats)
        return
    with progress.stage("load"):
        from gba_analysis.pipeline import build as pipeline
    built = pipeline.build(request, progress)
    click.echo(f"{_shown(built.folder)} ({built.engine.name}: {built.engine.version})")
    _echo_files(built.files)
    click.echo(_seconds(progress))
    if with_timings:
        click.echo("\n".join(timings(progress.spans)))


def _echo_files(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(f"  {_shown(path):<40} {path.stat().st_size / 1000:8,.0f} kB")


@main.command()
@_run
@click.pass_obj
def verify(start: Path | None, run: str) -> None:
    """Build RUN again in other surroundings, compare every file, and write a certificate; exit code 1 if any differs."""
    project = find_project(start)
    from gba_analysis.verify.verify import verify as verify_run

    outcome = verify_run(_run_folder(project, run), project, Progress(sys.stderr))
    for file in outcome.differing:
        click.echo(f"{file.name}: {file.verdict}" + "".join(f"\n    {line}" for line in file.detail.splitlines()))
    click.echo(outcome.summary)
    for path in outcome.certificates:
        click.echo(f"  {_shown(path)}")
    sys.exit(1 if outcome.result == "failed" else 0)


@main.command()
@_run
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The zip to write (default: RUN.zip beside it).")
@click.pass_obj
def bundle(start: Path | None, run: str, out: Path | None) -> None:
    """Put RUN, its data, manifest and lock into one zip for an archive (RO-Crate)."""
    project = find_project(start)
    from gba_analysis.pipeline import bundle as pipeline

    written = pipeline.bundle(project, _run_folder(project, run), out)
    click.echo(f"{_shown(written.path)}  {written.path.stat().st_size / 1000:,.0f} kB, {len(written.names)} files")
    if written.left_out:
        click.echo(f"without a certificate: {written.left_out}")


@main.command()
@click.argument("names", nargs=-1, metavar="[NOTEBOOK]...")
@_jobs
@click.pass_obj
def refresh(start: Path | None, names: tuple[str, ...], jobs: int | None) -> None:
    """Run the committed notebooks with their defaults and store them with outputs, in the canonical form."""
    project = find_project(start)
    from gba_analysis.pipeline import refresh as pipeline

    chosen = [Path(name).stem for name in names] or parameters.NOTEBOOKS
    changed = pipeline.refresh(project, chosen, Progress(sys.stderr), jobs or default_jobs())
    for path in changed:
        click.echo(f"changed: {_shown(path)}")
    click.echo(f"{len(chosen) - len(changed)} of {len(chosen)} notebooks were up to date")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def params(as_json: bool) -> None:
    """List the parameters: what each means, what it may be, which notebooks take it."""
    if as_json:
        _print_json([asdict(item) | {"expected": item.expected} for item in parameters.CONTRACT])
        return
    head = ("name", "type", "unit", "range", "default", "notebooks")
    rows = [head, *(_parameter_row(item) for item in parameters.CONTRACT)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    meanings = ["meaning", *(item.meaning_en for item in parameters.CONTRACT)]
    for row, meaning in zip(rows, meanings, strict=True):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join([*cells, meaning]))


def _parameter_row(item: parameters.Parameter) -> tuple[str, ...]:
    if item.kind == "choices":
        allowed = f"{yaml_text(item.minimum)} or more of " + " | ".join(item.choices)
    elif item.minimum is not None:
        allowed = f"{yaml_text(item.minimum)} to {yaml_text(item.maximum)}"
    else:
        allowed = " | ".join(item.choices) or "true | false"
    notebooks = ", ".join(item.notebooks) or "all"
    return item.name, item.kind, item.unit, allowed, yaml_text(item.default), notebooks


@main.command()
@click.option(
    "--article", type=EXISTING, metavar="FILE", help="The article's text: also look for every printed figure in it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(start: Path | None, article: Path | None, as_json: bool) -> None:
    """Check data, notebooks and report sources, and list every problem. Runs no notebook."""
    project = find_project(start)
    from gba_analysis.pipeline.check import check_project

    checked = check_project(project, article)
    if as_json:
        _print_json({"checked": dict(checked.counts), "problems": [asdict(item) for item in checked.problems]})
    elif checked.problems:
        click.echo(GbaError(checked.problems), err=True)
    else:
        click.echo("all well: " + ", ".join(f"{count} {what}" for what, count in checked.counts.items()))
    sys.exit(2 if checked.problems else 0)


@main.command()
@click.pass_obj
def doctor(start: Path | None) -> None:
    """Say which engines, versions and fonts are found, and how to install what is missing."""
    project = find_project(start)
    from gba_analysis.pipeline.doctor import examine

    findings = examine(project)
    for item in findings:
        missing = f"missing{'' if item.needed else ' (optional)'}; install: {item.cure}"
        click.echo(f"{item.name:<24} {item.found or missing}")
    sys.exit(2 if any(item.needed and not item.found for item in findings) else 0)


def _print_json(content: Mapping[str, Any] | Iterable[Any]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _shown(path: Path) -> str:
    """`path` as seen from the current folder, if it is below it."""
    absolute, here = path.absolute(), Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)


def _seconds(progress: Progress) -> str:
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in progress.seconds.items())
    return f"seconds: {parts}; from begin to end {progress.elapsed:.1f}"
