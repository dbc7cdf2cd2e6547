"""Whether a plan still holds although others committed since it was worked out.

It does where they touched nothing that it read: not its things, not what these refer to, not the names that they take,
and where nothing that they wrote refers to its things. A small change elsewhere voids no large plan.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, exists, select

from catalog.model.bulk import among_any_number, table_of
from catalog.model.state import read_state
from catalog.model.tables import (
    ChangeRow,
    CommitRow,
    ReferenceRow,
    RuleReferenceRow,
    RunRow,
    ThingIdentifierRow,
    ThingRow,
    ThingSlugRow,
)
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.plan import Plan

COMMIT = table_of(CommitRow).c
CHANGE = table_of(ChangeRow).c
RUN = table_of(RunRow).c
THING = table_of(ThingRow).c
SLUG = table_of(ThingSlugRow).c
IDENTIFIER = table_of(ThingIdentifierRow).c
MOST_CHANGES = 5_000
"""Looked at while everybody waits; more of them void the plan."""


def still_holds(connection: Connection, plan: Plan) -> bool:
    """To be asked with the lock in hand, so that nothing more can come in between."""
    if read_state(connection).revision == plan.base_revision:
        return True
    base = plan.base_revision
    if source_ran(connection, base, plan.source.key) or _declared_anew(connection, base):
        return False
    changed = _changed_since(connection, base)
    if len(changed) > MOST_CHANGES:
        return False
    return (
        changed.isdisjoint(_touched(plan)) and not _refer(connection, changed, plan) and not _take(connection, changed, plan)
    )


def run_still_holds(connection: Connection, base: int, commit_id: str, source: str) -> bool:
    """The same of a run that is written already, as the commit `commit_id`, in this very transaction."""
    if read_state(connection).revision == base:
        return True
    if source_ran(connection, base, source) or _declared_anew(connection, base):
        return False
    changed = _changed_since(connection, base)
    if len(changed) > MOST_CHANGES:
        return False
    ours = select(CHANGE.thing).where(CHANGE.commit_id == commit_id)
    theirs = among_any_number
    conflicts = [select(CHANGE.thing).where(CHANGE.commit_id == commit_id, theirs(CHANGE.thing, changed))]
    for table in (table_of(ReferenceRow), table_of(RuleReferenceRow)):
        conflicts.append(select(table.c.thing).where(theirs(table.c.thing, changed), table.c.target.in_(ours)))
        conflicts.append(select(table.c.thing).where(theirs(table.c.target, changed), table.c.thing.in_(ours)))
    names = select(THING.id).where(theirs(THING.id, changed), THING.state == "ACTIVE")
    slug = exists().where(SLUG.thing == THING.id, SLUG.slug == THING.slug, SLUG.type == THING.type)
    conflicts.append(names.where(~slug))  # this run has taken it over
    return all(connection.execute(query.limit(1)).first() is None for query in conflicts)


def _touched(plan: Plan) -> set[str]:
    """Its things, and everything that these lead to."""
    targets = {target for one in plan.things for _, target in one.links}
    return targets | {one.id for one in plan.things}


def _changed_since(connection: Connection, base: int) -> set[str]:
    since = select(CHANGE.thing).join(table_of(CommitRow), CHANGE.commit_id == COMMIT.id)
    content = since.where(COMMIT.revision > base, CHANGE.kind != str(ChangeKind.LIVE)).distinct()
    return set(connection.scalars(content.limit(MOST_CHANGES + 1)))


def source_ran(connection: Connection, base: int, source: str) -> bool:
    """A source's own run since then has made what it says something else."""
    runs = select(RUN.id).where(RUN.source == source)
    return _any(connection, COMMIT.revision > base, COMMIT.run.in_(runs))


def _declared_anew(connection: Connection, base: int) -> bool:
    """Where a source is declared otherwise, who is believed may be another now."""
    return _any(connection, COMMIT.revision > base, COMMIT.declares)


def _refer(connection: Connection, changed: Iterable[str], plan: Plan) -> bool:
    """Whether what was written since leads to a thing of the plan."""
    ours = {one.id for one in plan.things}
    for table in (table_of(ReferenceRow), table_of(RuleReferenceRow)):
        query = select(table.c.target).where(among_any_number(table.c.thing, changed))
        if not ours.isdisjoint(connection.scalars(query)):
            return True
    return False


def _take(connection: Connection, changed: Iterable[str], plan: Plan) -> bool:
    """Whether what was written since has a slug or an identifier that the plan gives to something of its own."""
    slugs = {(str(one.type), one.slug) for one in plan.things}
    query = select(SLUG.type, SLUG.slug).where(among_any_number(SLUG.thing, changed))
    if any((row.type, row.slug) in slugs for row in connection.execute(query)):
        return True
    own = {
        (str(one.type), known.scheme, known.value)
        for one in plan.things
        for known in (one.record.identifiers or () if one.record else ())
    }
    identifiers = select(IDENTIFIER.type, IDENTIFIER.scheme, IDENTIFIER.value)
    known = connection.execute(identifiers.where(among_any_number(IDENTIFIER.thing, changed)))
    return any((row.type, row.scheme, row.value) in own for row in known)


def _any(connection: Connection, *conditions: ColumnElement[bool]) -> bool:
    return connection.execute(select(COMMIT.id).where(*conditions).limit(1)).first() is not None
