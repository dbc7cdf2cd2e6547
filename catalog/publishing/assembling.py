"""Puts the plan of each thing together: its links, what it is rendered with, its next version, its kind of change."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from catalog.db.types import write_json
from catalog.model.links import Targets, link_key
from catalog.model.merge import confirming_source
from catalog.model.records.credential import CredentialRecord
from catalog.model.render import Context
from catalog.model.source import Source
from catalog.model.vocabulary import ChangeKind, RecordType, Visibility
from catalog.publishing import existing
from catalog.publishing.drafting import Draft
from catalog.publishing.plan import PlannedThing, changed_fields
from catalog.publishing.resolve import Resolved
from catalog.publishing.shown_through import Links, find_caps
from catalog.publishing.zones import Zones, load_zones

ACTIVE = "ACTIVE"


def assemble(
    connection: Connection,
    source: Source | None,
    drafts: Mapping[str, Draft],
    resolved: Resolved,
    restated: Collection[str],
) -> list[PlannedThing]:
    """`restated` are the things of which a statement of the call speaks or ends."""
    published = existing.load_published(connection, [one.id for one in drafts.values() if one.old])
    links, contexts = load_contexts(connection, source, drafts, resolved)
    caps = find_caps(connection, drafts, links)
    things = [
        _planned(
            one,
            links[one.id],
            contexts.get(one.id),
            published.get(one.id),
            caps.get(one.id),
            restated=one.id in restated,
        )
        for one in drafts.values()
    ]
    return _without_idle(connection, things, restated)


def load_contexts(
    connection: Connection, source: Source | None, drafts: Mapping[str, Draft], resolved: Resolved
) -> tuple[dict[str, Links], dict[str, Context]]:
    """Where each draft's links lead, and what it is rendered with; what is withdrawn is not rendered."""
    targets = {one: resolved.targets_of(one) for one in drafts}
    links = {one: tuple((link, targets[one][link.key]) for link in own) for one, own in resolved.links.items()}
    institutions = {target for own in links.values() for link, target in own if link.target_type is RecordType.INSTITUTION}
    zones = load_zones(connection, institutions, drafts)
    default_zones = existing.load_sources(connection) | ({source.key: source.default_time_zone} if source else {})
    stated = [one for one in drafts.values() if one.record]
    return links, {one.id: _context(one, targets[one.id], zones, default_zones) for one in stated}


def _without_idle(connection: Connection, things: list[PlannedThing], restated: Collection[str]) -> list[PlannedThing]:
    """Leaves out what was looked at only because something near it changed, and comes out as it was."""
    doubtful = [one.id for one in things if _is_doubtful(one) and one.id not in restated]
    bodies = existing.load_bodies(connection, doubtful)
    return [one for one in things if one.id not in bodies or write_json(one.document()) != bodies[one.id]]


def _is_doubtful(one: PlannedThing) -> bool:
    same = one.old is not None and one.old.visibility == one.visibility
    return one.record is not None and not one.makes_version and same


def _context(one: Draft, targets: Targets, zones: Zones, default_zones: Mapping[str, str | None]) -> Context:
    record = one.record
    if not isinstance(record, CredentialRecord):
        return Context(one.id, one.slug, targets)
    statements = list(one.statements)
    refs = [str(offering.ref) for offering in record.offerings or ()]
    only = statements[0].source if len(statements) == 1 else None
    confirming = {ref: only or confirming_source(statements, ref) for ref in refs}
    assert record.provider is not None, "a draft without its required fields is refused"
    provider = targets[link_key(RecordType.INSTITUTION, record.provider)]
    return Context(
        id=one.id,
        slug=one.slug,
        targets=targets,
        campus_zones=zones.of_campus,
        default_zones={ref: zone for ref in refs if (zone := default_zones.get(confirming[ref]))},
        provider_zone=zones.of_only_campus.get(provider),
        confirming=confirming,
    )


def _planned(
    one: Draft,
    links: Links,
    context: Context | None,
    before: dict[str, Any] | None,
    most_visible: Visibility | None,
    *,
    restated: bool,
) -> PlannedThing:
    old = one.old
    kind = _kind(one)
    same = old is not None and old.state == ACTIVE and one.hash == old.record_hash
    makes_version = one.record is not None and not same
    if makes_version:
        fields = changed_fields(before, one.content)
    else:  # the evidence changed but not the outcome, or the outcome of unchanged content: a zone from elsewhere
        fields = () if one.record is None else ("provenance",) if restated else ("offerings",)
    planned = PlannedThing(
        id=one.id,
        type=one.type,
        slug=one.slug,
        old=old,
        version=(old.version if old else 0) + int(makes_version),
        record=one.record,
        text=one.text,
        record_hash=one.hash,
        links=links,
        context=context,
        kind=kind,
        makes_version=makes_version,
        changed_fields=fields,
        most_visible=most_visible or Visibility.PUBLIC,
        row=one.row,
    )
    return _with_visibility(planned, alone=not makes_version and not restated)


def _with_visibility(one: PlannedThing, *, alone: bool) -> PlannedThing:
    """A change of visibility is named, also where it only follows from something else."""
    if one.old is None or one.record is None or one.old.visibility == one.visibility:
        return one
    return replace(
        one, changed_fields=("visibility",) if alone else tuple(dict.fromkeys([*one.changed_fields, "visibility"]))
    )


def _kind(one: Draft) -> ChangeKind | None:
    old = one.old
    if one.record is None:
        return ChangeKind.WITHDRAWN if old and old.state == ACTIVE else None
    if old is None:
        return ChangeKind.CREATED
    return ChangeKind.UPDATED if old.state == ACTIVE else ChangeKind.RESTORED
