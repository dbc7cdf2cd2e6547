"""What became of each delivery: received, then published, held for a person, or refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from catalog.errors import CatalogError
from catalog.model.bulk import table_of
from catalog.model.tables import SubmissionRow

SUBMISSION = table_of(SubmissionRow)
SHORTEST = 8
"""Digits of an id that name a submission."""
MOST_SHOWN = 200


class SubmissionState(StrEnum):
    """RECEIVED is a delivery whose process has not come to an end: nothing of it is published."""

    RECEIVED = "RECEIVED"
    PUBLISHED = "PUBLISHED"
    UNCHANGED = "UNCHANGED"
    HELD = "HELD"
    REFUSED = "REFUSED"
    DISCARDED = "DISCARDED"
    ROLLED_BACK = "ROLLED_BACK"


WAITING = frozenset({SubmissionState.HELD, SubmissionState.RECEIVED})
"""What somebody can still decide about."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One row; `told` is what `told_of` in catalog.ingest.arrival reads, `report` what a person was told."""

    id: str
    at: datetime
    source: str | None
    feed: str | None
    name: str
    format: str | None
    hash: str
    size: int
    state: SubmissionState
    told: dict[str, Any]
    report: dict[str, Any] | None
    ended_at: datetime | None


def receive(connection: Connection, submission: Submission) -> None:
    connection.execute(insert(SUBMISSION).values(**{name: getattr(submission, name) for name in SUBMISSION.c.keys()}))  # noqa: SIM118 - a collection of columns, no mapping


def end(
    connection: Connection,
    submission: str,
    state: SubmissionState,
    now: datetime,
    *,
    report: dict[str, Any] | None = None,
    source: str | None = None,
    format_: str | None = None,
    was: Collection[SubmissionState] = WAITING,
) -> None:
    """Writes what became of it; what is not given stays as it is.

    Raises CatalogError (RUN_ENDED) where it is in none of the states `was`: somebody else has decided meanwhile.
    """
    given = {"report": report, "source": source, "format": format_}
    values = {name: value for name, value in given.items() if value is not None}
    waits = SUBMISSION.c.state.in_([str(one) for one in was])
    changed = update(SUBMISSION).where(SUBMISSION.c.id == submission, waits)
    if connection.execute(changed.values(state=str(state), ended_at=now, **values)).rowcount == 0:
        raise CatalogError(f"run {submission[:8]} was decided meanwhile by somebody else", code="RUN_ENDED")


def load_submissions(connection: Connection, *, feed: str | None = None, source: str | None = None) -> list[Submission]:
    """The newest first, without their reports."""
    query = select(*(column for column in SUBMISSION.c if column.name != "report")).order_by(SUBMISSION.c.at.desc())
    if feed is not None:
        query = query.where(SUBMISSION.c.feed == feed)
    if source is not None:
        query = query.where(SUBMISSION.c.source == source)
    return [_submission({**row, "report": None}) for row in connection.execute(query.limit(MOST_SHOWN)).mappings()]


def find_submission(connection: Connection, start: str) -> Submission:
    """The one whose id begins so. Raises CatalogError (RUN_UNKNOWN) unless exactly one is meant."""
    query = select(SUBMISSION).where(SUBMISSION.c.id.startswith(start, autoescape=True)).limit(2)
    rows = connection.execute(query).mappings().all() if len(start) >= SHORTEST else []
    if len(rows) != 1:
        meant = "no run" if not rows else "more than one run"
        message = f"{start[:40]!r} names {meant}; `catalog ingest list` shows them, {SHORTEST} digits are enough"
        raise CatalogError(message, code="RUN_UNKNOWN")
    return _submission(dict(rows[0]))


def _submission(row: Any) -> Submission:
    return Submission(**{**row, "state": SubmissionState(row["state"])})


def published_since(connection: Connection, found: Submission) -> str | None:
    """The newest delivery of the same source that was published after this one arrived."""
    later = (SUBMISSION.c.source == found.source) & (SUBMISSION.c.at > found.at)
    published = SUBMISSION.c.state == str(SubmissionState.PUBLISHED)
    query = select(SUBMISSION.c.id).where(later, published, SUBMISSION.c.format != "rollback")
    found_id = connection.execute(query.order_by(SUBMISSION.c.at.desc()).limit(1)).scalar_one_or_none()
    return None if found_id is None else str(found_id)
