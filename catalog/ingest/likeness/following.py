"""Keeps the proposals level with the change log: they come and go as listings change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.ingest.likeness.pool import Pool
from catalog.ingest.likeness.position import Reached, find_reached, move_to, reached_at
from catalog.ingest.likeness.proposals import Pair, Proposal, load_partners, pair_of, propose, renew
from catalog.ingest.likeness.reading import load_all_listings, load_listings, load_members_ever, load_together
from catalog.model.bulk import chunks
from catalog.model.state import State, read_state
from catalog.model.vocabulary import RecordType
from catalog.pathways.graph.reading import changed_since

BATCH = 2_000
"""Listings whose proposals are written in one transaction."""


@dataclass
class LikenessFollower:
    """What can be compared is read once and then kept in memory, some kilobyte for each listing. One thread's."""

    database: Database
    clock: Callable[[], datetime]
    is_stopped: Callable[[], bool] = lambda: False
    _pool: Pool = field(default_factory=Pool)
    _pooled: Reached | None = None

    def follow(self) -> int | None:
        """How many listings were compared; None where nothing has changed. Does nothing where another is further."""
        with read_snapshot(self.database, primary=True) as connection:
            state, before = read_state(connection), find_reached(connection)
            reached = reached_at(state)
            if before == reached:
                return None
            self._take_in(connection, state)
            partners = load_partners(connection)
            wanted = sorted(self._wanted(connection, state, before, partners))
            together = load_together(connection, wanted)
        done = 0
        for batch in chunks(wanted, BATCH):
            if self.is_stopped() or not self._write(self._proposals(batch, partners, together), batch, before):
                return done
            done += len(batch)
        with write_transaction(self.database) as connection:
            if find_reached(connection, locked=True) == before:
                move_to(connection, reached)
        return done

    def _take_in(self, connection: Connection, state: State) -> None:
        """Brings the pool to this state."""
        if self._pooled is None or not self._pooled.leads_to(state):
            self._pool = Pool()
            self._pool.update((), load_all_listings(connection))
        else:
            changed = changed_since(connection, self._pooled.revision)
            self._pool.update(changed, load_listings(connection, changed))
        self._pooled = reached_at(state)

    def _wanted(
        self, connection: Connection, state: State, before: Reached | None, partners: Mapping[str, set[str]]
    ) -> set[str]:
        """Whose proposals may be others now: what changed, and what came to stand in an equivalence or no longer does."""
        if before is None or not before.leads_to(state):
            return self._pool.listings.keys() | partners.keys()
        changed = changed_since(connection, before.revision)
        equivalences = [one for one, kind in changed.items() if kind == RecordType.EQUIVALENCE]
        return (changed.keys() - set(equivalences)) | load_members_ever(connection, equivalences)

    def _proposals(
        self, batch: Iterable[str], partners: Mapping[str, set[str]], together: Mapping[str, set[str]]
    ) -> dict[Pair, Proposal]:
        found, now, listings = {}, self.clock(), self._pool.listings
        for thing in batch:
            for other, likeness in self._pool.find_alike(thing, partners.get(thing, ())).items():
                pair = pair_of(thing, other)
                if pair not in found and other not in together.get(thing, ()):
                    found[pair] = propose(pair, likeness, (listings[pair[0]], listings[pair[1]]), now)
        return found

    def _write(self, found: Mapping[Pair, Proposal], batch: Iterable[str], before: Reached | None) -> bool:
        with write_transaction(self.database) as connection:
            if find_reached(connection, locked=True) != before:
                return False
            renew(connection, batch, found.values())
        return True
