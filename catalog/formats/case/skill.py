"""One item of a framework as a skill."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.case.identity import Node, code_from, code_of, identifiers_of, item_id, ref_of, scheme_of, text_of
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language
from catalog.model.shapes import PARAGRAPH_LENGTH

CASE_SCHEME = "case"
"""The identifier that keeps the global identifier of an item."""
HUMAN_CODE = "human-code"
TAKEN = frozenset(
    {"identifier", "sourcedId", "uri", "fullStatement", "humanCodingScheme", "language", "notes", "CFDocumentURI"}
)


def read_skill(
    reading: Reading, item: Node, document: Node, shared_codes: frozenset[tuple[str, str]]
) -> dict[str, Any] | None:
    """The record as JSON; nothing where the item has no identifier, no words or no framework: then it failed.

    `shared_codes` are those, each with its scheme and in small letters, that several items have.
    """
    identity = item_id(item)
    if identity is None:
        reading.fail("REF_MISSING", "the item has no identifier", "identifier")
        return None
    for name in item:
        if name not in TAKEN:
            reading.drop(name)
    language = _language(reading, item, document)
    label, description = _texts(reading, item)
    if not label:
        reading.fail("FIELD_MISSING", "the item has no fullStatement", "fullStatement")
        return None
    title = framework(item, document)
    if title is None:
        hint = "send it with its CFDocument, or with CFDocumentURI and its title"
        reading.fail("FIELD_MISSING", "the item names no framework", "CFDocumentURI", hint=hint)
        return None
    human = text_of(item, "humanCodingScheme")
    scheme = scheme_of(title)
    code = code_of(human) if human and (scheme, human.lower()) not in shared_codes else None
    return {
        "type": "skill",
        "ref": ref_of(identity),
        "identifiers": identifiers_of(
            (CASE_SCHEME, text_of(item, "identifier", "sourcedId")),
            ("url", text_of(item, "uri")),
            (HUMAN_CODE, None if code else human),
        ),
        "scheme": scheme,
        "code": code or code_from(identity),
        "labels": {language: label},
        "description": {language: description},
    }


def framework(item: Node, document: Node) -> str | None:
    """The title of the framework, else how it is identified: of the file's own document, else as the item names it."""
    named = item.get("CFDocumentURI")
    link = named if isinstance(named, Mapping) else {}
    if document:
        return text_of(document, "title", "identifier", "sourcedId")
    return text_of(link, "title", "identifier")


def _language(reading: Reading, item: Node, document: Node) -> str:
    for node in (item, document):
        found = reading.take("language", _tag, node.get("language"))
        if found:
            return found
    return reading.told.language


def _tag(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable("is no language", hint="write a BCP 47 tag, such as en or fr-CA")
    return read_language(value)


def _texts(reading: Reading, item: Node) -> tuple[str, str]:
    """(label, description): a statement too long for a label begins the description, and the notes follow."""
    statement, is_cut = read_markup(_words(reading, item, "fullStatement"))
    label, is_long = read_title(statement)
    notes, are_cut = read_markup(_words(reading, item, "notes"))
    description = "\n\n".join(one for one in (statement if is_long else "", notes) if one)
    if is_cut or are_cut or len(description) > PARAGRAPH_LENGTH:
        reading.warn("TEXT_SHORTENED", "fullStatement and notes are longer than is taken", "fullStatement", statement)
    return label, description[:PARAGRAPH_LENGTH]


def _words(reading: Reading, item: Node, name: str) -> str:
    value = item.get(name)
    if isinstance(value, str):
        return value
    if value is not None:
        reading.warn("VALUE_UNREADABLE", f"{name} is no text", name, value)
    return ""
