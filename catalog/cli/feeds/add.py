"""`catalog feeds add NAME ADDRESS`."""

import re
from enum import StrEnum
from typing import Annotated

import typer

from catalog.cli.choices import chosen
from catalog.cli.ingest.declaring import FORMAT, KIND, Said, declare
from catalog.cli.ingest.owner import require_owner
from catalog.cli.settings import opened, read_settings
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import ArgumentInvalid, FetchFailed
from catalog.ingest.feeds.feed import Feed, How, add_feed
from catalog.ingest.fetching.address import parse_address
from catalog.ingest.fetching.secret_headers import parse_header, resolve_headers
from catalog.ingest.formats import named_format
from catalog.opening import make_clock

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PACE = re.compile(r"(\d{1,4})(m|h|d)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 366 * 24 * 60


class Way(StrEnum):
    """`How`, as it is written on the command line."""

    FILE = "file"
    OOAPI = "ooapi"
    OPEN_EDX = "open-edx"
    SITEMAP = "sitemap"


def add(
    name: Annotated[str, typer.Argument(help="what you call it: small letters, digits and hyphens")],
    address: Annotated[str, typer.Argument(help="where it stands: https://...")],
    *,
    source: Annotated[str, typer.Option(help="key of the source that publishes it")],
    source_name: Annotated[str | None, typer.Option("--name", help="name of a source that is new")] = None,
    kind: KIND = None,
    owner: Annotated[str | None, typer.Option(help="slug of the institution whose listings these are")] = None,
    complete: Annotated[
        bool | None, typer.Option("--complete/--partial", help="whether what it leaves out is no longer offered")
    ] = None,
    time_zone: Annotated[str | None, typer.Option(help="zone of days and times without one")] = None,
    language: Annotated[str | None, typer.Option(help="language of its texts")] = None,
    how: Annotated[Way, typer.Option(help="a file, pages of an API, or the pages of a site", parser=chosen(Way))] = Way.FILE,
    format_: FORMAT = None,
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
    every_minutes = _checked(name, address, format_, every)
    headers = _headers(header or [])
    now = make_clock(settings)()
    with opened(settings) as database:
        with read_snapshot(database) as connection:
            require_newest(connection)
            require_owner(connection, owner)
            declared = declare(connection, Said(source, source_name, kind, owner, complete, time_zone, language))
        assert declared is not None, "a key was given"
        feed = Feed(
            name=name,
            address=address,
            how=How[how.name],
            source=declared.model_dump(mode="json", by_alias=True, exclude_none=True),
            every_minutes=every_minutes,
            due_at=now,
            added_at=now,
            format=format_,
            told={"pattern": pattern, "stewarded": stewarded},
            headers=headers,
        )
        with write_transaction(database) as connection:
            add_feed(connection, feed)
    typer.echo(f"{name} is added; the worker pulls it, or: catalog feeds pull {name} --dry-run")


def _checked(name: str, address: str, format_: str | None, every: str) -> int:
    """The pace in minutes. Raises ArgumentInvalid; where the address leads is looked at when it is pulled."""
    if not _NAME.fullmatch(name):
        raise ArgumentInvalid("a name has small letters, digits and hyphens, at most 60", argument="name")
    try:
        parse_address(address)
    except FetchFailed as error:
        raise ArgumentInvalid(error.message, code=error.code, argument="address") from None
    if format_ is not None:
        named_format(format_)
    found = _PACE.fullmatch(every)
    minutes = int(found[1]) * _MINUTES[found[2]] if found else 0
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        message = f"write how often as 30m, 6h or 1d, at least {SHORTEST_MINUTES}m and at most 366d"
        raise ArgumentInvalid(message, argument="every")
    return minutes


def _headers(lines: list[str]) -> dict[str, str]:
    """Raises StorageError (SETTING_INVALID) for one that would have to be kept as it is: it may be a secret."""
    pairs = [parse_header(one) for one in lines]
    if len({name.lower() for name, _ in pairs}) < len(pairs):
        raise ArgumentInvalid("a header is stated twice", argument="header")
    headers = dict(pairs)
    resolve_headers(headers, _EverySet())
    return headers


class _EverySet(dict[str, str]):
    """Variables that are all set: the worker may run where others are than where a feed is added."""

    def get(self, _name: str, _default: object = None) -> str:
        return "set"
