"""Reads courses and equivalences from the tables."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Connection, Select, select

from catalog.model.bulk import CHUNK, chunks, table_of
from catalog.model.collecting import without_collecting
from catalog.model.related import COUNTING
from catalog.model.tables import ChangeRow, CommitRow, CredentialRow, DocumentRow, EquivalenceRow
from catalog.model.vocabulary import ChangeKind, RecordType, Visibility
from catalog.pathways.course import Course, course_of
from catalog.pathways.graph.graph import Graph, graph_of

CREDENTIAL = table_of(CredentialRow).c
DOCUMENT = table_of(DocumentRow).c
MEMBER = table_of(EquivalenceRow).c
CHANGE = table_of(ChangeRow).c
COMMIT = table_of(CommitRow).c
FOLLOWED = (RecordType.CREDENTIAL, RecordType.EQUIVALENCE)
MANY = 1_000_000  # objects
SHOWN = (Visibility.PUBLIC, Visibility.UNLISTED)


def load_graph(connection: Connection) -> Graph:
    """All of it: two statements."""
    groups = _load_groups(connection, _members())
    with without_collecting(MANY):
        return graph_of((_course(row) for row in connection.execute(_courses()).yield_per(CHUNK)), groups)


def load_courses(connection: Connection, credentials: Iterable[str]) -> dict[str, Course]:
    found: dict[str, Course] = {}
    for chunk in chunks(dict.fromkeys(credentials)):
        query = _courses().where(CREDENTIAL.id.in_(chunk))
        found |= {row.id: _course(row) for row in connection.execute(query)}
    return found


def load_groups(connection: Connection, equivalences: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for chunk in chunks(dict.fromkeys(equivalences)):
        found |= _load_groups(connection, _members().where(MEMBER.equivalence.in_(chunk)))
    return found


def load_groups_of(connection: Connection, credentials: Iterable[str]) -> dict[str, frozenset[str]]:
    """The equivalences in which any of these is a member."""
    found: set[str] = set()
    for chunk in chunks(dict.fromkeys(credentials)):
        found |= set(connection.scalars(select(MEMBER.equivalence).where(MEMBER.member.in_(chunk))))
    return load_groups(connection, sorted(found))


def changed_since(connection: Connection, revision: int) -> dict[str, str]:
    """The credentials and equivalences that were published, changed or withdrawn after this revision, with their type."""
    joined = table_of(CommitRow).join(table_of(ChangeRow), COMMIT.id == CHANGE.commit_id)
    query = select(CHANGE.thing, CHANGE.type).select_from(joined).distinct()
    query = query.where(COMMIT.revision > revision, CHANGE.type.in_(FOLLOWED), CHANGE.kind != ChangeKind.LIVE)
    return {row.thing: row.type for row in connection.execute(query)}


def _courses() -> Select[Any]:
    joined = table_of(CredentialRow).join(table_of(DocumentRow), CREDENTIAL.id == DOCUMENT.id)
    columns = (CREDENTIAL.id, CREDENTIAL.slug, CREDENTIAL.listed, CREDENTIAL.terms, DOCUMENT.visibility)
    return select(*columns).select_from(joined)


def _course(row: Any) -> Course:
    return course_of(row.id, row.slug, row.visibility, listed=row.listed, terms=orjson.loads(row.terms or "{}"))


def _members() -> Select[str, str]:
    """Of equivalences that count and that anybody may know of."""
    joined = table_of(EquivalenceRow).join(table_of(DocumentRow), MEMBER.equivalence == DOCUMENT.id)
    query = select(MEMBER.equivalence, MEMBER.member).select_from(joined)
    return query.where(MEMBER.basis.in_(COUNTING), DOCUMENT.visibility.in_(SHOWN))


def _load_groups(connection: Connection, query: Select[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for equivalence, member in connection.execute(query):
        found.setdefault(equivalence, set()).add(member)
    return {key: frozenset(members) for key, members in found.items()}
