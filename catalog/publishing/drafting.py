"""Merges what all sources state of each thing into the record that would be published."""

from collections.abc import Iterable, Mapping
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
) -> tuple[dict[str, Draft], list[Issue]]:
    """One draft for each id. `new` holds the call's statement by thing, `without` the ids of statements that end."""
    wanted = list(ids)
    things = load_things(connection, wanted)
    others = load_statements(connection, wanted, source, without)
    drafts: dict[str, Draft] = {}
    issues: list[Issue] = []
    for one in wanted:
        incoming = new.get(one)
        stated = others.get(one, [])
        if incoming and source and any(statement.source == source.key for statement in stated):
            issues.append(_shared(incoming))
            continue
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
    if not stated:
        return Draft(thing, kind, row, old, (), None, None, None, "", old.slug if old else ""), []
    if incoming and len(stated) == 1:
        record, merged, text, digest = incoming.record, incoming.content, incoming.text, incoming.hash
    else:
        merged = merge(stated)
        parsed = parse_record(merged, row)
        if isinstance(parsed, list):
            return None, parsed
        record, text = parsed, write_json(merged)
        digest = content_hash(text)
    issues = [_missing(name, kind, row, incoming) for name in missing_fields(record)]
    slug = record.slug or (old.slug if old else proposed) or ""
    return Draft(thing, kind, row, old, tuple(stated), record, merged, text, digest, slug), issues


def _missing(name: str, kind: RecordType, row: int | None, incoming: Incoming | None) -> Issue:
    message = f"{name} is needed to publish this {kind}, and no source states it"
    return Issue("FIELD_MISSING", message, name, row, name, incoming.ref if incoming else None)


def _shared(one: Incoming) -> Issue:
    message = f"this source already speaks of the same {one.type} under another ref"
    hint = "keep the ref, or withdraw the other record in the same delivery"
    return Issue("THING_SHARED", message, "ref", one.row, "ref", one.ref, hint)
