"""Reads what can be compared, and what stands together already."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from catalog.ingest.likeness.listing import Listing, listing_of, may_be_proposed
from catalog.model.bulk import chunks, table_of
from catalog.model.documents import find_ids_by_slug, load_documents
from catalog.model.tables import CredentialRow, EquivalenceRow, VersionRow
from catalog.model.viewer import Anonymous
from catalog.model.vocabulary import RecordType

CREDENTIAL = table_of(CredentialRow).c
MEMBER = table_of(EquivalenceRow).alias("member").c
OTHER = table_of(EquivalenceRow).alias("other").c
VERSION = table_of(VersionRow).c
TOGETHER = 500
"""Documents in memory at once."""


def load_all_listings(connection: Connection) -> dict[str, Listing]:
    return load_listings(connection, connection.scalars(select(CREDENTIAL.id).where(CREDENTIAL.listed)).all())


def load_listings(connection: Connection, things: Iterable[str]) -> dict[str, Listing]:
    """Those of them that may be proposed, by id."""
    found: dict[str, Listing] = {}
    for chunk in chunks(things, TOGETHER):
        documents = load_documents(connection, chunk, Anonymous()).values()
        listings = (one for one in documents if one["__typename"] == "Credential" and may_be_proposed(one))
        found |= {one["id"]: listing_of(one) for one in listings}
    return found


def load_together(connection: Connection, things: Iterable[str]) -> dict[str, set[str]]:
    """By thing, what stands in an equivalence with it, whoever says so and on whatever basis."""
    found: dict[str, set[str]] = {}
    for chunk in chunks(things):
        joined = select(MEMBER.member, OTHER.member.label("other"))
        query = joined.where(MEMBER.equivalence == OTHER.equivalence, MEMBER.member.in_(chunk))
        for row in connection.execute(query):
            found.setdefault(row.member, set()).add(row.other)
    return found


def load_members_ever(connection: Connection, equivalences: Iterable[str]) -> set[str]:
    """Who is or was in these, as far as they were named by their slugs."""
    found: set[str] = set()
    for chunk in chunks(equivalences):
        found |= set(connection.scalars(select(MEMBER.member).where(MEMBER.equivalence.in_(chunk))))
        records = connection.scalars(select(VERSION.record).where(VERSION.thing.in_(chunk)))
        named = {one for record in records for one in (record or {}).get("members", ()) if isinstance(one, str)}
        found |= set(find_ids_by_slug(connection, RecordType.CREDENTIAL, named).values())
    return found
