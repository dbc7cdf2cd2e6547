"""Makes index entries of Documents."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.documents import load_documents
from catalog.model.tables import CredentialRow, ReferenceRow
from catalog.model.viewer import Anonymous, Everything
from catalog.search.port import Entry

CREDENTIAL = table_of(CredentialRow).c
REFERENCE = table_of(ReferenceRow).c


def listed_ids(connection: Connection) -> list[str]:
    """The credentials that search may find."""
    return list(connection.scalars(select(CREDENTIAL.id).where(CREDENTIAL.listed).order_by(CREDENTIAL.id)))


def load_entries(connection: Connection, ids: Iterable[str]) -> Iterator[Entry]:
    """Entries of those that are listed, with the names of what they point at."""
    for chunk in chunks(ids):
        listed = set(connection.scalars(select(CREDENTIAL.id).where(CREDENTIAL.listed, CREDENTIAL.id.in_(chunk))))
        documents = load_documents(connection, sorted(listed), Everything())
        near = {one for document in documents.values() for one in _neighbours(document)}
        names = load_documents(connection, near, Anonymous())  # a name that nobody may read is not found either
        yield from (_entry(document, names) for document in documents.values())


def affected_credentials(connection: Connection, changed: Iterable[str]) -> set[str]:
    """The changed things that are credentials, and the credentials that show a name of another changed thing."""
    found: set[str] = set()
    for chunk in chunks(changed):
        found |= set(connection.scalars(select(REFERENCE.thing).where(REFERENCE.target.in_(chunk))))
    return found


def _neighbours(document: dict[str, Any]) -> list[str]:
    partners = [one["institution"] for one in document["partnerships"] if one["institution"]]
    return [document["provider"], *partners, *document["skills"]]


def _entry(document: dict[str, Any], names: dict[str, dict[str, Any]]) -> Entry:
    partners = [document["provider"], *(one["institution"] for one in document["partnerships"])]
    institutions = [names[one] for one in partners if one in names]
    return Entry(
        id=document["id"],
        title=_words(document["title"]),
        provider=" ".join(f"{_words(one['name'])} {one['shortName'] or ''}" for one in institutions),
        skills=" ".join(_words(names[one]["label"]) for one in document["skills"] if one in names),
        body=" ".join((_words(document["summary"]), _words(document["description"]), document["sectorText"] or "")),
    )


def _words(texts: dict[str, str] | None) -> str:
    return " ".join((texts or {}).values())
