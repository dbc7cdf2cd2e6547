"""Finds out which thing each record speaks of: by its ref, then by an identifier, then by a slug; else it is new."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from catalog.errors import Issue
from catalog.model.identity import slugify, thing_id
from catalog.model.records.coded import CodedRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.records.menu import MenuRecord
from catalog.model.records.pathway import PathwayRecord
from catalog.model.shapes import Identifier
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import load_identified, load_keys, load_slugs, load_things
from catalog.publishing.incoming import Incoming


@dataclass(slots=True)
class Identified:
    """The thing of every record, the slug proposed for each new thing, and what could not be told."""

    things: dict[tuple[RecordType, str], str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    dropped: set[tuple[RecordType, str]] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


def identify(connection: Connection, source: str, incoming: list[Incoming]) -> Identified:
    """A stated slug and the code of a scheme lead to a thing; a slug that we make of a title names it and proves nothing."""
    found = Identified()
    keys = load_keys(connection, source, [one.ref for one in incoming])
    identified = load_identified(connection, incoming)
    leading = {one.key: leading_slug(one) for one in incoming}
    made = {one.key: made_slug(one) for one in incoming}
    slugs = load_slugs(connection, [slug for slug in (*leading.values(), *made.values()) if slug])
    gone = _withdrawn(
        connection, (keys.get(one.key) or slugs.get((one.type, leading[one.key] or "")) for one in incoming if one.implied)
    )
    for one in sorted(incoming, key=lambda item: (item.implied, item.type, item.ref)):
        slug = leading[one.key]
        known = keys.get(one.key) or _by_identifier(one, identified) or (slugs.get((one.type, slug)) if slug else None)
        if one.implied and known and known not in gone:
            found.dropped.add(one.key)  # the skill is known: a mention of it states nothing new
            continue
        if known is None and slug is None and made[one.key] is None:
            found.issues.append(_nameless(one))
            continue
        thing = found.things[one.key] = known or thing_id(source, one.type, one.ref)
        slug = slug or _free_slug(one, thing, made[one.key], slugs)
        if slug:
            slugs.setdefault((one.type, slug), thing)
            found.slugs.setdefault(thing, slug)
    found.issues += _shared(found.things, incoming)
    return found


def _withdrawn(connection: Connection, things: Iterable[str | None]) -> set[str]:
    """Those that nobody states any more, as after a rollback: a mention states them again."""
    found = load_things(connection, filter(None, things))
    return {one.id for one in found.values() if one.state == "WITHDRAWN"}


def _free_slug(one: Incoming, thing: str, made: str | None, slugs: dict[tuple[RecordType, str], str]) -> str | None:
    """The made slug; where it is another thing's, with the ref behind it, and at last with a part of the id."""
    tries = (made, f"{made}-{slugify(one.ref)}", f"{made}-{thing[:8]}") if made else ()
    return next((slug for slug in tries if slugs.get((one.type, slug or ""), thing) == thing), None)


def _by_identifier(one: Incoming, known: dict[tuple[RecordType, str, str], str]) -> str | None:
    keys = ((one.type, identifier.scheme, identifier.value) for identifier in one.record.identifiers or ())
    return next((known[key] for key in keys if key in known), None)


def leading_slug(one: Incoming) -> str | None:
    """The stated slug, or what scheme and code make: equal ones are the same thing, whoever states them."""
    record = one.record
    if record.slug:
        return record.slug
    return record.coded_slug if isinstance(record, CodedRecord) else None


def made_slug(one: Incoming) -> str | None:
    """A readable name for a new thing; None when the record says too little."""
    match one.record:
        case CredentialRecord(provider=provider, title=title) if provider and title and not isinstance(provider, Identifier):
            return f"{provider.lower()}/{slugify(_english(title))}"
        case InstitutionRecord(name=name) if name:
            return slugify(_english(name))
        case PathwayRecord(owner=owner, title=title) | MenuRecord(owner=owner, title=title) if (
            owner and title and not isinstance(owner, Identifier)
        ):
            return f"{owner.lower()}/{slugify(_english(title))}"
        case CodedRecord() | CredentialRecord() | InstitutionRecord():
            return None
        case _:
            return slugify(one.ref)


def _english(texts: dict[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()))


def _nameless(one: Incoming) -> Issue:
    hint = "state its slug, or the fields it needs to be published"
    message = f"no {one.type} is known by the ref {one.ref!r}, and the record says too little to be a new one"
    return Issue("REF_UNKNOWN", message, "ref", one.row, "ref", one.ref, hint)


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
