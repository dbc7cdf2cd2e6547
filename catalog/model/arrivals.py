"""Forgets files that were kept as they came, and what was reported of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, delete, or_, select, update

from catalog.model.bulk import chunks, table_of
from catalog.model.tables import LikenessRow, PullRow, StagedRow, StatementRow, SubmissionRow

STAGED = table_of(StagedRow)
SUBMISSION = table_of(SubmissionRow)
PULL = table_of(PullRow)
STATEMENT = table_of(StatementRow).c
LIKENESS = table_of(LikenessRow)
OPEN_STATES = ("RECEIVED", "HELD")
"""Somebody may still ask for their files; the others have come to an end."""


def find_old_files(connection: Connection, before: datetime) -> list[str]:
    """The hashes of files of submissions that all ended before then."""
    hashes = select(STAGED.c.hash).distinct()
    return list(connection.scalars(hashes.where(STAGED.c.hash.not_in(_wanted(before))).order_by(STAGED.c.hash)))


def forget_old_files(connection: Connection, hashes: Collection[str], before: datetime) -> None:
    """Removes these, but for what came again meanwhile."""
    for chunk in chunks(hashes):
        connection.execute(delete(STAGED).where(STAGED.c.hash.in_(chunk), STAGED.c.hash.not_in(_wanted(before))))


def forget_deliveries_of(connection: Connection, thing: str) -> None:
    """Removes every file that a source which ever spoke of a thing has sent, what was reported of them, and its likenesses.

    Their hashes stay. A file that another source sent, too, goes with them.
    """
    sources = select(STATEMENT.source).where(STATEMENT.thing == thing).distinct()
    theirs = SUBMISSION.c.source.in_(list(connection.scalars(sources)))
    connection.execute(delete(STAGED).where(STAGED.c.hash.in_(select(SUBMISSION.c.hash).where(theirs))))
    connection.execute(update(PULL).where(PULL.c.submission.in_(select(SUBMISSION.c.id).where(theirs))).values(message=None))
    connection.execute(update(SUBMISSION).where(theirs).values(report=None))
    connection.execute(delete(LIKENESS).where(or_(LIKENESS.c.one == thing, LIKENESS.c.other == thing)))


def _wanted(before: datetime) -> Select[tuple[str]]:
    newer = or_(SUBMISSION.c.state.in_(OPEN_STATES), SUBMISSION.c.at >= before, SUBMISSION.c.ended_at >= before)
    return select(SUBMISSION.c.hash).where(newer)
