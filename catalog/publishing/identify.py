"""Finds out which thing each record speaks of: by its ref, then by an identifier, then by a slug; else it is new."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from catalog.errors import Issue
from catalog.model.identity import slugify, thing_id
from catalog.model.records.coded import CodedRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.shapes import Identifier
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import load_identified, load_keys, load_slugs
from catalog.publishing.incoming import Incoming


@dataclass(slots=True)
class Identified:
    """The thing of every record, the slug proposed for each new thing, and what could not be told."""

    things: dict[tuple[RecordType, str], str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    dropped: set[tuple[RecordType, str]] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


def identify(connection: Connection, source: str, incoming: list[Incoming]) -> Identified:
    found = Identified()
    keys = load_keys(connection, source, [one.ref for one in incoming])
    identified = load_identified(connection, incoming)
    proposals = {one.key: propose_slug(one) for one in incoming}
    slugs = load_slugs(connection, [slug for slug in proposals.values() if slug])
    claimed: dict[tuple[RecordType, str], Incoming] = {}
    for one in sorted(incoming, key=lambda item: item.implied):
        slug = proposals[one.key]
        thing = keys.get(one.key) or _by_identifier(one, identified) or (slugs.get((one.type, slug)) if slug else None)
        taken = slug is not None and (one.type, slug) in claimed
        if one.implied and (thing or taken):
            found.dropped.add(one.key)  # the skill is known: a mention of it states nothing new
            continue
        if taken and slug and thing is None:
            found.issues.append(_slug_taken(one, slug, claimed[one.type, slug]))
            continue
        if thing is None and slug is None:
            found.issues.append(_nameless(one))
            continue
        found.things[one.key] = thing or thing_id(source, one.type, one.ref)
        if slug:
            claimed.setdefault((one.type, slug), one)
            found.slugs.setdefault(found.things[one.key], slug)
    found.issues += _shared(found.things, incoming)
    return found


def _by_identifier(one: Incoming, known: dict[tuple[RecordType, str, str], str]) -> str | None:
    keys = ((one.type, identifier.scheme, identifier.value) for identifier in one.record.identifiers or ())
    return next((known[key] for key in keys if key in known), None)


def propose_slug(one: Incoming) -> str | None:
    """The stated slug, or one made of what the record says; None when it says too little."""
    record = one.record
    if record.slug:
        return record.slug
    match record:
        case CredentialRecord(provider=provider, title=title) if provider and title and not isinstance(provider, Identifier):
            return f"{provider.lower()}/{slugify(_english(title))}"
        case InstitutionRecord(name=name) if name:
            return slugify(_english(name))
        case CodedRecord(scheme=scheme, code=code) if scheme and code:
            return f"{scheme}:{code}".lower() if one.type is RecordType.SKILL else code.lower()
        case _:
            return slugify(one.ref) if one.type is RecordType.FUNDING_AWARD else None


def _english(texts: dict[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()))


def _nameless(one: Incoming) -> Issue:
    hint = "state its slug, or the fields it needs to be published"
    message = f"no {one.type} is known by the ref {one.ref!r}, and the record says too little to be a new one"
    return Issue("REF_UNKNOWN", message, "ref", one.row, "ref", one.ref, hint)


def _slug_taken(one: Incoming, slug: str, other: Incoming) -> Issue:
    message = f"the slug {slug!r} already belongs to record {other.row} ({other.ref!r})"
    return Issue("SLUG_TAKEN", message, "slug", one.row, "slug", slug, "state another slug")


def _shared(things: dict[tuple[RecordType, str], str], incoming: Iterable[Incoming]) -> list[Issue]:
    first: dict[str, Incoming] = {}
    issues: list[Issue] = []
    for one in incoming:
        thing = things.get(one.key)
        if thing is None:
            continue
        other = first.setdefault(thing, one)
        if other is not one:
            message = f"records {other.row} and {one.row} speak of the same thing: they share a slug or an identifier"
            issues.append(Issue("THING_SHARED", message, "ref", one.row, "ref", one.ref, "state one record for each thing"))
    return issues
