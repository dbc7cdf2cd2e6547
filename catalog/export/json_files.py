"""Credentials as JSON, one document or one a line, and as the formats of others that are JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import IO, Any

import orjson

from catalog.export.about import About
from catalog.export.credentials import open_document
from catalog.export.items import Item, Items
from catalog.formats.ctdl.mapping import CONTEXT
from catalog.formats.ctdl.write import write_credential
from catalog.formats.schema_org.write import write_course

SCHEMA_ORG = "https://schema.org"


def write_json(file: IO[bytes], about: About, items: Items) -> None:
    """{"about": {...}, "credentials": [...], "exported": n, "leftOut": n, "sources": [...]}."""
    file.write(b'{"about":' + orjson.dumps(about.to_json()) + b',"credentials":[\n')
    _separated(file, map(open_document, items))
    ending = {"exported": items.exported, "leftOut": items.left_out, "sources": items.sources()}
    file.write(b"\n]," + orjson.dumps(ending)[1:] + b"\n")


def write_ndjson(file: IO[bytes], about: About, items: Iterable[Item]) -> None:
    """A credential a line, each with the state that it is of and what may be done with it."""
    state = {"revision": about.revision, "epoch": about.epoch, "at": about.at.isoformat()}
    licence = about.to_json()["licence"]
    for item in items:
        file.write(orjson.dumps(open_document(item) | {"catalogue": state, "licence": licence}) + b"\n")


def write_json_ld(file: IO[bytes], about: About, items: Items) -> None:
    """A schema.org Dataset whose parts are the courses."""
    dataset = {
        "@type": "Dataset",
        "@id": f"urn:catalogue:{about.epoch}:{about.revision}",
        "name": "Micro-credential catalogue",
        "description": f"{about.what} at revision {about.revision}, {about.at.isoformat()}.",
        "dateModified": about.at.isoformat(),
        "license": about.to_json()["licence"],
    }
    _write_graph(file, SCHEMA_ORG, [dataset], items, partial(_course, {"@id": dataset["@id"]}))


def write_ctdl(file: IO[bytes], about: About, items: Items) -> None:
    """Organizations and others that several name stand once. Licence and sources are Dublin Core terms."""
    written: set[str] = set()

    def fresh(item: Item) -> list[dict[str, Any]]:
        listing, *others = write_credential(item.document, item.around)
        sources = list(dict.fromkeys(source["url"] or source["name"] for source in item.sources))
        own = [listing | ({"dct:source": sources} if sources else {}), *others]
        nodes = [one for one in own if one.get("@id") not in written]
        written.update(str(one["@id"]) for one in nodes if "@id" in one)
        return nodes

    _write_graph(file, CONTEXT, [], items, fresh, {"dct:license": about.to_json()["licence"]})


def _course(dataset: Mapping[str, str], item: Item) -> list[dict[str, Any]]:
    """`isBasedOn` names the pages that it was read from."""
    node = write_course(item.document, item.around)
    pages = sorted({page for one in item.sources for page in one["pages"]})
    return [node | {"subjectOf": dict(dataset)} | ({"isBasedOn": pages} if pages else {})]


def _write_graph(
    file: IO[bytes],
    context: str,
    first: Sequence[Mapping[str, Any]],
    items: Iterable[Item],
    nodes_of: Callable[[Item], Iterable[Mapping[str, Any]]],
    head: Mapping[str, Any] | None = None,
) -> None:
    file.write(orjson.dumps({"@context": context, **(head or {})})[:-1] + b',"@graph":[\n')
    _separated(file, [*first], (node for item in items for node in nodes_of(item)))
    file.write(b"\n]}\n")


def _separated(file: IO[bytes], *groups: Iterable[Mapping[str, Any]]) -> None:
    """With commas between, a line each."""
    begun = False
    for group in groups:
        for one in group:
            file.write((b",\n" if begun else b"") + orjson.dumps(one))
            begun = True
