"""What is reviewed as the same, in groups: pairs that share a member become one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, select

from catalog.ingest.likeness.proposals import Pair, pair_of
from catalog.model.bulk import table_of
from catalog.model.source import Source
from catalog.model.tables import EquivalenceRow, StatementRow
from catalog.model.vocabulary import SourceKind

SOURCE = Source(key="catalogue/equivalences", name="Equivalences that a person has reviewed", kind=SourceKind.CATALOGUE)
MEMBER = table_of(EquivalenceRow).c
STATEMENT = table_of(StatementRow).c


@dataclass(frozen=True, slots=True)
class Merged:
    """The group that members come to stand in. `ref` is that of a group which grows, None: it is new; `gone` go up in it."""

    members: frozenset[str]
    ref: str | None
    gone: tuple[str, ...]

    def pairs(self) -> list[Pair]:
        return [pair_of(one, other) for one, other in combinations(sorted(self.members), 2)]


def load_reviewed(connection: Connection) -> dict[str, frozenset[str]]:
    """Ids of the members of each group of ours, by its ref."""
    joined = table_of(StatementRow).join(table_of(EquivalenceRow), STATEMENT.thing == MEMBER.equivalence)
    query = select(STATEMENT.ref, MEMBER.member).select_from(joined)
    found: dict[str, set[str]] = {}
    for row in connection.execute(query.where(STATEMENT.source == SOURCE.key, STATEMENT.until_commit.is_(None))):
        found.setdefault(row.ref, set()).add(row.member)
    return {ref: frozenset(members) for ref, members in found.items()}


def merge(members: Collection[str], groups: Mapping[str, frozenset[str]]) -> Merged:
    """Groups of ours never share a member, so that one round is enough."""
    shared = sorted(ref for ref, own in groups.items() if not own.isdisjoint(members))
    every = frozenset(members).union(*(groups[ref] for ref in shared))
    return Merged(every, shared[0] if shared else None, tuple(shared[1:]))


def are_connected(members: Collection[str], pairs: Iterable[Pair]) -> bool:
    """Whether the pairs lead from each of them to every other."""
    parts = [{one} for one in members]
    for pair in pairs:
        joined = [part for part in parts if not part.isdisjoint(pair)]
        parts = [part for part in parts if part not in joined] + [set().union(*joined)]
    return len(parts) == 1
