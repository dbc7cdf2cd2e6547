"""Where the catalogue is: revision, epoch, and until when the clock changes nothing."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from catalog.db.types import from_microseconds
from catalog.model.bulk import Prepared, table_of
from catalog.model.status import CONFIRMATION_DAYS, confirmation_boundaries
from catalog.model.tables import BoundaryRow, SeatEventRow, StatementRow, StateRow

STATE = table_of(StateRow)
STATE_QUERY = Prepared(
    lambda _connection: select(
        STATE.c.revision, STATE.c.content_revision, STATE.c.epoch, STATE.c.updated_at, STATE.c.confirmations
    ).where(STATE.c.id == 1)
)
BOUNDARY = table_of(BoundaryRow).c
STATEMENT = table_of(StatementRow).c
SEAT = table_of(SeatEventRow).c


@dataclass(frozen=True, slots=True)
class State:
    """Read in the snapshot that produces an answer."""

    revision: int
    content_revision: int
    epoch: str
    updated_at: datetime | None
    confirmations: int = 0

    @property
    def content(self) -> tuple[str, int]:
        """The same for two states whose Documents are the same."""
        return self.epoch, self.content_revision


def read_state(connection: Connection) -> State:
    ((revision, content_revision, epoch, updated_at, confirmations),) = STATE_QUERY.run(connection)
    moment = None if updated_at is None else from_microseconds(updated_at)
    return State(revision, content_revision, epoch, moment, confirmations)


def ensure_state(connection: Connection) -> None:
    """Gives an empty catalogue its first row, under a new epoch."""
    if connection.execute(select(STATE.c.id)).first() is None:
        first = {"revision": 0, "content_revision": 0, "epoch": new_epoch(), "confirmations": 0, "updated_at": None}
        connection.execute(insert(STATE).values(id=1, **first))


def new_epoch() -> str:
    return secrets.token_hex(8)


def start_epoch(connection: Connection) -> str:
    """For a restore: cursors, ETags and index positions of before are void."""
    epoch = new_epoch()
    connection.execute(update(STATE).where(STATE.c.id == 1).values(epoch=epoch))
    return epoch


def take_revision(connection: Connection, now: datetime, *, content: bool) -> int:
    """The next revision, held by this transaction until it ends: number order is commit order."""
    values: dict[str, object] = {"revision": STATE.c.revision + 1, "updated_at": now}
    if content:
        values["content_revision"] = STATE.c.revision + 1
    statement = update(STATE).where(STATE.c.id == 1).values(**values).returning(STATE.c.revision)
    return int(connection.execute(statement).scalar_one())


def lock_state(connection: Connection) -> None:
    """Keeps every other writer out until this transaction ends."""
    connection.execute(select(STATE.c.revision).where(STATE.c.id == 1).with_for_update())


def count_confirmations(connection: Connection, moved: int) -> int:
    """For a run that moved confirmations and perhaps nothing else; how many were ever moved."""
    counted = update(STATE).where(STATE.c.id == 1).values(confirmations=STATE.c.confirmations + moved)
    return int(connection.execute(counted.returning(STATE.c.confirmations)).scalar_one())


def next_boundary(connection: Connection, now: datetime, confirmation_days: int = CONFIRMATION_DAYS) -> datetime | None:
    """The next instant at which the clock alone changes something."""
    today = now.astimezone(UTC).date()
    active = STATEMENT.until_commit.is_(None)
    query = select(
        select(func.min(BOUNDARY.at)).where(BOUNDARY.at > now).scalar_subquery(),
        select(func.min(SEAT.at)).where(SEAT.at > now).scalar_subquery(),  # counted by a machine whose clock is ahead
        select(func.min(STATEMENT.confirmed_on)).where(active, STATEMENT.confirmed_on > today).scalar_subquery(),
        select(func.min(STATEMENT.confirmed_on))
        .where(active, STATEMENT.confirmed_on >= today - timedelta(days=confirmation_days))
        .scalar_subquery(),
    )
    boundary, seats, begins, ages = connection.execute(query).one()
    moments = [one for one in (boundary, seats) if one]
    if begins:
        moments.append(confirmation_boundaries(begins, confirmation_days)[0])
    if ages:
        moments.append(confirmation_boundaries(ages, confirmation_days)[1])
    return min(moments, default=None)
