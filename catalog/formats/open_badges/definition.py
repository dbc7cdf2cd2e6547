"""One definition as a credential."""

from typing import Any

from catalog.formats.open_badges.criteria import read_criteria
from catalog.formats.open_badges.extensions import TAKEN as OF_EXTENSIONS
from catalog.formats.open_badges.extensions import program_identifier, read_extensions
from catalog.formats.open_badges.finding import Found
from catalog.formats.open_badges.identity import read_identifiers, ref_of
from catalog.formats.open_badges.kinds import read_kind
from catalog.formats.open_badges.mapping import DEFINITIONS
from catalog.formats.open_badges.profiles import read_provider
from catalog.formats.open_badges.skills import read_skills
from catalog.formats.open_badges.values import id_of, read_amount, read_tag, several, take_texts, types_of
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title

TAKEN = OF_EXTENSIONS | {
    "@context", "@language", "id", "@id", "type", "@type", "name", "description", "criteria", "achievementType", "alignment",
    "alignments", "creditsAvailable", "inLanguage", "issuer", "creator", "humanCode", "otherIdentifier",
}  # fmt: skip


def read_definition(reading: Reading, found: Found) -> dict[str, Any] | None:
    """The record as JSON, or nothing where the definition cannot be told apart or has no name: then it failed."""
    node = found.node
    identity = id_of(node)
    if identity is None:
        reading.fail("REF_MISSING", "the definition has no id", "id", hint="give it the address or URN that is its own")
        return None
    types = types_of(node)
    if types and types.isdisjoint(DEFINITIONS):
        message = "the type is neither Achievement nor BadgeClass; it was read as one"
        reading.warn("TYPE_UNKNOWN", message, "type", ", ".join(sorted(types)))
    for name in node:
        if name not in TAKEN:
            reading.drop(name)
    own = node.get("inLanguage", node.get("@language"))
    stated = reading.take("inLanguage", read_tag, own)
    language = stated or reading.told.language
    title = take_texts(reading, "name", node.get("name"), language, line=True)
    if not title:
        reading.fail("FIELD_MISSING", "the definition has no name", "name")
        return None
    extended = read_extensions(reading, node)
    program = program_identifier(node)
    credit = _credit(reading, node.get("creditsAvailable"))
    return {
        "type": "credential",
        "ref": ref_of(identity),
        "identifiers": [*read_identifiers(reading, node)[: 19 if program else 20], program],
        "title": title,
        "description": take_texts(reading, "description", node.get("description"), language),
        **read_kind(reading, node.get("achievementType")),
        "records": ["BADGE"] if found.is_badge else None,
        "languages": [stated] if stated and "inLanguage" in node else None,
        "skills": read_skills(reading, [*several(node.get("alignment")), *several(node.get("alignments"))], language),
        **extended,
        "credit": credit or extended["credit"],
        **read_provider(reading, node, found.issuer),
        **read_criteria(reading, node.get("criteria"), language),
    }


def _credit(reading: Reading, value: Any) -> dict[str, Any] | None:
    number = reading.take("creditsAvailable", read_amount, value)
    if number is not None:
        return {"value": number, "per": "CREDENTIAL"}
    return {"text": read_title(value)[0]} if isinstance(value, str) else None
