"""Reads Documents. Every read of a thing's content passes here, and here the viewer is asked."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Column, Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.render import RENDER_FORMAT
from catalog.model.tables import CampusRow, DocumentRow, OfferingRow, ThingSlugRow
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import RecordType

Document: TypeAlias = dict[str, Any]
DOCUMENT = table_of(DocumentRow).c
SLUG = table_of(ThingSlugRow).c
OFFERING = table_of(OfferingRow).c
CAMPUS = table_of(CampusRow).c


def load_documents(connection: Connection, ids: Iterable[str], viewer: Viewer) -> dict[str, Document]:
    """The Documents that exist and that the viewer may read, by id. One statement for up to 5,000 ids."""
    found: dict[str, Document] = {}
    for chunk in chunks(dict.fromkeys(ids)):
        query = select(DOCUMENT.id, DOCUMENT.body, DOCUMENT.version, DOCUMENT.updated_at, DOCUMENT.visibility)
        readable = DOCUMENT.visibility.in_(viewer.readable())
        for row in connection.execute(query.where(DOCUMENT.id.in_(chunk), readable)):
            found[row.id] = _document(row)
    return found


def _document(row: Any) -> Document:
    document: Document = orjson.loads(row.body)
    document["_visibility"] = row.visibility
    document["version"] = row.version
    document["updatedAt"] = row.updated_at.isoformat()
    return document


def has_outdated_documents(connection: Connection) -> bool:
    """Whether any Document was rendered by an earlier release."""
    query = select(DOCUMENT.id).where(DOCUMENT.render_format != RENDER_FORMAT).limit(1)
    return connection.scalar(query) is not None


def find_ids_by_slug(connection: Connection, record_type: RecordType, slugs: Iterable[str]) -> dict[str, str]:
    """Thing ids by current or old slug."""
    found: dict[str, str] = {}
    for chunk in chunks(dict.fromkeys(slugs)):
        query = select(SLUG.slug, SLUG.thing).where(SLUG.type == record_type, SLUG.slug.in_(chunk))
        found |= {row.slug: row.thing for row in connection.execute(query)}
    return found


def find_parents(connection: Connection, part_ids: Iterable[str]) -> dict[str, str]:
    """The credential of each offering id."""
    return _find(connection, OFFERING.id, OFFERING.credential, part_ids)


def find_campus_institutions(connection: Connection, campus_ids: Iterable[str]) -> dict[str, str]:
    """The institution of each campus id."""
    return _find(connection, CAMPUS.id, CAMPUS.institution, campus_ids)


def _find(connection: Connection, key: Column[str], value: Column[str], keys: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(dict.fromkeys(keys)):
        found |= {row[0]: row[1] for row in connection.execute(select(key, value).where(key.in_(chunk)))}
    return found
