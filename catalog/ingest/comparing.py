"""Puts a delivery together with what its source said before, and finds what it changes, thousands of records at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from catalog.errors import Issue, Severity
from catalog.ingest.before import load_before
from catalog.ingest.differences import MOST_THINGS, Difference, differences
from catalog.ingest.filling import Filling, fill
from catalog.ingest.known_codes import leave_out_unknown
from catalog.ingest.rollover import load_drafts
from catalog.model.reading.delivery import Delivery, Gone
from catalog.publishing.manner import key_of

CHUNK = 2_500


@dataclass(frozen=True, slots=True)
class Comparing:
    """`complete`: what the delivery leaves out is no longer offered."""

    connection: Connection
    source: str
    now: datetime
    complete: bool

    def compare(self, delivery: Delivery) -> list[Difference]:
        """Fills the records of the delivery, and says what differs: of the first 500 things. Issues go to the delivery."""
        drafts = load_drafts(self.connection, self.source)
        found: list[Difference] = []
        for start in range(0, len(delivery.records), CHUNK):
            places = range(start, min(start + CHUNK, len(delivery.records)))
            records = [delivery.records[place] for place in places]
            leave_out_unknown(self.connection, delivery, places, records)
            before = load_before(self.connection, self.source, map(key_of, records))
            fill(delivery, places, records, Filling(before, self.now, self.complete, drafts))
            if len({(one.type, one.ref) for one in found}) < MOST_THINGS:
                found += differences(records, before)
        self._look_at_gone(delivery)
        return found

    def _look_at_gone(self, delivery: Delivery) -> None:
        before = load_before(self.connection, self.source, [(one.type, one.ref) for one in delivery.gone])
        delivery.issues += [_never_stated(one, delivery) for one in delivery.gone if (one.type, one.ref) not in before]


def _never_stated(gone: Gone, delivery: Delivery) -> Issue:
    message = f"{gone.ref!r} is marked as no longer offered, but its source states no such {gone.type}"
    hint = "correct the ref, if it should still be listed"
    place = delivery.places.get(gone.row)
    return Issue("DELETE_UNKNOWN", message, "delete", gone.row, "ref", gone.ref, hint, Severity.WARNING, place=place)


def without(found: Sequence[Difference], refs: set[tuple[str, str]]) -> tuple[Difference, ...]:
    """The differences of things that are published; `refs` (type, ref) are not."""
    return tuple(one for one in found if (one.type, one.ref) not in refs)
