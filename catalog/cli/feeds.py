"""`catalog feeds`: where sources publish by themselves."""

import re
import sys
from typing import Annotated

import typer
from rich.progress import Progress

from catalog.cli.ingest.declaring import Said, declare
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import summary
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import ArgumentInvalid, printable
from catalog.ingest.feeds.feed import (
    Feed,
    FeedState,
    How,
    add_feed,
    find_feed,
    load_feeds,
    load_pulls,
    remove_feed,
    set_state,
)
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.pull import pull as pull_feed
from catalog.ingest.fetching.address import parse_address
from catalog.ingest.fetching.secret_headers import parse_header
from catalog.ingest.formats import named_format
from catalog.ingest.report import Report
from catalog.model.vocabulary import SourceKind
from catalog.opening import make_clock, make_feed_hosts

app = typer.Typer(no_args_is_help=True, help="Where sources publish by themselves; the worker pulls what is due.")
NAME = typer.Argument(help="name of the feed")
_PACE = re.compile(r"(\d{1,5})(m|h|d)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}
SHORTEST_MINUTES = 5


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="what you call it: letters, digits and hyphens")],
    address: Annotated[str, typer.Argument(help="where it stands: https://...")],
    *,
    source: Annotated[str, typer.Option(help="key of the source that publishes it")],
    source_name: Annotated[str | None, typer.Option("--name", help="name of a source that is new")] = None,
    kind: Annotated[SourceKind | None, typer.Option(help="kind of a source that is new")] = None,
    owner: Annotated[str | None, typer.Option(help="slug of the institution whose listings these are")] = None,
    complete: Annotated[
        bool | None, typer.Option("--complete/--partial", help="whether what it leaves out is no longer offered")
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="zone of days and times without one")] = None,
    language: Annotated[str | None, typer.Option(help="language of its texts")] = None,
    how: Annotated[
        How, typer.Option(help="a file, pages of an API, or the pages of a site", case_sensitive=False)
    ] = How.FILE,
    format_: Annotated[str | None, typer.Option("--format", help="read it as this format, whatever it looks like")] = None,
    every: Annotated[str, typer.Option(help="how often: 30m, 6h, 1d")] = "1d",
    header: Annotated[
        list[str] | None,
        typer.Option(help="a header to send, secrets by name: 'Authorization: Bearer ${env:TOKEN}'"),
    ] = None,
    pattern: Annotated[str, typer.Option(help="which pages of a site: /courses/*")] = "*",
    stewarded: Annotated[
        bool, typer.Option("--stewarded", help="its owner allows pages about community-governed listings to be read")
    ] = False,
) -> None:
    """Add a feed; it is due at once."""
    settings = read_settings()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", name):
        raise ArgumentInvalid("a name has small letters, digits and hyphens, at most 60", argument="name")
    parse_address(address)
    if format_ is not None:
        named_format(format_)
    headers = dict(parse_header(one) for one in header or [])
    now = make_clock(settings)()
    with opened(settings) as database:
        with read_snapshot(database) as connection:
            require_newest(connection)
            declared = declare(connection, Said(source, source_name, kind, owner, complete, time_zone, language))
        assert declared is not None, "a key was given"
        feed = Feed(
            name=name,
            address=address,
            how=how,
            source=declared.model_dump(mode="json", by_alias=True, exclude_none=True),
            every_minutes=_minutes(every),
            due_at=now,
            added_at=now,
            format=format_,
            told={"pattern": pattern, "stewarded": stewarded},
            headers=headers,
        )
        with write_transaction(database) as connection:
            add_feed(connection, feed)
    typer.echo(f"{name} is added; the worker pulls it, or: catalog feeds pull {name} --dry-run")


@app.command("list")
def show() -> None:
    """Show the feeds, when each is due and what its last pull came to."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        feeds = load_feeds(connection)
    for one in feeds:
        due = "paused" if one.state is FeedState.PAUSED else f"due {one.due_at:%Y-%m-%d %H:%M}"
        failures = f", failed {one.failures} times" if one.failures else ""
        typer.echo(
            printable(f"{one.name}  {one.how}  {one.source['key']}  {due}  {one.outcome or 'not pulled yet'}{failures}")
        )
    if not feeds:
        typer.echo("there is no feed; catalog feeds add --help", err=True)


@app.command("pull")
def pull(
    name: Annotated[str, NAME],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say all that would happen, and write nothing")] = False,
) -> None:
    """Pull a feed now."""
    settings = read_settings()
    with opened(settings) as database, Progress(disable=not sys.stdout.isatty(), transient=True) as progress:
        with read_snapshot(database) as connection:
            require_newest(connection)
            feed = find_feed(connection, name)
        progress.add_task(f"Pulling {name}", total=None)
        getting = Getting(settings.ingest_bytes, make_feed_hosts(settings))
        done = pull_feed(feed, database, make_clock(settings), getting, dry_run=dry_run)
        told = summary(done, dry_run=dry_run) if isinstance(done, Report) else _told(done.outcome, done.message)
        progress.console.print(f"{told}", highlight=False, markup=False, soft_wrap=True)
    if (isinstance(done, Report) and done.is_refused) or (not isinstance(done, Report) and done.message):
        raise typer.Exit(1)


def _told(outcome: str, message: str | None) -> str:
    return printable(f"{outcome}: {message}") if message else f"{outcome}: nothing new"


@app.command("pause")
def pause(
    name: Annotated[str, NAME],
) -> None:
    """Pull a feed no more, until it is resumed."""
    _set(name, FeedState.PAUSED)
    typer.echo(f"{name} is paused; what it brought stays")


@app.command("resume")
def resume(
    name: Annotated[str, NAME],
) -> None:
    """Pull a feed again; it is due at once."""
    _set(name, FeedState.ACTIVE)
    typer.echo(f"{name} is due")


@app.command("remove")
def remove(
    name: Annotated[str, NAME],
) -> None:
    """Forget a feed and its history; what it brought stays."""
    with opened(read_settings()) as database, write_transaction(database) as connection:
        remove_feed(connection, name)
    typer.echo(f"{name} is removed; what it brought stays")


@app.command("history")
def history(
    name: Annotated[str, NAME],
    most: Annotated[int, typer.Option(help="how many", min=1, max=200)] = 20,
) -> None:
    """Show the last pulls of a feed."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        find_feed(connection, name)
        pulls = load_pulls(connection, name, most)
    for one in pulls:
        run = f"  run {one.submission[:8]}" if one.submission else ""
        typer.echo(printable(f"{one.at:%Y-%m-%d %H:%M}  {one.outcome}{run}  {one.message or ''}".rstrip()))
    if not pulls:
        typer.echo("it was not pulled yet", err=True)


def _set(name: str, state: FeedState) -> None:
    settings = read_settings()
    with opened(settings) as database, write_transaction(database) as connection:
        set_state(connection, name, state, make_clock(settings)())


def _minutes(every: str) -> int:
    found = _PACE.fullmatch(every)
    minutes = int(found[1]) * _MINUTES[found[2]] if found else 0
    if minutes < SHORTEST_MINUTES:
        raise ArgumentInvalid(f"write how often as 30m, 6h or 1d, at least {SHORTEST_MINUTES}m", argument="every")
    return minutes
