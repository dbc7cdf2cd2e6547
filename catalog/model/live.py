"""What changes without a new version: seats left, and when a source last confirmed what it states."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from catalog.model.bulk import chunks, table_of
from catalog.model.tables import SeatEventRow, StatementRow

SEAT = table_of(SeatEventRow).c
STATEMENT = table_of(StatementRow).c


def load_seats_left(connection: Connection, offerings: Iterable[str], now: datetime) -> dict[str, int]:
    """The newest count up to now of each offering that has any; of two at one instant the smaller."""
    found: dict[str, int] = {}
    for chunk in chunks(offerings):
        newest = (
            select(SEAT.offering, func.max(SEAT.at).label("at"))
            .where(SEAT.offering.in_(chunk), SEAT.at <= now)
            .group_by(SEAT.offering)
            .subquery()
        )
        query = (
            select(SEAT.offering, func.min(SEAT.seats_left).label("seats_left"))
            .join(newest, and_(SEAT.offering == newest.c.offering, SEAT.at == newest.c.at))
            .group_by(SEAT.offering)
        )
        found |= {row.offering: row.seats_left for row in connection.execute(query)}
    return found


def load_confirmations(connection: Connection, things: Iterable[str]) -> dict[tuple[str, str], date]:
    """When each source last confirmed its statement of each thing, by (thing, source)."""
    found: dict[tuple[str, str], date] = {}
    for chunk in chunks(things):
        query = (
            select(STATEMENT.thing, STATEMENT.source, func.max(STATEMENT.confirmed_on).label("on"))
            .where(STATEMENT.thing.in_(chunk), STATEMENT.until_commit.is_(None))
            .where(STATEMENT.confirmed_on.is_not(None))
            .group_by(STATEMENT.thing, STATEMENT.source)
        )
        found |= {(row.thing, row.source): row.on for row in connection.execute(query)}
    return found
