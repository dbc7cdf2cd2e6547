"""`catalog feeds pause | resume | remove NAME`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy import Connection

from catalog.cli.settings import opened, read_settings
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.ingest.feeds.feed import FeedState, remove_feed, set_state
from catalog.opening import make_clock
from catalog.settings import Settings

NAME = typer.Argument(help="name of the feed")


def pause(
    name: Annotated[str, NAME],
) -> None:
    """Pull a feed no more, until it is resumed."""
    _set(name, FeedState.PAUSED)
    typer.echo(f"{name} is paused; what it brought stays")


def resume(
    name: Annotated[str, NAME],
) -> None:
    """Pull a feed again; it is due at once."""
    _set(name, FeedState.ACTIVE)
    typer.echo(f"{name} is due")


def remove(
    name: Annotated[str, NAME],
) -> None:
    """Forget a feed and its history; what it brought stays."""
    with _changing(read_settings()) as connection:
        remove_feed(connection, name)
    typer.echo(f"{name} is removed; what it brought stays")


def _set(name: str, state: FeedState) -> None:
    settings = read_settings()
    with _changing(settings) as connection:
        set_state(connection, name, state, make_clock(settings)())


@contextmanager
def _changing(settings: Settings) -> Iterator[Connection]:
    with opened(settings) as database:
        with read_snapshot(database) as connection:
            require_newest(connection)
        with write_transaction(database) as connection:
            yield connection
