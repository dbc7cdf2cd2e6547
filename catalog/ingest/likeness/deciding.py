"""What a person decides of a proposal: the two are the same, or they are not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError, RecordsRejected, StorageError
from catalog.ingest.likeness.groups import SOURCE, Merged, are_connected, load_reviewed, merge
from catalog.ingest.likeness.proposals import LikenessState, Pair, Proposal, decide, load_proposals
from catalog.ingest.likeness.reading import load_listings
from catalog.ingest.likeness.scoring import find_likeness
from catalog.ingest.submissions import Submission, SubmissionState, receive
from catalog.model.documents import find_slugs, find_things
from catalog.model.record import Record, parse_record
from catalog.model.viewer import Everything
from catalog.model.vocabulary import EquivalenceBasis, RecordType
from catalog.model.zones import zone
from catalog.publishing.apply import Applied, apply_records
from catalog.publishing.manner import Manner

ZONE = zone("America/Vancouver")
"""Whose days a decision is dated by."""
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Accepted:
    """`slugs` are those of the whole group; `implied` pairs of it were never proposed and are the same all the same."""

    applied: Applied
    slugs: tuple[str, ...]
    implied: tuple[Pair, ...]


def accept(database: Database, things: Sequence[str], by: str, clock: Clock, *, dry_run: bool = False) -> Accepted:
    """Publishes that these credentials are the same, together with what is reviewed as the same as one of them.

    `by` names an office or a role. Raises CatalogError: LIKENESS_UNKNOWN, LIKENESS_DECIDED, LIKENESS_OVER and
    LIKENESS_REJECTED; and as `apply_records`.
    """
    with read_snapshot(database, primary=True) as connection:
        chosen = _open_among(connection, things)
        merged = merge(things, load_reviewed(connection))
        known = _require_none_rejected(connection, merged)
        slugs = find_things(connection, RecordType.CREDENTIAL, merged.members, Everything())
    names = tuple(sorted(slugs.values()))
    unseen = (pair for pair in merged.pairs() if pair not in known and slugs.keys() >= set(pair))
    implied = tuple((slugs[one], slugs[other]) for one, other in unseen)
    record = _record(merged, names, by, clock)

    def also(connection: Connection, applied: Applied) -> None:
        others = load_reviewed(connection)
        others.pop(str(record.ref), None)
        if any(not own.isdisjoint(merged.members) for own in others.values()):
            raise StorageError(
                "another decision about one of them was published meanwhile; try again", code="WRITE_CONFLICT"
            )
        now = clock()
        _require_all(decide(connection, (one.pair for one in chosen), LikenessState.ACCEPTED, by, now), len(chosen))
        decide(connection, merged.pairs(), LikenessState.ACCEPTED, by, now)
        receive(connection, _submission(applied, names, by, now))

    gone = [(RecordType.EQUIVALENCE, ref) for ref in merged.gone]
    applied = apply_records(database, [record], SOURCE, clock, dry_run=dry_run, manner=Manner(gone=gone), also=also)
    return Accepted(applied, names, implied)


def reject(database: Database, pair: Pair, by: str, clock: Clock) -> None:
    """Remembers that the two are not the same. Raises CatalogError (LIKENESS_UNKNOWN, LIKENESS_DECIDED)."""
    with write_transaction(database) as connection:
        _open_pairs(connection, pair)
        _require_all(decide(connection, [pair], LikenessState.REJECTED, by, clock()), 1)


def find_proposal(connection: Connection, pair: Pair) -> Proposal:
    """Raises CatalogError (LIKENESS_UNKNOWN)."""
    found = load_proposals(connection, among=pair)
    if not found:
        raise _unknown(connection, pair)
    return found[0]


def _open_among(connection: Connection, things: Sequence[str]) -> list[Proposal]:
    """The open proposals that lead from each of them to every other, as their listings now are."""
    found = _open_pairs(connection, things)
    alike = (one.pair for one in load_proposals(connection, among=things) if one.state is not LikenessState.REJECTED)
    if not are_connected(things, alike):
        raise _unknown(connection, things)
    listings = load_listings(connection, things)
    for one in found:
        left, right = (listings.get(thing) for thing in one.pair)
        if left is None or right is None or find_likeness(left, right) is None:
            message = f"{_named(connection, one.pair)} are no longer what was proposed: one of them has changed since"
            raise CatalogError(message, code="LIKENESS_OVER")
    return found


def _open_pairs(connection: Connection, things: Sequence[str]) -> list[Proposal]:
    every = load_proposals(connection, among=things)
    found = [one for one in every if one.state is LikenessState.PROPOSED]
    if every and not found:
        one = every[0]
        day = f"{one.decided_at.astimezone(ZONE):%Y-%m-%d}" if one.decided_at else "a day that is not known"
        message = f"{_named(connection, one.pair)} were {one.state.lower()} by {one.decided_by} on {day}"
        raise CatalogError(message, code="LIKENESS_DECIDED")
    if not found:
        raise _unknown(connection, things)
    return found


def _require_none_rejected(connection: Connection, merged: Merged) -> set[Pair]:
    """Every pair of the group that was ever proposed: none of them was found to be different."""
    every = load_proposals(connection, among=merged.members)
    for one in every:
        if one.state is LikenessState.REJECTED:
            message = (
                f"{_named(connection, one.pair)} would be the same by this, but {one.decided_by} found that they are not"
            )
            raise CatalogError(message, code="LIKENESS_REJECTED")
    return {one.pair for one in every}


def _require_all(decided: int, wanted: int) -> None:
    if decided < wanted:
        raise CatalogError("somebody else has decided meanwhile; see catalog likeness list", code="LIKENESS_DECIDED")


def _unknown(connection: Connection, things: Sequence[str]) -> CatalogError:
    hint = "catalog likeness list shows what is"
    return CatalogError(f"{_named(connection, things)} are not proposed as the same; {hint}", code="LIKENESS_UNKNOWN")


def _named(connection: Connection, things: Sequence[str]) -> str:
    slugs = find_slugs(connection, things)
    return " and ".join(slugs.get(one, one) for one in things)


def _record(merged: Merged, names: Sequence[str], by: str, clock: Clock) -> Record:
    stated = {
        "type": "equivalence",
        "ref": merged.ref or names[0],
        "members": list(names),
        "basis": str(EquivalenceBasis.REVIEWED),
        "reviewedBy": by,
        "on": clock().astimezone(ZONE).date().isoformat(),
    }
    record = parse_record(stated)
    if isinstance(record, list):
        raise RecordsRejected(record)
    return record


def _submission(applied: Applied, names: Sequence[str], by: str, now: datetime) -> Submission:
    """So that it stands among what arrived, and can be rolled back."""
    return Submission(
        id=applied.run,
        at=now,
        source=SOURCE.key,
        feed=None,
        name=f"the same, by {by}: {', '.join(names)}"[:200],
        format="likeness",
        hash="",
        size=0,
        state=SubmissionState.PUBLISHED,
        told={"members": list(names), "by": by},
        report=None,
        ended_at=now,
    )
