"""`catalog feeds list` and `catalog feeds history NAME`."""

from typing import Annotated

import typer

from catalog.cli.feeds.changing import NAME
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import in_utc
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import printable
from catalog.ingest.feeds.feed import FeedState, find_feed, load_feeds
from catalog.ingest.feeds.pulls import load_pulls
from catalog.ingest.fetching.address import parse_address


def show() -> None:
    """Show the feeds, when each is due and what its last pull came to."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        require_newest(connection)
        feeds = load_feeds(connection)
    for one in feeds:
        due = "paused" if one.state is FeedState.PAUSED else f"due {in_utc(one.due_at)}"
        failures = "" if not one.failures else ", failed once" if one.failures == 1 else f", failed {one.failures} times"
        where = parse_address(one.address).shown
        typer.echo(
            printable(
                f"{one.name}  {one.how}  {where}  {one.source['key']}  {due}  {one.outcome or 'not pulled yet'}{failures}"
            )
        )
    if not feeds:
        typer.echo("there is no feed; catalog feeds add --help", err=True)


def history(
    name: Annotated[str, NAME],
    most: Annotated[int, typer.Option(help="how many", min=1, max=200)] = 20,
) -> None:
    """Show the last pulls of a feed."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        require_newest(connection)
        find_feed(connection, name)
        pulls = load_pulls(connection, name, most)
    for one in pulls:
        run = f"  run {one.submission[:8]}" if one.submission else ""
        typer.echo(printable(f"{in_utc(one.at)}  {one.outcome}{run}  {one.message or ''}".rstrip()))
    if not pulls:
        typer.echo("it was not pulled yet", err=True)
