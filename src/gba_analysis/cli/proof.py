"""Subcommands that look at what is there: check, verify, bundle, doctor."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from gba_analysis.cli.group import main
from gba_analysis.cli.options import EXISTING, print_json, run_argument, run_folder, shown
from gba_analysis.errors import GbaError
from gba_analysis.progress import Progress
from gba_analysis.project import find_project


@main.command()
@click.option(
    "--article",
    type=EXISTING,
    metavar="FILE",
    help="The article's text: also look for every printed figure in it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(start: Path | None, article: Path | None, as_json: bool) -> None:
    """Check data, notebooks and report sources, and list every problem. Runs no notebook."""
    project = find_project(start)
    from gba_analysis.pipeline.check import check_project

    checked = check_project(project, article)
    if as_json:
        print_json({"checked": dict(checked.counts), "problems": [asdict(item) for item in checked.problems]})
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


@main.command()
@run_argument
@click.pass_obj
def verify(start: Path | None, run: str) -> None:
    """Build RUN again in other surroundings, compare every file, and write a certificate; exit code 1 if any
    differs.
    """
    project = find_project(start)
    from gba_analysis.proof.verify import verify as verify_run

    outcome = verify_run(run_folder(project, run), project, progress=Progress(sys.stderr))
    for file in outcome.differing:
        click.echo(
            f"{file.name}: {file.verdict}" + "".join(f"\n    {line}" for line in file.detail.splitlines())
        )
    click.echo(outcome.summary)
    for path in outcome.certificates:
        click.echo(f"  {shown(path)}")
    sys.exit(1 if outcome.result == "failed" else 0)


@main.command()
@run_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The zip to write (default: RUN.zip beside it).",
)
@click.pass_obj
def bundle(start: Path | None, run: str, out: Path | None) -> None:
    """Put RUN, its data, manifest and lock into one zip for an archive (RO-Crate)."""
    project = find_project(start)
    from gba_analysis.proof import bundle as pipeline

    written = pipeline.bundle(project, run_folder(project, run), out)
    click.echo(
        f"{shown(written.path)}  {written.path.stat().st_size / 1000:,.0f} kB, {len(written.names)} files"
    )
    if written.left_out:
        click.echo(f"without a certificate: {written.left_out}")
