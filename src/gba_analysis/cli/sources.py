"""The subcommand that changes a source: update."""

from __future__ import annotations

from pathlib import Path

import click

from gba_analysis.cli.group import main
from gba_analysis.cli.options import shown
from gba_analysis.project import find_project


@main.command()
@click.pass_obj
def update(start: Path | None) -> None:
    """Renew the checksums in data/datapackage.json, after a deliberate change of a table."""
    project = find_project(start)
    from gba_analysis.pipeline.update import update as renew

    renewed = renew(project)
    for table in renewed:
        before = "no checksum" if table.before is None else f"{table.before:,} bytes"
        click.echo(f"renewed: {shown(project.data / table.path)} ({table.now:,} bytes; before: {before})")
    if not renewed:
        click.echo("every checksum was up to date")
