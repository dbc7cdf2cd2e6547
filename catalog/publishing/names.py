"""A slug or an identifier leads to one thing for ever."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from catalog.errors import Issue
from catalog.model.bulk import chunks, table_of
from catalog.model.tables import ThingIdentifierRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.drafting import Draft
from catalog.publishing.existing import load_slugs

IDENTIFIER = table_of(ThingIdentifierRow).c


def taken_names(connection: Connection, drafts: Mapping[str, Draft]) -> list[Issue]:
    """An issue for each slug or identifier that belongs to another thing already, or to two things of the call."""
    return [*_slugs(connection, drafts), *_identifiers(connection, drafts)]


def _slugs(connection: Connection, drafts: Mapping[str, Draft]) -> Iterator[Issue]:
    owners = load_slugs(connection, [one.slug for one in drafts.values() if one.record])
    for one in drafts.values():
        if one.record and owners.setdefault((one.type, one.slug), one.id) != one.id:
            message = f"the slug {one.slug!r} leads to another {one.type} already"
            yield Issue("SLUG_TAKEN", message, "slug", one.row, "slug", one.slug, "state another slug")


def _identifiers(connection: Connection, drafts: Mapping[str, Draft]) -> Iterator[Issue]:
    stated = [(one, known) for one in drafts.values() if one.record for known in one.record.identifiers or ()]
    owners: dict[tuple[RecordType, str, str], str] = {}
    for chunk in chunks(known.value for _, known in stated):
        for row in connection.execute(select(table_of(ThingIdentifierRow)).where(IDENTIFIER.value.in_(chunk))):
            owners[RecordType(row.type), row.scheme, row.value] = row.thing
    for one, known in stated:
        if owners.setdefault((one.type, known.scheme, known.value), one.id) != one.id:
            shown = f"{known.scheme}={known.value}"
            message = f"the identifier {shown} belongs to another {one.type} already"
            yield Issue("IDENTIFIER_TAKEN", message, "identifiers", one.row, "identifiers", shown)
