"""`catalog feeds pull NAME`."""

import sys
from typing import Annotated

import typer
from rich.progress import Progress

from catalog.cli.feeds.changing import NAME
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import summary
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import printable
from catalog.ingest.feeds.feed import find_feed
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.pull import pull as pull_feed
from catalog.ingest.feeds.pulls import Pull
from catalog.ingest.report import Report
from catalog.opening import make_clock, make_feed_hosts


def pull(
    name: Annotated[str, NAME],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say all that would happen, and write nothing")] = False,
) -> None:
    """Pull a feed now, also one that is paused or not yet due."""
    settings = read_settings()
    with opened(settings) as database, Progress(disable=not sys.stdout.isatty(), transient=True) as progress:
        with read_snapshot(database) as connection:
            require_newest(connection)
            feed = find_feed(connection, name)
        progress.add_task(f"Pulling {name}", total=None)
        getting = Getting(settings.ingest_bytes, make_feed_hosts(settings))
        done = pull_feed(feed, database, make_clock(settings), getting, dry_run=dry_run)
        told = summary(done, dry_run=dry_run) if isinstance(done, Report) else _told(done)
        progress.console.print(told, highlight=False, markup=False, soft_wrap=True)
    if done.message if isinstance(done, Pull) else done.is_refused or done.rejected_rows:
        raise typer.Exit(1)


def _told(done: Pull) -> str:
    return printable(f"{done.feed}: {done.outcome}: {done.message or 'nothing new'}")
