"""The bundle of open data: a Frictionless Data Package (v1) in a ZIP, each file with its checksum."""

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from sqlalchemy import Connection, select

from catalog.export.about import NO_LICENCE, About
from catalog.export.credentials import CREDENTIAL_COLUMNS, OFFERING_COLUMNS, called, credential_cells, offering_cells
from catalog.export.items import Item, Items, may_export
from catalog.export.json_files import write_ndjson
from catalog.export.tables import Cell, Table, write_csv
from catalog.model.bulk import chunks, table_of
from catalog.model.documents import load_documents
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery
from catalog.model.tables import DocumentRow
from catalog.model.viewer import Anonymous
from catalog.model.vocabulary import RecordType
from catalog.search.text.folding import words_of

DOCUMENT = table_of(DocumentRow).c
CONTENT = "Everything that may be handed on: credentials, offerings, institutions, sources"
PATTERN = "open-data-????-??-??.zip"
"""Of the files in the folder of bundles."""
PROFILE = "data-package"
NUMBERS = frozenset({"price", "usual_price", "credit_value", "seats"})
BLOCK = 1 << 20
INSTITUTION_COLUMNS = ("slug", "name", "short_name", "kind", "region", "url", "id")
SOURCE_COLUMNS = ("source", "kind", "url", "records", "key")
KEYS: dict[str, dict[str, Any]] = {
    "institutions": {"primaryKey": "slug"},
    "credentials": {
        "primaryKey": "slug",
        "foreignKeys": [{"fields": "provider_slug", "reference": {"resource": "institutions", "fields": "slug"}}],
    },
    "offerings": {
        "primaryKey": "offering_id",
        "foreignKeys": [{"fields": "credential_slug", "reference": {"resource": "credentials", "fields": "slug"}}],
    },
    "sources": {"primaryKey": "key"},
}


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the bundle, as it is described."""

    name: str
    path: str
    bytes: int
    sha256: str
    columns: Sequence[str] | None
    media_type: str


def write_bundle(
    file: IO[bytes], connection: Connection, about: About, check: Callable[[], None] = lambda: None
) -> list[Written]:
    """All that may be handed on: credentials, offerings, institutions, sources. One state and moment give the same bytes."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        files = _Files(archive, about)
        items = _items(connection, check)
        providers: set[str] = set()
        files.table(Table("credentials", CREDENTIAL_COLUMNS, _credentials(items, providers)))
        files.table(Table("institutions", INSTITUTION_COLUMNS, _institutions(connection, providers)))
        files.table(Table("offerings", ("credential_slug", *OFFERING_COLUMNS), _offerings(_items(connection, check))))
        sources = [(one.name, one.kind, one.url, one.count, one.key) for one in items.sources()]
        files.table(Table("sources", SOURCE_COLUMNS, sources))
        again = _items(connection, check)
        files.other("records", "credentials.ndjson", "application/x-ndjson", lambda out: write_ndjson(out, about, again))
        files.describe(items)
    return files.written


def _items(connection: Connection, check: Callable[[], None]) -> Items:
    return Items(connection, CredentialQuery(CredentialFilter(), None), check)


def _offerings(items: Iterable[Item]) -> Iterator[Sequence[Cell]]:
    for item in items:
        for one in item.document["offerings"]:
            yield (item.document["slug"], *offering_cells(one, item.around))


def _credentials(items: Iterable[Item], providers: set[str]) -> Iterator[Sequence[Cell]]:
    """Notes who provides them."""
    for item in items:
        providers.add(item.document["provider"] or "")
        yield credential_cells(item)


def _institutions(connection: Connection, providers: Collection[str]) -> Iterator[Sequence[Cell]]:
    """Everyone that may be listed and handed on, and everyone that provides something exported."""
    query = select(DOCUMENT.id).where(DOCUMENT.type == RecordType.INSTITUTION).order_by(DOCUMENT.slug)
    for ids in chunks(connection.scalars(query).all()):
        found = load_documents(connection, ids, Anonymous())
        regions = load_documents(connection, [one["region"] for one in found.values() if one["region"]], Anonymous())
        listed = [one for one, own in found.items() if own["_visibility"] in Anonymous().listed() and may_export(own)]
        for one in (found[own] for own in ids if own in listed or (own in found and own in providers)):
            region = regions.get(one["region"] or "", {})
            yield (
                one["slug"],
                called(one["name"]),
                one["shortName"],
                one["kind"],
                region.get("code"),
                one["url"],
                one["id"],
            )


