"""What a person decides of a delivery afterwards: release it, discard it, or take it back."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError
from catalog.ingest.arrival import Handling, OnError, arrival_of
from catalog.ingest.feeds.feed import load_feeds
from catalog.ingest.feeds.stewarded import find_stewarded
from catalog.ingest.report import Report
from catalog.ingest.run import handle
from catalog.ingest.staging import staged_bytes
from catalog.ingest.submissions import WAITING, Submission, SubmissionState, end, find_submission, published_since, receive
from catalog.publishing.apply import Applied
from catalog.publishing.rollback import roll_back

Clock = Callable[[], datetime]


def release_run(database: Database, run: str, clock: Clock, *, may_break: bool, most_bytes: int) -> Report:
    """Publishes what was held, read again from the bytes as they came. Raises CatalogError.

    RUN_ENDED, STAGED_MISSING, and RUN_OVERTAKEN where its source has published a later delivery.
    """
    with read_snapshot(database, primary=True) as connection:
        found = _waiting(connection, run)
        later = published_since(connection, found)
        if later is not None:
            message = f"the delivery {later[:8]} of this source was published after {found.id[:8]} arrived: discard this one"
            raise CatalogError(message, code="RUN_OVERTAKEN")
        data = staged_bytes(connection, found.hash)
    arrival = arrival_of(found.told, found.name, data, found.feed)
    on_error = OnError(found.told.get("onError", OnError.REJECT_ALL))
    handling = Handling(
        may_break=may_break, on_error=on_error, released=True, most_bytes=most_bytes, avoided=_avoided(database, found)
    )
    return handle(arrival, database, clock, handling, found.id)


def _avoided(database: Database, found: Submission) -> frozenset[str]:
    """What a feed may not speak of, today; one that is gone has no consent any more."""
    if found.feed is None:
        return frozenset()
    with read_snapshot(database, primary=True) as connection:
        feed = next((one for one in load_feeds(connection) if one.name == found.feed), None)
        if feed and feed.told.get("stewarded"):
            return frozenset()
        return find_stewarded(connection, str(found.source)).pages


def discard_run(database: Database, run: str, clock: Clock) -> Submission:
    """Raises CatalogError (RUN_ENDED) for what does not wait for anybody."""
    with write_transaction(database) as connection:
        found = _waiting(connection, run)
        end(connection, found.id, SubmissionState.DISCARDED, clock())
    return found


def roll_back_run(database: Database, run: str, clock: Clock, *, dry_run: bool = False) -> Applied:
    """Raises as `roll_back`, and CatalogError (RUN_ENDED) for what is not published."""
    with read_snapshot(database, primary=True) as connection:
        found = find_submission(connection, run)
    if found.state is not SubmissionState.PUBLISHED:
        raise _ended(found, "only what is PUBLISHED can be rolled back")

    def also(connection: Connection, applied: Applied) -> None:
        now = clock()
        was = (SubmissionState.PUBLISHED,)
        end(connection, found.id, SubmissionState.ROLLED_BACK, found.ended_at or now, was=was)
        receive(connection, _taking_back(found, applied, now))

    return roll_back(database, found.id, clock, dry_run=dry_run, also=also)


def _taking_back(found: Submission, applied: Applied, now: datetime) -> Submission:
    """The row of the run that takes another one back; it can itself be rolled back."""
    return Submission(
        id=applied.run,
        at=now,
        source=found.source,
        feed=None,
        name=f"rollback of {found.id[:8]} ({found.name})",
        format="rollback",
        hash="",
        size=0,
        state=SubmissionState.PUBLISHED,
        told={"rollsBack": found.id},
        report=None,
        ended_at=now,
    )


def _waiting(connection: Connection, run: str) -> Submission:
    found = find_submission(connection, run)
    if found.state not in WAITING:
        raise _ended(found, "only what is HELD waits for a person")
    return found


def _ended(found: Submission, rule: str) -> CatalogError:
    return CatalogError(f"run {found.id[:8]} is {found.state}: {rule}", code="RUN_ENDED")
