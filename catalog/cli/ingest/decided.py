"""`catalog ingest release | discard | rollback RUN`: what a person decides of a delivery."""

from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.ingest.giving_back import give_back
from catalog.cli.ingest.history import RUN
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import each_thing, kinds, published_at, summary
from catalog.ingest.deciding import discard_run, release_run, roll_back_run
from catalog.opening import make_clock


def release(
    run: Annotated[str, RUN],
    break_references: Annotated[
        bool, typer.Option("--break-references", help="withdraw also what others would be left without")
    ] = False,
) -> None:
    """Publish what was held, or what ended half-way: somebody has looked at it."""
    settings = read_settings()
    with opened(settings) as database:
        report = release_run(
            database, run, make_clock(settings), may_break=break_references, most_bytes=settings.ingest_bytes
        )
    typer.echo(summary(report, dry_run=False))
    give_back(report, Path(report.name))
    if report.is_refused or report.rejected_rows:
        raise typer.Exit(1)


def discard(
    run: Annotated[str, RUN],
) -> None:
    """Decide that what was held is not published."""
    settings = read_settings()
    with opened(settings) as database:
        found = discard_run(database, run, make_clock(settings))
    typer.echo(f"{found.name}: discarded; its source may send a corrected file")


def rollback(
    run: Annotated[str, RUN],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would come back, and write nothing")] = False,
) -> None:
    """Take a run back: what its source said before is said again. Nothing is done where later runs changed the same."""
    settings = read_settings()
    with opened(settings) as database:
        applied = roll_back_run(database, run, make_clock(settings), dry_run=dry_run)
    would = "would be " if dry_run else ""
    typer.echo(f"{would}rolled back: {kinds(applied)}{published_at(applied)}")
    for line in each_thing(applied):
        typer.echo(line)
    for issue in applied.warnings:
        typer.echo(f"  {issue.severity.lower()}: {issue}")
