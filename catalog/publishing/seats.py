"""Seats left: what changes by the minute, without making versions."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert, select

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.errors import Issue, RecordsRejected
from catalog.model.bulk import table_of
from catalog.model.state import lock_state
from catalog.model.tables import OfferingRow, SeatEventRow, ThingRow
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import Clock
from catalog.publishing.commit import Announcement, write_commit

THING = table_of(ThingRow).c
OFFERING = table_of(OfferingRow).c


def record_seats(database: Database, offering: str, seats_left: int, source: str, at: datetime, clock: Clock) -> int:
    """Appends one seat event and one LIVE change; the new revision. Raises RecordsRejected for an unknown offering."""
    if seats_left < 0:
        raise RecordsRejected([Issue("VALUE_INVALID", "seats left cannot be negative", "seatsLeft", value=str(seats_left))])
    if at > clock():
        raise RecordsRejected([Issue("VALUE_INVALID", "seats cannot be counted in the future", "at", value=at.isoformat())])
    with write_transaction(database) as connection:
        lock_state(connection)
        query = select(OFFERING.credential, THING.type, THING.slug, THING.version, THING.visibility).join(
            table_of(ThingRow), OFFERING.credential == THING.id
        )
        thing = connection.execute(query.where(OFFERING.id == offering)).one_or_none()
        if thing is None:
            raise RecordsRejected([Issue("REFERENCE_UNKNOWN", "no offering has this id", "offering", value=offering)])
        commit_id, now = str(uuid4()), clock()
        connection.execute(
            insert(table_of(SeatEventRow)).values(
                id=str(uuid4()),
                commit_id=commit_id,
                credential=thing.credential,
                offering=offering,
                seats_left=seats_left,
                at=at,
                source=source,
            )
        )
        change = Announcement(
            ChangeKind.LIVE, thing.credential, thing.type, thing.slug, thing.version, thing.visibility, ("seatsLeft",)
        )
        return write_commit(connection, commit_id, [change], now, content=False)
