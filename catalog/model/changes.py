"""Reads the change log: what follows it sees every change once, in order, with no gaps."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from catalog.model.bulk import table_of
from catalog.model.tables import ChangeRow, CommitRow
from catalog.model.viewer import Viewer

CHANGE = table_of(ChangeRow).c
COMMIT = table_of(CommitRow).c


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the log: after this change. Ordinals count from 0; -1 is before a revision's first."""

    revision: int = 0
    ordinal: int = -1


@dataclass(frozen=True, slots=True)
class Change:
    revision: int
    ordinal: int
    at: datetime
    kind: str
    type: str
    thing: str
    slug: str | None
    version: int | None
    changed_fields: list[str]

    @property
    def position(self) -> Position:
        return Position(self.revision, self.ordinal)


def read_changes(connection: Connection, after: Position, limit: int, viewer: Viewer) -> list[Change]:
    """At most `limit` changes behind `after` that the viewer may see."""
    later = or_(
        COMMIT.revision > after.revision,
        and_(COMMIT.revision == after.revision, CHANGE.ordinal > after.ordinal),
    )
    query = (
        select(
            COMMIT.revision,
            CHANGE.ordinal,
            COMMIT.at,
            CHANGE.kind,
            CHANGE.type,
            CHANGE.thing,
            CHANGE.slug,
            CHANGE.version,
            CHANGE.changed_fields,
        )
        .select_from(table_of(CommitRow).join(table_of(ChangeRow), COMMIT.id == CHANGE.commit_id))
        .where(COMMIT.revision >= after.revision, later, CHANGE.visibility.in_(viewer.listed()))
        .order_by(COMMIT.revision, CHANGE.ordinal)
        .limit(limit)
    )
    return [Change(*_values(row)) for row in connection.execute(query)]


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(row)


def count_changes_after(connection: Connection, revision: int) -> int:
    """Of every visibility: how many changes a follower at `revision` has yet to see."""
    joined = table_of(CommitRow).join(table_of(ChangeRow), COMMIT.id == CHANGE.commit_id)
    query = select(func.count()).select_from(joined).where(COMMIT.revision > revision)
    return int(connection.execute(query).scalar_one())


def seconds_behind(connection: Connection, revision: int) -> float:
    """How long a follower at `revision` has lacked the first commit that it has yet to see; 0 where it lacks none."""
    since: datetime | None = connection.scalar(select(func.min(COMMIT.at)).where(COMMIT.revision > revision))
    return max(0.0, (datetime.now(UTC) - since).total_seconds()) if since else 0.0
