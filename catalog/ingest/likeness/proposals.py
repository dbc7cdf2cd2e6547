"""Pairs as they are kept: proposed, then accepted or rejected by a person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import Connection, and_, delete, or_, select, update

from catalog.ingest.likeness.listing import Listing
from catalog.ingest.likeness.reason import Reason, reason_of
from catalog.ingest.likeness.scoring import Likeness
from catalog.model.bulk import chunks, insert_rows, table_of
from catalog.model.tables import LikenessRow

LIKENESS = table_of(LikenessRow)
Pair: TypeAlias = tuple[str, str]
"""Ids of two credentials, the lesser first."""


class LikenessState(StrEnum):
    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`titles` is what both were called when it was proposed or decided. What is proposed again still tells the decision."""

    pair: Pair
    score: float
    reasons: tuple[Reason, ...]
    state: LikenessState
    titles: str
    proposed_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None


def pair_of(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def propose(pair: Pair, likeness: Likeness, listings: tuple[Listing, Listing], now: datetime) -> Proposal:
    titles = "-".join(one.title_hash for one in listings)
    return Proposal(pair, likeness.score, likeness.reasons, LikenessState.PROPOSED, titles, now)


def load_proposals(
    connection: Connection, state: LikenessState | None = None, among: Collection[str] | None = None
) -> list[Proposal]:
    """The likeliest first; `among` keeps those both of whose members are named."""
    query = select(LIKENESS).order_by(LIKENESS.c.score.desc(), LIKENESS.c.one, LIKENESS.c.other)
    if state is not None:
        query = query.where(LIKENESS.c.state == state)
    if among is not None:
        query = query.where(LIKENESS.c.one.in_(among), LIKENESS.c.other.in_(among))
    return [_proposal(row) for row in connection.execute(query)]


def load_partners(connection: Connection) -> dict[str, set[str]]:
    """By thing, with whom it stands in an open proposal."""
    found: dict[str, set[str]] = {}
    pairs = select(LIKENESS.c.one, LIKENESS.c.other).where(LIKENESS.c.state == LikenessState.PROPOSED)
    for one, other in connection.execute(pairs):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def renew(connection: Connection, things: Iterable[str], found: Collection[Proposal]) -> None:
    """`found` is all that is to be proposed of these things now: what is proposed besides goes.

    What was decided stays so, unless one of the two has got another title since.
    """
    kept = {one.pair: one for one in _of(connection, things)}
    right = {one.pair: one for one in found}
    gone = [pair for pair, one in kept.items() if one.state is LikenessState.PROPOSED and pair not in right]
    for pair in gone:
        connection.execute(delete(LIKENESS).where(_is(pair), LIKENESS.c.state == LikenessState.PROPOSED))
    new = [_row(one) for pair, one in right.items() if pair not in kept]
    if new:
        insert_rows(connection, LikenessRow, new)
    for pair, one in right.items():
        before = kept.get(pair)
        if before is not None and (renewed := _renewed(before, one)) != before:
            unchanged = and_(LIKENESS.c.state == before.state, LIKENESS.c.titles == before.titles)
            connection.execute(update(LIKENESS).where(_is(pair), unchanged).values(**_row(renewed)))


def decide(connection: Connection, pairs: Iterable[Pair], state: LikenessState, by: str, now: datetime) -> int:
    """How many of them were still open."""
    decided = {"state": state, "decided_by": by, "decided_at": now}
    is_open = LIKENESS.c.state == LikenessState.PROPOSED
    return sum(connection.execute(update(LIKENESS).where(_is(pair), is_open).values(**decided)).rowcount for pair in pairs)


def _renewed(before: Proposal, now: Proposal) -> Proposal:
    if before.state is not LikenessState.PROPOSED and before.titles == now.titles:
        return before
    proposed_at = before.proposed_at if before.state is LikenessState.PROPOSED else now.proposed_at
    return replace(now, proposed_at=proposed_at, decided_at=before.decided_at, decided_by=before.decided_by)


def _of(connection: Connection, things: Iterable[str]) -> list[Proposal]:
    found: dict[Pair, Proposal] = {}
    for chunk in chunks(things, 1_000):
        query = select(LIKENESS).where(or_(LIKENESS.c.one.in_(chunk), LIKENESS.c.other.in_(chunk)))
        found |= {(row.one, row.other): _proposal(row) for row in connection.execute(query)}
    return list(found.values())


def _is(pair: Pair) -> Any:
    return and_(LIKENESS.c.one == pair[0], LIKENESS.c.other == pair[1])


def _row(one: Proposal) -> dict[str, Any]:
    return {
        "one": one.pair[0],
        "other": one.pair[1],
        "score": one.score,
        "reasons": [reason.to_json() for reason in one.reasons],
        "state": str(one.state),
        "titles": one.titles,
        "proposed_at": one.proposed_at,
        "decided_at": one.decided_at,
        "decided_by": one.decided_by,
    }


def _proposal(row: Any) -> Proposal:
    reasons = tuple(map(reason_of, row.reasons))
    state = LikenessState(row.state)
    return Proposal(
        (row.one, row.other), row.score, reasons, state, row.titles, row.proposed_at, row.decided_at, row.decided_by
    )
