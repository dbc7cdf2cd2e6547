"""Publishes into the database of a running server while a client reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.model.bulk import table_of
from catalog.model.tables import CredentialRow
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution

ROW = table_of(CredentialRow).c


class Publisher:
    def __init__(self, database):
        self._database = database

    def publish(self, *records):
        apply_records(self._database, records, SOURCE, lambda: NOW)

    def prepare(self):
        """One credential sorts before everything of the seed, one after."""
        first, last = credential("first", slug="aaa/first"), credential("last", slug="zzz/last")
        self.publish(institution(), first, last)

    def publish_around(self, number, position):
        """Three new credentials; the slugs of the two that sort after the position, a slug."""
        ahead = [f"{position}-and-more-{number}", f"zzz/late-{number}"]
        slugs = [f"aaa/early-{number}", *ahead]
        self.publish(*(credential(f"new-{number}-{place}", slug=slug) for place, slug in enumerate(slugs)))
        return ahead

    def rename(self, ref, slug):
        self.publish(credential(ref, slug=slug, title=f"Renamed {ref}"))

    def listed(self) -> dict[str, str]:
        """The slug of each listed credential, by id."""
        with read_snapshot(self._database) as connection:
            return {row.id: row.slug for row in connection.execute(select(ROW.id, ROW.slug).where(ROW.listed))}


@contextmanager
def publisher(database_url) -> Iterator[Publisher]:
    database = open_database(database_url)
    try:
        yield Publisher(database)
    finally:
        database.dispose()
