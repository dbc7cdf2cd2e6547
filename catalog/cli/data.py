"""Commands that bring data in."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from catalog.cli.settings import opened, read_settings
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.ingest.demo import publish_demo
from catalog.ingest.run import Report, ingest_file
from catalog.opening import make_clock
from catalog.publishing.apply import Applied

MOST_SHOWN = 50
SEED_FILES = "[0-9]*.json"  # in the order of their names; what has no number is no ingest file


def seed(
    demo: Annotated[
        bool, typer.Option("--demo", help="also publish Example College (illustration), dated from today")
    ] = False,
) -> None:
    """Publish the catalogue's own data from the seed folder; what is published already stays as it is."""
    settings = read_settings()
    files = sorted(settings.seed_path.glob(SEED_FILES))
    if not files:
        raise StorageError(f"there is no numbered *.json file in {settings.seed_path}", code="SEED_MISSING")
    _ingest_all(files, dry_run=False)
    if demo:
        with opened(settings) as database:
            applied = publish_demo(database, make_clock(settings))
        typer.echo(f"Example College (illustration): {_kinds(applied)}")


def ingest(
    file: Annotated[Path, typer.Argument(help="an ingest file: record JSON", exists=True, dir_okay=False, readable=True)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would happen and write nothing")] = False,
    break_references: Annotated[
        bool, typer.Option("--break-references", help="withdraw also what others would be left without")
    ] = False,
) -> None:
    """Publish the records of one file, all of them or none."""
    _ingest_all([file], dry_run=dry_run, may_break=break_references)


def _ingest_all(files: list[Path], *, dry_run: bool, may_break: bool = False) -> None:
    settings = read_settings()
    refused = 0
    with opened(settings) as database, Progress(disable=not sys.stdout.isatty(), transient=True) as progress:
        with read_snapshot(database) as connection:
            require_newest(connection)
        for path in progress.track(files, description="Publishing"):
            report = ingest_file(
                path,
                database,
                make_clock(settings),
                largest_bytes=settings.ingest_bytes,
                dry_run=dry_run,
                may_break=may_break,
            )
            refused += report.is_refused
            progress.console.print(summary(report, dry_run=dry_run), highlight=False, markup=False, soft_wrap=True)
    if refused:
        raise typer.Exit(1)


def summary(report: Report, *, dry_run: bool) -> str:
    """One line for the file and one for each issue."""
    lines = [f"{report.path.name}: {_outcome(report, dry_run=dry_run)}"]
    if dry_run and report.applied:
        lines += [
            f"  {kind.lower()} {slug}: {', '.join(fields)}" for kind, slug, fields in report.applied.things[:MOST_SHOWN]
        ]
    lines += [f"  {issue.severity.lower()}: {issue}" for issue in report.issues]
    return "\n".join(lines)


def _outcome(report: Report, *, dry_run: bool) -> str:
    applied = report.applied
    if applied is None:
        return f"refused with {len(report.issues)} issue(s); nothing of it was published"
    kinds = _kinds(applied)
    confirmed = f", {applied.confirmed} confirmed again" if applied.confirmed else ""
    if dry_run:
        return f"{applied.records} records would make: {kinds or 'no change'}{confirmed}"
    at = f" at revision {applied.revision}" if applied.revision is not None else ""
    return f"{applied.records} records: {kinds or 'nothing changed'}{confirmed}{at}"


def _kinds(applied: Applied) -> str:
    return ", ".join(f"{count} {kind.lower()}" for kind, count in applied.kinds.items())
