"""Where the catalogue is: revision, epoch, and how many boundaries of time have passed."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from catalog.model.bulk import table_of
from catalog.model.status import CONFIRMATION_DAYS, confirmation_boundaries
from catalog.model.tables import BoundaryRow, RunRow, StatementRow, StateRow

STATE = table_of(StateRow)
BOUNDARY = table_of(BoundaryRow).c
STATEMENT = table_of(StatementRow).c
RUN = table_of(RunRow).c


@dataclass(frozen=True, slots=True)
class State:
    """Read in the snapshot that produces an answer."""

    revision: int
    content_revision: int
    epoch: str
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tick:
    """How far the clock has moved what is true: equal ticks at one revision mean equal answers."""

    boundaries: int
    confirmations: int
    """Begins and ends of confirmations that have passed."""
    confirmed: int
    """How many confirmations were ever moved by runs that changed nothing else."""


def read_state(connection: Connection) -> State:
    row = connection.execute(select(STATE).where(STATE.c.id == 1)).one()
    return State(row.revision, row.content_revision, row.epoch, row.updated_at)


def ensure_state(connection: Connection) -> None:
    """Gives an empty catalogue its first row, under a new epoch."""
    if connection.execute(select(STATE.c.id)).first() is None:
        connection.execute(insert(STATE).values(id=1, revision=0, content_revision=0, epoch=new_epoch(), updated_at=None))


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


def read_tick(connection: Connection, now: datetime, confirmation_days: int = CONFIRMATION_DAYS) -> Tick:
    today = now.astimezone(UTC).date()
    active = STATEMENT.until_commit.is_(None)
    old = today - timedelta(days=confirmation_days)
    query = select(
        select(func.count()).where(BOUNDARY.at <= now).scalar_subquery(),
        select(func.count()).where(active, STATEMENT.confirmed_on <= today).scalar_subquery()
        + select(func.count()).where(active, STATEMENT.confirmed_on < old).scalar_subquery(),
        select(func.coalesce(func.sum(RUN.confirmed), 0)).scalar_subquery(),
    )
    return Tick(*connection.execute(query).one())


def next_boundary(connection: Connection, now: datetime, confirmation_days: int = CONFIRMATION_DAYS) -> datetime | None:
    """The next instant at which the clock alone changes something."""
    today = now.astimezone(UTC).date()
    active = STATEMENT.until_commit.is_(None)
    query = select(
        select(func.min(BOUNDARY.at)).where(BOUNDARY.at > now).scalar_subquery(),
        select(func.min(STATEMENT.confirmed_on)).where(active, STATEMENT.confirmed_on > today).scalar_subquery(),
        select(func.min(STATEMENT.confirmed_on))
        .where(active, STATEMENT.confirmed_on >= today - timedelta(days=confirmation_days))
        .scalar_subquery(),
    )
    boundary, begins, ages = connection.execute(query).one()
    moments = [boundary] if boundary else []
    if begins:
        moments.append(confirmation_boundaries(begins, confirmation_days)[0])
    if ages:
        moments.append(confirmation_boundaries(ages, confirmation_days)[1])
    return min(moments, default=None)
