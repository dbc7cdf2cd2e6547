"""Merges what all sources state of each thing into the record that would be published."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from catalog.db.types import RawJson, write_json
from catalog.errors import Issue
from catalog.model.merge import Statement, merge
from catalog.model.record import Record, missing_fields, parse_record
from catalog.model.source import Source
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import Thing, load_statements, load_things
from catalog.publishing.incoming import Incoming, content_hash


@dataclass(frozen=True, slots=True)
class Draft:
    """A thing as its statements would have it; without a record it is withdrawn."""

    id: str
    type: RecordType
    row: int | None
    old: Thing | None
    statements: tuple[Statement, ...]
    record: Record | None
    content: dict[str, Any] | None
    text: RawJson | None
    hash: str
    slug: str


def draft_things(
    connection: Connection,
    source: Source | None,
    ids: Iterable[str],
    new: Mapping[str, Incoming],
    slugs: Mapping[str, str],
    without: set[str],
    taken_back: Collection[str] = (),
) -> tuple[dict[str, Draft], list[Issue]]:
    """One draft for each id. `new` holds the call's statement by thing, `without` the ids of statements that end.

    `taken_back` are the things that their provider lists no longer: a mirror's word does not keep them open.
    """
    wanted = list(ids)
    things = load_things(connection, wanted)
    others = load_statements(connection, wanted, source, without)
    drafts: dict[str, Draft] = {}
    issues: list[Issue] = []
    for one in wanted:
        incoming = new.get(one)
        stated = others.get(one, [])
        if one in taken_back and not any(statement.is_provider for statement in stated):
            stated = []
        if incoming and source:
            stated = [*stated, Statement(source.key, source.rank, incoming.content, incoming.confirmed_on)]
        draft, problems = _draft(one, things.get(one), incoming, stated, slugs.get(one))
        issues += problems
        if draft:
            drafts[one] = draft
    return drafts, issues


def _draft(
    thing: str, old: Thing | None, incoming: Incoming | None, stated: list[Statement], proposed: str | None
) -> tuple[Draft | None, list[Issue]]:
    row = incoming.row if incoming else None
    kind = old.type if old else (incoming.type if incoming else RecordType.CREDENTIAL)
    if not stated or (incoming is None and old is not None and old.state != "ACTIVE"):
        return withdrawn(thing, kind, old), []  # nobody states it anew: what is left of it does not bring it back
    merged = merge(stated)
    parsed = incoming.record if incoming and len(stated) == 1 else parse_record(merged, row, merged=True)
    if isinstance(parsed, list):
        return None, parsed
    record, text = parsed, write_json(merged)
    digest = content_hash(text)
    missing = missing_fields(record)
    if missing and incoming is None:
        return withdrawn(thing, kind, old), []  # what is left, such as our own classification, is no listing by itself
    issues = [_missing(name, kind, row, incoming) for name in missing]
    slug = record.slug or (old.slug if old else proposed) or ""
    return Draft(thing, kind, row, old, tuple(stated), record, merged, text, digest, slug), issues


def withdrawn(thing: str, kind: RecordType, old: Thing | None) -> Draft:
    """A thing that nobody states any more."""
    return Draft(thing, kind, None, old, (), None, None, None, "", old.slug if old else "")


def _missing(name: str, kind: RecordType, row: int | None, incoming: Incoming | None) -> Issue:
    message = f"{name} is needed to publish this {kind}"
    return Issue("FIELD_MISSING", message, name, row, name, incoming.ref if incoming else None)
