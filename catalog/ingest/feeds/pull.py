"""One pull of a feed: fetched, compared with what it brought last, and handed on as a delivery."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError
from catalog.ingest.arrival import Arrival, Handling
from catalog.ingest.feeds.feed import Feed, How, Pull, note_pull
from catalog.ingest.feeds.getting import Getting
from catalog.ingest.feeds.schedule import due_after, due_after_failure
from catalog.ingest.feeds.stewarded import stewarded_addresses
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.report import Report
from catalog.ingest.run import ingest
from catalog.ingest.staging import content_digest
from catalog.ingest.submissions import SUBMISSION, SubmissionState
from catalog.model.reading.delivery import Told

Clock = Callable[[], datetime]
NOT_MODIFIED, SAME = "NOT_MODIFIED", "SAME"
ENDED = (SubmissionState.PUBLISHED, SubmissionState.UNCHANGED, SubmissionState.HELD, SubmissionState.REFUSED)
MESSAGE_LENGTH = 500


def pull(feed: Feed, database: Database, clock: Clock, getting: Getting, *, dry_run: bool = False) -> Report | Pull:
    """What became of it: the report of a delivery, or why there was none. A dry run notes nothing.

    A feed that fails is tried again later; what it brought before stays. Raises StorageError where the database is held.
    """
    with read_snapshot(database, primary=True) as connection:
        avoided = frozenset() if feed.told.get("stewarded") else stewarded_addresses(connection)
    try:
        fetched = replace(getting, leaves_out=avoided.__contains__).get(feed)
        arrival = _arrival(feed, fetched)
        outcome = NOT_MODIFIED if not fetched.is_modified else SAME if _is_same(database, arrival) else None
    except CatalogError as error:
        return _failed(feed, database, clock, error, dry_run=dry_run)
    if outcome and not dry_run:
        return _noted(feed, database, clock, Pull(str(uuid4()), feed.name, clock(), outcome), fetched)
    if outcome:
        return Pull("", feed.name, clock(), outcome)
    handling = Handling(dry_run=dry_run, most_bytes=getting.most_bytes, avoided=avoided)
    report = ingest(arrival, database, clock, handling)
    if not dry_run:
        told = str(next(iter(report.issues), "")) if report.is_refused else None
        done = Pull(
            str(uuid4()), feed.name, clock(), report.state, told and told[:MESSAGE_LENGTH], report.run, len(fetched.data)
        )
        _noted(feed, database, clock, done, fetched)
    return report


def _arrival(feed: Feed, fetched: Fetched) -> Arrival:
    told = Told(
        provider=feed.told.get("provider"),
        currency=feed.told.get("currency", "CAD"),
        address=feed.address if feed.how is How.FILE else None,
        charset=fetched.charset,
    )
    return Arrival(feed.name, fetched.data, feed.speaker, feed.format, told, feed.name)


def _is_same(database: Database, arrival: Arrival) -> bool:
    """Whether the feed brought the very same bytes last time, and they came to an end."""
    query = select(SUBMISSION.c.hash, SUBMISSION.c.state).where(SUBMISSION.c.feed == arrival.feed)
    with read_snapshot(database, primary=True) as connection:
        last = connection.execute(query.order_by(SUBMISSION.c.at.desc()).limit(1)).first()
    return last is not None and last.state in ENDED and last.hash == content_digest(arrival.data)


def _noted(feed: Feed, database: Database, clock: Clock, done: Pull, fetched: Fetched) -> Pull:
    now = clock()
    changes: dict[str, Any] = {
        "failures": 0,
        "outcome": done.outcome,
        "pulled_at": now,
        "due_at": due_after(now, feed.every_minutes, feed.name),
    }
    said = fetched.validators
    if fetched.is_modified:
        changes |= {"validators": asdict(said) if said else None}
    with write_transaction(database) as connection:
        note_pull(connection, done, **changes)
    return done


def _failed(feed: Feed, database: Database, clock: Clock, error: CatalogError, *, dry_run: bool) -> Pull:
    now = clock()
    done = Pull(str(uuid4()), feed.name, now, error.code, error.message[:MESSAGE_LENGTH])
    if dry_run:
        return done
    failures = feed.failures + 1
    due = due_after_failure(now, failures, error.details.get("retry_after_seconds"))
    with write_transaction(database) as connection:
        note_pull(connection, done, failures=failures, outcome=error.code, pulled_at=now, due_at=due)
    return done
