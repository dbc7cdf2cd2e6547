"""Lists of what is published, in the order of slugs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select

from catalog.errors import ArgumentInvalid
from catalog.model.bulk import chunks, table_of
from catalog.model.filter_sql import CredentialQuery
from catalog.model.tables import (
    CredentialInstitutionRow,
    CredentialRow,
    DocumentRow,
    OfferingRow,
)
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import RecordType

CREDENTIAL = table_of(CredentialRow).c
BY_INSTITUTION = table_of(CredentialInstitutionRow).c
OFFERING = table_of(OfferingRow).c
DOCUMENT = table_of(DocumentRow).c


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which credentials a list is about; `institution` narrows it to what one institution stands behind."""

    query: CredentialQuery
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """At most `limit` rows between two slugs, from the front or from the back."""

    limit: int
    after: str | None = None
    before: str | None = None
    backward: bool = False

    def conditions(self, slug: Column[str]) -> list[ColumnElement[bool]]:
        return [
            *([slug > self.after] if self.after is not None else []),
            *([slug < self.before] if self.before is not None else []),
        ]

    def order(self, slug: Any) -> Any:
        return slug.desc() if self.backward else slug.asc()


def slug_key(key: list[Any] | None, argument: str) -> str | None:
    """The slug in a cursor's key. Raises ArgumentInvalid (PAGE_INVALID) for a cursor of another list."""
    if key is None:
        return None
    if len(key) != 1 or not isinstance(key[0], str) or "\0" in key[0]:
        raise ArgumentInvalid(f"{argument} is a cursor of another list", code="PAGE_INVALID", argument=argument)
    return key[0]


def list_credentials(connection: Connection, wanted: Wanted, part: Slice) -> list[tuple[str, str]]:
    """(id, slug) of listed credentials."""
    query = select(CREDENTIAL.id, CREDENTIAL.slug).where(*wanted.query.conditions(), *part.conditions(CREDENTIAL.slug))
    return _pairs(connection, query.order_by(part.order(CREDENTIAL.slug)).limit(part.limit))


def filter_credentials(connection: Connection, ids: Iterable[str], wanted: CredentialQuery) -> set[str]:
    """Those of them that fit."""
    found: set[str] = set()
    for chunk in chunks(dict.fromkeys(ids)):
        found |= set(connection.scalars(select(CREDENTIAL.id).where(*wanted.conditions(), CREDENTIAL.id.in_(chunk))))
    return found


def list_credentials_by_institution(
    connection: Connection, institutions: Sequence[str], wanted: CredentialQuery, part: Slice
) -> dict[str, list[tuple[str, str]]]:
    """(id, slug) by institution, each at most `part.limit`."""
    number = func.row_number().over(partition_by=BY_INSTITUTION.institution, order_by=part.order(BY_INSTITUTION.slug))
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in chunks(institutions):
        ranked = (
            select(BY_INSTITUTION.institution, CREDENTIAL.id, CREDENTIAL.slug, number.label("number"))
            .join(table_of(CredentialRow), BY_INSTITUTION.credential == CREDENTIAL.id)
            .where(BY_INSTITUTION.institution.in_(chunk), *wanted.conditions(), *part.conditions(BY_INSTITUTION.slug))
            .subquery()
        )
        query = select(ranked).where(ranked.c.number <= part.limit).order_by(ranked.c.institution, ranked.c.number)
        for row in connection.execute(query):
            found.setdefault(row.institution, []).append((row.id, row.slug))
    return found


def count_credentials(connection: Connection, wanted: Sequence[Wanted]) -> list[int]:
    """How many credentials each list has; lists that differ only in their institution are counted together."""
    counts: dict[Wanted, int] = {}
    for one in dict.fromkeys(wanted):
        if one in counts:
            continue
        if one.institution is None:
            query = select(func.count()).select_from(table_of(CredentialRow)).where(*one.query.conditions())
            counts[one] = connection.execute(query).scalar_one()
            continue
        same = [other for other in wanted if other.institution and other.query == one.query]
        found = _count_by_institution(connection, [str(other.institution) for other in same], one.query)
        counts |= {other: found.get(str(other.institution), 0) for other in same}
    return [counts[one] for one in wanted]


def _count_by_institution(connection: Connection, institutions: list[str], wanted: CredentialQuery) -> dict[str, int]:
    query = (
        select(BY_INSTITUTION.institution, func.count().label("number"))
        .join(table_of(CredentialRow), BY_INSTITUTION.credential == CREDENTIAL.id)
        .where(BY_INSTITUTION.institution.in_(institutions), *wanted.conditions())
        .group_by(BY_INSTITUTION.institution)
    )
    return {row.institution: row.number for row in connection.execute(query)}


def list_things(
    connection: Connection,
    record_type: RecordType,
    viewer: Viewer,
    part: Slice,
    narrowed: Sequence[ColumnElement[bool]] = (),
) -> list[tuple[str, str]]:
    """(id, slug) of the things of a type that may be listed; `narrowed` are further conditions on their `document`."""
    shown = (*_listed(record_type, viewer), *narrowed, *part.conditions(DOCUMENT.slug))
    query = select(DOCUMENT.id, DOCUMENT.slug).where(*shown)
    return _pairs(connection, query.order_by(part.order(DOCUMENT.slug)).limit(part.limit))


def count_things(
    connection: Connection, record_type: RecordType, viewer: Viewer, narrowed: Sequence[ColumnElement[bool]] = ()
) -> int:
    """How many things of a type may be listed."""
    query = select(func.count()).select_from(table_of(DocumentRow)).where(*_listed(record_type, viewer), *narrowed)
    return int(connection.execute(query).scalar_one())


def _listed(record_type: RecordType, viewer: Viewer) -> list[ColumnElement[bool]]:
    return [DOCUMENT.type == record_type, DOCUMENT.visibility.in_(viewer.listed())]


def count_offerings(connection: Connection) -> int:
    """Offerings of listed credentials."""
    joined = table_of(OfferingRow).join(table_of(CredentialRow), OFFERING.credential == CREDENTIAL.id)
    return int(connection.execute(select(func.count()).select_from(joined).where(CREDENTIAL.listed)).scalar_one())


def _pairs(connection: Connection, query: Select[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(row.id, row.slug) for row in connection.execute(query)]