def bundle_name(day: date) -> str:
    return f"open-data-{day.isoformat()}.zip"


def newest_bundle(folder: Path) -> Path | None:
    """Names sort as days do."""
    return max(folder.glob(PATTERN), key=lambda one: one.name, default=None)


class _Files:
    def __init__(self, archive: ZipFile, about: About) -> None:
        self._archive = archive
        self._about = about
        self.written: list[Written] = []

    def table(self, table: Table) -> None:
        self._add(table.name, f"{table.name}.csv", "text/csv", table.columns, lambda out: write_csv(out, table, bom=False))

    def other(self, name: str, path: str, media_type: str, write: Callable[[IO[bytes]], Any]) -> None:
        self._add(name, path, media_type, None, write)

    def describe(self, items: Items) -> None:
        """The description, last: it holds the checksums of the others."""
        about = self._about.to_json()
        sources = [{"title": one.name} | ({"path": one.url} if one.url else {}) for one in items.sources()]
        content = {
            "profile": PROFILE,
            "name": "micro-credentials",
            "title": "Micro-credentials of British Columbia",
            "description": about["what"],
            "created": about["at"],
            "version": str(self._about.revision),
            "licenses": [_licence(self._about.licence)],
            "catalogue": {name: about[name] for name in ("revision", "epoch", "notes")},
            "exported": items.exported,
            "leftOut": items.left_out,
            **({"sources": sources} if sources else {}),
            "resources": [_resource(one) for one in self.written],
        }
        data = orjson.dumps(content, option=orjson.OPT_INDENT_2)
        sums = "".join(f"{one.sha256}  {one.path}\n" for one in self.written)
        sums += f"{hashlib.sha256(data).hexdigest()}  datapackage.json\n"
        self._archive.writestr(self._entry("datapackage.json"), data)
        self._archive.writestr(self._entry("SHA256SUMS"), sums)

    def _add(
        self, name: str, path: str, media_type: str, columns: Sequence[str] | None, write: Callable[[IO[bytes]], Any]
    ) -> None:
        with TemporaryFile() as whole:
            write(whole)
            length = whole.seek(0, 2)
            whole.seek(0)
            digest = hashlib.sha256()
            while block := whole.read(BLOCK):
                digest.update(block)
            whole.seek(0)
            with self._archive.open(self._entry(path), "w", force_zip64=True) as entry:
                shutil.copyfileobj(whole, entry, BLOCK)
        self.written.append(Written(name, path, length, digest.hexdigest(), columns, media_type))

    def _entry(self, path: str) -> ZipInfo:
        entry = ZipInfo(path, self._about.at.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry


def _licence(stated: str | None) -> dict[str, str]:
    if stated is None:
        return {"title": NO_LICENCE, "name": "other-not-stated"}
    if stated.startswith(("http://", "https://")):
        return {"path": stated, "title": stated}
    return {"name": "-".join(words_of(stated)) or "other", "title": stated}


def _resource(one: Written) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": one.name,
        "path": one.path,
        "format": one.path.rpartition(".")[2],
        "mediatype": one.media_type,
        "encoding": "utf-8",
        "bytes": one.bytes,
        "hash": f"sha256:{one.sha256}",
    }
    if one.columns is None:
        return found | {"type": "file"}
    fields = [{"name": column, "type": _type(column)} for column in one.columns]
    schema: Mapping[str, Any] = {"fields": fields, "missingValues": [""], **KEYS.get(one.name, {})}
    return found | {"profile": "tabular-data-resource", "dialect": {"lineTerminator": "\r\n"}, "schema": schema}


def _type(column: str) -> str:
    if column == "records":
        return "integer"
    return "number" if column in NUMBERS or column.endswith(("_min", "_max")) else "string"
