"""Commands that bring data in."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import kinds, summary
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import StorageError
from catalog.ingest.demo import publish_demo
from catalog.ingest.run import ingest_file
from catalog.opening import make_clock

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
    _publish_all(files)
    if demo:
        with opened(settings) as database:
            applied = publish_demo(database, make_clock(settings))
        typer.echo(f"Example College (illustration): {kinds(applied)}")


def _publish_all(files: list[Path]) -> None:
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
            )
            refused += report.is_refused
            progress.console.print(
                summary(report, dry_run=False, names_run=False), highlight=False, markup=False, soft_wrap=True
            )
    if refused:
        raise typer.Exit(1)
