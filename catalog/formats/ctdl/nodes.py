"""Pieces of CTDL nodes that several parts are made of."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.formats.ctdl.mapping import CLASS_OF_KIND, FALLBACK_CLASS, SLUG_SCHEME, UNKNOWN_LANGUAGE

CTID = re.compile(r"ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
NOTHING: tuple[Any, ...] = (None, "", [], {})
CTID_SCHEME = "ctid"


def urn(identity: str) -> str:
    return f"urn:uuid:{identity}"


def stated(node: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known; `False` and 0 are known."""
    return {key: value for key, value in node.items() if value not in NOTHING}


def words(text: str | None) -> dict[str, str] | None:
    return {UNKNOWN_LANGUAGE: text} if text else None


def english(text: str | None) -> dict[str, str] | None:
    return {"en": text} if text else None


def ctid(document: Mapping[str, Any]) -> str:
    """The CTID that is stated for the thing, else one made of its id."""
    known = (one["value"] for one in document.get("identifiers", ()) if one["scheme"] == CTID_SCHEME)
    return next((one for one in known if CTID.fullmatch(one)), f"ce-{document['id']}")


def identifiers(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The slug, and every stated identifier but the node's own CTID."""
    own = {"scheme": CTID_SCHEME, "value": ctid(document)}
    listed = [{"scheme": SLUG_SCHEME, "value": document["slug"]}]
    listed += [one for one in document.get("identifiers", ()) if one != own]
    return [
        {
            "@type": "ceterms:IdentifierValue",
            "ceterms:identifierTypeName": {"en": one["scheme"]},
            "ceterms:identifierValueCode": one["value"],
        }
        for one in listed
    ]


def class_of(document: Mapping[str, Any]) -> str:
    return CLASS_OF_KIND.get(document["kind"], FALLBACK_CLASS)


def reference(document: Mapping[str, Any], cls: str) -> dict[str, Any]:
    """A node that only says who is meant, so that a file with one listing stands alone."""
    return stated(
        {
            "@id": urn(document["id"]),
            "@type": cls,
            "ceterms:ctid": ctid(document),
            "ceterms:name": document.get("title") or document.get("name"),
            "ceterms:identifier": identifiers(document),
        }
    )


def concept(target: str | None) -> dict[str, Any] | None:
    """A term of one of CTDL's own vocabularies."""
    return {"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNode": target} if target else None


def concepts(targets: Iterable[str]) -> list[dict[str, Any]]:
    return [one for one in map(concept, targets) if one]


def alignment(code: str | None, name: Mapping[str, str] | None, framework: str | None) -> dict[str, Any]:
    """An entry of a framework outside CTDL, by code."""
    return stated(
        {
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:codedNotation": code,
            "ceterms:targetNodeName": name,
            "ceterms:frameworkName": english(framework),
        }
    )


def skill(document: Mapping[str, Any]) -> dict[str, Any]:
    return alignment(document["code"], document["label"], document["scheme"])
