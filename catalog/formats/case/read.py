"""Reads the items of CASE frameworks as skills."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from catalog.formats.case.identity import item_id, scheme_of, text_of
from catalog.formats.case.package import Package, is_association, is_document, is_item, is_package, open_packages
from catalog.formats.case.skill import TAKEN, framework, read_skill
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused, stated

FORMAT = "case"
_OF_A_DOCUMENT = frozenset({"identifier", "sourcedId", "title", "language"})
_LOOKED_AT = 20


def recognises(content: Content) -> bool:
    """By the names that CASE gives to a framework and its parts. The JSON Schemas of CASE are none of its files."""
    if content.kind is not Kind.JSON:
        return False
    value = content.value
    nodes = value[:_LOOKED_AT] if isinstance(value, list) else [value]
    return any(is_package(one) or is_item(one) or is_document(one) or is_association(one) for one in nodes)


def read(content: Content, told: Told) -> Delivery:
    """Each item once. Never raises, and never asks the addresses in the file."""
    if content.kind is not Kind.JSON:
        return refused(FORMAT, "FORMAT_UNKNOWN", "the file is no CASE: it is not JSON")
    value = content.value
    if isinstance(value, Mapping) and "$schema" in value:
        hint = "send a framework: CFDocument and CFItems"
        return refused(FORMAT, "FORMAT_UNKNOWN", "the file is a JSON Schema, which says how files look and is none", hint)
    reading = Reading(FORMAT, told)
    with suppress(Full):
        _read(reading, value)
    return reading.end()


def _read(reading: Reading, value: Any) -> None:
    seen: dict[str, dict[str, Any]] = {}
    count = 0
    for package in open_packages(value):
        count += 1
        _read_package(reading, package, seen)
    if not count:
        reading.begin("$")
        what = "associations say how items belong together" if is_association(value) else "there is no framework"
        reading.fail("TYPE_UNKNOWN", f"{what}, and no item is defined", hint="send CFDocument and CFItems")


def _read_package(reading: Reading, package: Package, seen: dict[str, dict[str, Any]]) -> None:
    for name, count in package.others.items():
        for _ in range(count):
            reading.drop(name)
    for name in package.document:
        if name not in _OF_A_DOCUMENT:
            reading.drop(f"CFDocument.{name}")
    if not package.items:
        reading.begin("$")
        reading.fail("FIELD_MISSING", "the framework has no items", "CFItems")
    shared = _shared_codes(reading, package)
    for place, item in package.items:
        reading.begin(place, _sent_back(item, package))
        if not isinstance(item, Mapping) or is_association(item):
            reading.fail("TYPE_UNKNOWN", "is no CFItem")
            continue
        _keep(reading, read_skill(reading, item, package.document, shared), seen)


def _keep(reading: Reading, record: dict[str, Any] | None, seen: dict[str, dict[str, Any]]) -> None:
    if record is None:
        return
    record = stated(record)
    known = seen.setdefault(record["ref"], record)
    if known is record:
        reading.keep(record)
    elif known != record:
        reading.fail(
            "REF_DUPLICATE", "two items have this identifier and differ; the first was read", "identifier", record["ref"]
        )


def _shared_codes(reading: Reading, package: Package) -> frozenset[tuple[str, str]]:
    """Codes, each with its scheme, that several items of a framework have: these go by their identifiers."""
    users: dict[tuple[str, str], set[str]] = {}
    for _, item in package.items:
        code = text_of(item, "humanCodingScheme") if isinstance(item, Mapping) else None
        if code:
            scheme = scheme_of(framework(item, package.document) or "")
            users.setdefault((scheme, code.lower()), set()).add(str(item_id(item)))
    shared = {key: len(found) for key, found in users.items() if len(found) > 1}
    for (_, code), count in shared.items():
        message = f"{count} items have this code; each goes by its identifier"
        reading.warn("CODE_NOT_UNIQUE", message, "humanCodingScheme", code)
    return frozenset(shared)


def _sent_back(item: Any, package: Package) -> Any:
    """The item alone, with its framework named, so that it can be read again by itself."""
    if not isinstance(item, Mapping):
        return item
    title = framework(item, package.document)
    return {name: item[name] for name in item if name in TAKEN} | ({"CFDocumentURI": {"title": title}} if title else {})
