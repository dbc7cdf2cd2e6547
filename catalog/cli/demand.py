"""Commands about the demand for labour."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import summary
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.ingest.demand import import_demand
from catalog.opening import make_clock

app = typer.Typer(no_args_is_help=True, help="Forecast demand for labour: figures of an outlook, never vacancies.")


@app.callback()
def main() -> None:
    """Forecast demand for labour: figures of an outlook, never vacancies."""


@app.command("import")
def import_(
    folder: Annotated[
        Path, typer.Argument(help="folder migration/load of bcgov/workbc-ssot", exists=True, file_okay=False, readable=True)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would happen and write nothing")] = False,
) -> None:
    """Publish the labour market outlook: occupations, industries, and forecast openings by region and industry."""
    settings = read_settings()
    with opened(settings) as database, Progress(disable=not sys.stdout.isatty(), transient=True) as progress:
        with read_snapshot(database) as connection:
            require_newest(connection)
        progress.add_task("Importing", total=None)
        clock = make_clock(settings)
        report = import_demand(folder, database, clock, largest_bytes=settings.ingest_bytes, dry_run=dry_run)
        progress.console.print(summary(report, dry_run=dry_run), highlight=False, markup=False, soft_wrap=True)
    if report.is_refused:
        raise typer.Exit(1)
