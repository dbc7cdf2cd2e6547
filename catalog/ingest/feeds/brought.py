"""What a feed brought last, and what it means that it brings the same again."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from catalog.ingest.feeds.feed import Feed
from catalog.ingest.submissions import SUBMISSION, SubmissionState


@dataclass(frozen=True, slots=True)
class Brought:
    """The last delivery of a feed, and what became of it."""

    run: str
    hash: str
    state: SubmissionState

    @property
    def waits(self) -> str | None:
        """What a person has to decide."""
        if self.state is not SubmissionState.HELD:
            return None
        run = self.run[:8]
        return f"run {run} waits for a person: catalog ingest show {run}, then release or discard"


def find_brought(connection: Connection, feed: Feed) -> Brought | None:
    """Since it was added: under the same name there may have been another feed."""
    query = (
        select(SUBMISSION.c.id, SUBMISSION.c.hash, SUBMISSION.c.state)
        .where(SUBMISSION.c.feed == feed.name, SUBMISSION.c.at >= feed.added_at)
        .order_by(SUBMISSION.c.at.desc(), SUBMISSION.c.id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return Brought(row.id, row.hash, SubmissionState(row.state)) if row else None
