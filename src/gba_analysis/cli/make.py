"""Subcommands that run notebooks: build, sweep, refresh; and params, which lists their inputs."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from gba_analysis import parameters
from gba_analysis.cli.group import main
from gba_analysis.cli.options import (
    EXISTING,
    Several,
    echo_files,
    jobs_option,
    kernels_option,
    pairs_option,
    print_json,
    shown,
)
from gba_analysis.notebooks.kernels import warm_kernels
from gba_analysis.progress import Progress, timing_table
from gba_analysis.project import find_project
from gba_analysis.request import (
    FORMATS,
    LANGS,
    Request,
    default_jobs,
    read_values,
    require_base,
    scenario_name,
)
from gba_analysis.scenario import yaml_value


@main.command()
@pairs_option("NAME VALUE", "Set a parameter; repeatable. `gba params` lists them.")
@click.option(
    "--params", "file", type=EXISTING, metavar="FILE", help="Parameters from a YAML file; -p goes before it."
)
@click.option(
    "--scenario", default="", metavar="NAME", help="The run's folder (default: named after the parameters)."
)
@click.option("--lang", "languages", type=Several(LANGS), default=LANGS, help="Languages to build.")
@click.option("--to", "formats", type=Several(FORMATS), default=FORMATS, help="Formats to build.")
@click.option(
    "--engine",
    default="auto",
    metavar="auto|quarto|embedded",
    help="What renders: auto takes Quarto if there is one.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where runs are kept (default: build/)."
)
@click.option(
    "--force", is_flag=True, help="Build also what is up to date, and take nothing from earlier builds."
)
@click.option("--timings", "with_timings", is_flag=True, help="Say when each part began and ended.")
@click.option(
    "--update-notebooks",
    is_flag=True,
    help="Also store the English run as the committed notebooks (defaults only).",
)
@click.option("--reversed", "last_first", is_flag=True, hidden=True, help="Run the notebooks last to first.")
@jobs_option
@kernels_option
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
    name = scenario_name(values, pairs=pairs, file=file, given=scenario)
    if update_notebooks:
        require_base(values, languages)
    progress = Progress(sys.stderr)
    target, jobs = out or project.build, jobs or default_jobs()
    request = Request(
        project=project,
        values=values,
        scenario=name,
        out=target,
        languages=languages,
        formats=formats,
        engine=engine,
        jobs=jobs,
        kernels=kernels,
        is_forced=force,
        last_first=last_first,
        update_notebooks=update_notebooks,
    )
    from gba_analysis.pipeline.unchanged import is_unchanged

    if not force and not update_notebooks and is_unchanged(request):
        click.echo(f"{shown(request.target)} is up to date (--force builds it again)")
        echo_files(request.target / f"briefing.{lang}.{to}" for lang in languages for to in formats)
        return
    with warm_kernels(kernels, project, say=progress.note) as warm:
        with progress.stage("load"):
            from gba_analysis.pipeline import build as pipeline
        built = pipeline.build(request, progress=progress, kernels=warm)
    click.echo(f"{shown(built.folder)} ({built.engine.name}: {built.engine.version})")
    echo_files(built.files)
    click.echo(_seconds(progress))
    if with_timings:
        click.echo("\n".join(timing_table(progress.timings)))


def _seconds(progress: Progress) -> str:
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in progress.seconds.items())
    return f"seconds: {parts}; from begin to end {progress.elapsed:.1f}"


@main.command()
@click.argument("notebook", metavar="NOTEBOOK")
@pairs_option(
    "NAME VALUES",
    "Values of a parameter as a list, such as -p reading '[strict, tight]'; "
    "repeatable, and then every combination is run.",
    required=True,
)
@click.option("--lang", type=click.Choice(LANGS), default=LANGS[0], help="Language of the texts.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where results are kept (default: build/)."
)
@click.option(
    "--notebooks",
    "with_notebooks",
    is_flag=True,
    help="Also store the executed notebooks, with their charts.",
)
@click.option("--force", is_flag=True, help="Take nothing from earlier builds.")
@jobs_option
@kernels_option
@click.pass_obj
def sweep(
    start: Path | None,
    notebook: str,
    pairs: tuple[tuple[str, str], ...],
    lang: str,
    out: Path | None,
    with_notebooks: bool,
    force: bool,
    jobs: int | None,
    kernels: str,
) -> None:
    """Run NOTEBOOK for every combination of parameter values, and put all that it publishes into one
    table.
    """
    project = find_project(start)
    notebook, progress = Path(notebook).stem, Progress(sys.stderr)
    with warm_kernels(kernels, project, say=progress.note, with_charts=with_notebooks) as warm:
        from gba_analysis.pipeline import sweep as pipeline

        grid = pipeline.read_grid(notebook, pairs)
        request = Request(
            project=project,
            values={},
            scenario=pipeline.FOLDER,
            out=out or project.build,
            languages=(lang,),
            formats=(),
            jobs=jobs or default_jobs(),
            kernels=kernels,
            is_forced=force,
        )
        swept = pipeline.sweep(
            request,
            notebook=notebook,
            grid=grid,
            progress=progress,
            kernels=warm,
            with_notebooks=with_notebooks,
        )
    click.echo(f"{swept.scenarios} scenarios in {progress.elapsed:.1f} s")
    for path in (swept.table, *swept.notebooks):
        click.echo(f"  {shown(path)}")


@main.command()
@click.argument("names", nargs=-1, metavar="[NOTEBOOK]...")
@click.option("--force", is_flag=True, help="Run those too whose outputs are of the present sources.")
@jobs_option
@click.pass_obj
def refresh(start: Path | None, names: tuple[str, ...], force: bool, jobs: int | None) -> None:
    """Run the committed notebooks with their defaults and store them with outputs, in the canonical form.

    Without names: those that `gba check` would have run again. A new version of a Python package makes no
    notebook out of date: then use --force.
    """
    project = find_project(start)
    from gba_analysis.notebooks import refresh as pipeline

    chosen = list(dict.fromkeys(Path(name).stem for name in names)) or parameters.NOTEBOOKS
    changed = pipeline.refresh(
        project,
        chosen,
        progress=Progress(sys.stderr),
        jobs=jobs or default_jobs(),
        is_forced=force or bool(names),
    )
    for path in changed:
        click.echo(f"changed: {shown(path)}")
    click.echo(f"{len(chosen) - len(changed)} of {len(chosen)} notebooks were up to date")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def params(as_json: bool) -> None:
    """List the parameters: what each means, what it may be, which notebooks take it."""
    if as_json:
        print_json([asdict(item) | {"expected": item.expected} for item in parameters.CONTRACT])
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
        allowed = f"{yaml_value(item.minimum)} or more of " + " | ".join(item.choices)
    elif item.minimum is not None:
        allowed = f"{yaml_value(item.minimum)} to {yaml_value(item.maximum)}"
    else:
        allowed = " | ".join(item.choices) or "true | false"
    notebooks = ", ".join(item.notebooks) or "all"
    return item.name, item.kind, item.unit, allowed, yaml_value(item.default), notebooks
