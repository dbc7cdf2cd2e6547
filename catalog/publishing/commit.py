"""Ends a write: announces what changed, takes the revision, and writes the commit last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from catalog.model.bulk import Row, insert_rows
from catalog.model.state import take_revision
from catalog.model.tables import ChangeRow, CommitRow
from catalog.model.vocabulary import ChangeKind


@dataclass(frozen=True, slots=True)
class Announcement:
    """One Change, before it has its place in a commit."""

    kind: ChangeKind
    thing: str
    type: str
    slug: str | None
    version: int | None
    visibility: str
    changed_fields: tuple[str, ...] = ()


def write_commit(
    connection: Connection,
    commit_id: str,
    announcements: Iterable[Announcement],
    now: datetime,
    *,
    run: str | None = None,
    content: bool = True,
) -> int:
    """The revision. Without `content` the change is LIVE: it moves no content revision."""
    announce(connection, commit_id, announcements)
    return number_commit(connection, commit_id, now, run=run, content=content)


def announce(connection: Connection, commit_id: str, announcements: Iterable[Announcement], *, first: int = 0) -> None:
    """What changed, of a commit that has no number yet: until it has one nobody follows it. `first`: its place there."""
    rows: list[Row] = [
        {
            "commit_id": commit_id,
            "ordinal": ordinal,
            "kind": str(one.kind),
            "thing": one.thing,
            "type": str(one.type),
            "slug": one.slug,
            "version": one.version,
            "visibility": str(one.visibility),
            "changed_fields": list(one.changed_fields),
        }
        for ordinal, one in enumerate(announcements, start=first)
    ]
    insert_rows(connection, ChangeRow, rows)


def number_commit(
    connection: Connection,
    commit_id: str,
    now: datetime,
    *,
    run: str | None = None,
    content: bool = True,
    declares: bool = False,
) -> int:
    """The revision; from here to the end of the transaction every other writer waits."""
    revision = take_revision(connection, now, content=content)
    row: Row = {"id": commit_id, "revision": revision, "at": now, "run": run, "declares": declares}
    insert_rows(connection, CommitRow, [row])
    return revision
