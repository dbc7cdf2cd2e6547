"""Writes one credential's Document as an Achievement of Open Badges 3.0, for issuers of badges."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.formats.open_badges.kinds import type_of
from catalog.formats.open_badges.mapping import BADGE_SCHEME, HUMAN_CODE, IDENTIFIER_TYPES
from catalog.formats.open_badges.skills import CTID_SCHEME
from catalog.model.links.credential import LOCAL_SCHEME
from catalog.model.reading.delivery import stated
from catalog.model.render.rule import rule_of
from catalog.model.rule_text import render_text

Document = Mapping[str, Any]
Around = Mapping[str, Mapping[str, Any]]
"""Documents by id, of what a Document names."""
UNSHOWN = "\u2026"
"""The title of what cannot be shown."""
REQUIRED = ("description", "criteria")
"""What the standard asks of every Achievement beyond what every credential has."""


def write_achievement(document: Document, around: Around) -> dict[str, Any]:
    """The Achievement, without `@context`; what `around` lacks or the record does not state is left out.

    Texts are in one language: of the listing, else English, else the first.
    """
    language = _language(document)
    identifiers = document["identifiers"]
    return stated(
        {
            "id": _first(identifiers, BADGE_SCHEME) or _urn(document["id"]),
            "type": ["Achievement"],
            "achievementType": type_of(document),
            "name": _text(document["title"], language),
            "description": _text(document["description"] or document["summary"], language),
            "criteria": {"id": document["url"], "narrative": _narrative(document, around)},
            "inLanguage": language,
            "creator": _creator(around.get(document["provider"]), language),
            "alignment": [_alignment(around[one], language) for one in document["skills"] if one in around],
            "tag": [_text(around[one]["name"], language) for one in document["themes"] if one in around],
            "creditsAvailable": _credits(document["credit"] or {}),
            "humanCode": _first(identifiers, HUMAN_CODE),
            "otherIdentifier": _others(identifiers),
        }
    )


def problems(achievement: Mapping[str, Any]) -> list[str]:
    """What the standard requires and the record does not state: such an Achievement validates nowhere."""
    return [f"{name} is required" for name in REQUIRED if name not in achievement]


def _urn(identity: str) -> str:
    return f"urn:uuid:{identity}"


def _language(document: Document) -> str | None:
    title = document["title"]
    return next((one for one in [*document["languages"], "en", *title] if one in title), None)


def _text(texts: Mapping[str, str] | None, language: str | None) -> str | None:
    known = texts or {}
    wanted = [] if language is None else [language]
    return next((known[one] for one in (*wanted, "en", *known) if one in known), None)


def _narrative(document: Document, around: Around) -> str:
    """What it takes by completion; what is asked earlier, to get in, is no criterion."""

    def title(identity: Any) -> str:
        known = around.get(str(identity), {})
        return _text(known.get("title") or known.get("label"), "en") or UNSHOWN

    asked = [one for one in document["requirements"] if one["at"] == "COMPLETION" and one["kind"] == "PREREQUISITE"]
    return "\n\n".join(one["original"] or render_text(rule_of(one["rule"]), title) for one in asked)


def _creator(institution: Document | None, language: str | None) -> dict[str, Any] | None:
    if institution is None:
        return None
    name = _text(institution["name"], language)
    return {"id": _urn(institution["id"]), "type": ["Profile"], "name": name, "url": institution["url"]}


def _alignment(skill: Document, language: str | None) -> dict[str, Any]:
    """The address of a skill is its URN in this catalogue, since the standard wants one and most codes have none."""
    scheme, code = skill["scheme"], skill["code"]
    coded = {} if scheme == LOCAL_SCHEME else {"targetCode": code, "targetFramework": scheme}
    if scheme == CTID_SCHEME:
        coded = {"targetCode": code, "targetType": "CTDL"}
    name = _text(skill["label"], language) or code
    return {"type": ["Alignment"], "targetName": name, "targetUrl": _urn(skill["id"]), **coded}


def _credits(credit: Document) -> float | None:
    """Only credits for the whole; a unit of another size would be read as credits."""
    is_whole = credit.get("per") in (None, "CREDENTIAL") and credit.get("unit") in (None, "CREDIT")
    return credit.get("value") if is_whole and credit.get("status") != "NON_CREDIT" else None


def _first(identifiers: Iterable[Mapping[str, str]], scheme: str) -> str | None:
    return next((one["value"] for one in identifiers if one["scheme"] == scheme), None)


def _others(identifiers: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    kept = [one for one in identifiers if one["scheme"] not in (BADGE_SCHEME, HUMAN_CODE)]
    return [{"type": "IdentifierEntry", "identifier": one["value"], "identifierType": _type(one["scheme"])} for one in kept]


def _type(scheme: str) -> str:
    return scheme if scheme in IDENTIFIER_TYPES else f"ext:{scheme}"
