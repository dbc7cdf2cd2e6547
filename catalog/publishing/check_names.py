"""Checks what no record can give back: names, states, versions and what was announced."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, func, select

from catalog.model.bulk import table_of
from catalog.model.tables import ChangeRow, SourceRow, StatementRow, ThingKeyRow, ThingRow, ThingSlugRow, VersionRow
from catalog.model.vocabulary import SourceKind

THING = table_of(ThingRow).c
KEY = table_of(ThingKeyRow).c
SLUG = table_of(ThingSlugRow).c
STATEMENT = table_of(StatementRow).c
SOURCE = table_of(SourceRow).c
VERSION = table_of(VersionRow).c
CHANGE = table_of(ChangeRow).c


@dataclass(frozen=True, slots=True)
class Finding:
    """`mendable`: a rebuild makes it right, since only derived rows are wrong."""

    code: str
    thing: str
    message: str
    mendable: bool = False

    def __str__(self) -> str:
        return f"{self.thing}: {self.code}: {self.message}"


def check_names(connection: Connection) -> Iterator[Finding]:
    for (slug,) in connection.execute(_without_slug()):
        yield Finding("SLUG_MISSING", slug, "no slug leads to it")
    for slug, ref, source in connection.execute(_without_key()):
        yield Finding("KEY_MISSING", slug, f"the ref {ref!r} of {source} no longer leads to it")
    for slug, version, number in connection.execute(_without_versions()):
        yield Finding("VERSION_MISSING", slug, f"is at version {version}, but has {number} version(s)")
    for slug, version in connection.execute(_unannounced()):
        yield Finding("CHANGE_MISSING", slug, f"version {version} was never announced as a change")
    for (slug,) in connection.execute(_wrongly_withdrawn()):
        yield Finding("STATE_DIFFERS", slug, "is withdrawn, but its provider states it")


def _without_slug() -> Select[str]:
    own = and_(SLUG.type == THING.type, SLUG.slug == THING.slug, SLUG.thing == THING.id)
    joined = table_of(ThingRow).outerjoin(table_of(ThingSlugRow), own)
    return select(THING.slug).select_from(joined).where(THING.state == "ACTIVE", SLUG.thing.is_(None))


def _without_key() -> Select[str, str, str]:
    own = and_(KEY.source == STATEMENT.source, KEY.ref == STATEMENT.ref, KEY.type == THING.type, KEY.thing == THING.id)
    joined = (
        table_of(StatementRow).join(table_of(ThingRow), STATEMENT.thing == THING.id).outerjoin(table_of(ThingKeyRow), own)
    )
    columns = select(THING.slug, STATEMENT.ref, STATEMENT.source).select_from(joined)
    return columns.where(STATEMENT.until_commit.is_(None), KEY.thing.is_(None))


def _without_versions() -> Select[str, int, int]:
    number = select(func.count()).where(VERSION.thing == THING.id).scalar_subquery()
    return select(THING.slug, THING.version, number.label("number")).where(number != THING.version)


def _unannounced() -> Select[str, int]:
    own = and_(CHANGE.commit_id == VERSION.commit_id, CHANGE.thing == VERSION.thing)
    joined = table_of(VersionRow).join(table_of(ThingRow), VERSION.thing == THING.id).outerjoin(table_of(ChangeRow), own)
    return select(THING.slug, VERSION.version).select_from(joined).where(CHANGE.thing.is_(None))


def _wrongly_withdrawn() -> Select[str]:
    joined = (
        table_of(StatementRow)
        .join(table_of(ThingRow), STATEMENT.thing == THING.id)
        .join(table_of(SourceRow), STATEMENT.source == SOURCE.key)
    )
    in_force = and_(STATEMENT.until_commit.is_(None), SOURCE.kind == SourceKind.PROVIDER)
    return select(THING.slug).select_from(joined).where(in_force, THING.state == "WITHDRAWN").distinct()
