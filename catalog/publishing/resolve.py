"""Finds what records point at, among the things of the call and those already published."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from catalog.errors import Issue, Severity
from catalog.model.bulk import chunks, table_of
from catalog.model.identity import part_id
from catalog.model.links import Link, LinkKey, links
from catalog.model.record import Record
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.tables import CampusRow, OfferingRow, ReferenceRow, RuleReferenceRow, ThingIdentifierRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import load_slugs, load_things

CAMPUS = table_of(CampusRow).c
OFFERING = table_of(OfferingRow).c
IDENTIFIER = table_of(ThingIdentifierRow).c
REQUIRED = frozenset({"provider", "funder", "owner"})  # what is shown through these cannot be shown without them
PARTED = {RecordType.INSTITUTION: "campus", RecordType.CREDENTIAL: "offering"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing of the call, as it will be; `record` is None when it is being withdrawn.

    `strict` are the links that the call itself states: they must lead somewhere now. Others were settled when they were
    stated, and may lead to what was withdrawn since.
    """

    id: str
    type: RecordType
    slug: str
    row: int | None
    record: Record | None
    strict: frozenset[LinkKey] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where links lead, the links of each thing, and an issue for every link that leads nowhere."""

    targets: dict[LinkKey, str]
    settled: dict[str, dict[LinkKey, str]]
    links: Mapping[str, list[Link]]
    issues: list[Issue]

    def targets_of(self, thing: str) -> Mapping[LinkKey, str]:
        """What was settled for the thing itself comes first: an identifier may have moved on since."""
        return ChainMap(self.settled[thing], self.targets) if thing in self.settled else self.targets


def resolve(connection: Connection, candidates: list[Candidate]) -> Resolved:
    wanted = {one.id: list(links(one.record)) if one.record else [] for one in candidates}
    by_key = {link.key: link for own in wanted.values() for link in own}
    targets, gone, erased = _find_targets(connection, candidates, by_key)
    settled = _settled(connection, candidates, wanted)
    parts = _known_parts(connection, candidates, by_key.values(), targets)
    before = _pointed_at(connection, candidates, gone)
    by_ref = {(one.type, str(one.record.ref).lower()): one.slug for one in candidates if one.record}
    issues: list[Issue] = []
    for one in candidates:
        for link in wanted[one.id]:
            target = settled.get(one.id, {}).get(link.key) or targets.get(link.key)
            strict = link.key in one.strict or link.path in REQUIRED
            spared = link.target_type is RecordType.SKILL and target in erased  # its mention is left out where it is shown
            if target is None or (target in gone and strict and not spared):
                was_there = target is not None and (one.id, target) in before
                issues.append(_dangling(link, one, by_ref.get((link.target_type, _local(link.slug))), was_there=was_there))
            elif link.part and link.key in one.strict and _part_id(link, target) not in parts:
                issues.append(_dangling_part(link, one))
    return Resolved(targets, settled, wanted, issues)


def _pointed_at(connection: Connection, candidates: list[Candidate], gone: set[str]) -> set[tuple[str, str]]:
    """(thing, target) of what pointed at something before that went since: others' withdrawals stop nobody's feed."""
    found: set[tuple[str, str]] = set()
    if not gone:
        return found
    for chunk in chunks(one.id for one in candidates):
        for table in (table_of(ReferenceRow), table_of(RuleReferenceRow)):
            query = select(table.c.thing, table.c.target).where(table.c.thing.in_(chunk), table.c.target.in_(gone))
            found |= {(row.thing, row.target) for row in connection.execute(query)}
    return found


def _settled(
    connection: Connection, candidates: list[Candidate], wanted: Mapping[str, list[Link]]
) -> dict[str, dict[LinkKey, str]]:
    """Where the identifiers that earlier calls stated were found to lead."""
    keys = {
        one.id: {link.key for link in wanted[one.id] if link.identifier and link.key not in one.strict} for one in candidates
    }
    found: dict[str, dict[LinkKey, str]] = {}
    for chunk in chunks(one for one, own in keys.items() if own):
        for table in (table_of(ReferenceRow), table_of(RuleReferenceRow)):
            for row in connection.execute(select(table).where(table.c.thing.in_(chunk))):
                key = RecordType(row.target_type), row.written
                if key in keys[row.thing]:
                    found.setdefault(row.thing, {})[key] = row.target
    return found


def _find_targets(
    connection: Connection, candidates: list[Candidate], by_key: Mapping[LinkKey, Link]
) -> tuple[dict[LinkKey, str], set[str], set[str]]:
    """Where every link leads, which of these things are withdrawn or erased, and which are erased."""
    plain = [link for link in by_key.values() if link.identifier is None]
    slugs = load_slugs(connection, [link.slug for link in plain])
    slugs |= {(one.type, one.slug): one.id for one in candidates if one.record}
    found = {link.key: slugs[link.target_type, link.slug] for link in plain if (link.target_type, link.slug) in slugs}
    found |= _by_identifier(connection, candidates, [link for link in by_key.values() if link.identifier])
    withdrawn = {one.id for one in candidates if one.record is None}
    own = {one.id for one in candidates}
    others = load_things(connection, [target for target in found.values() if target not in own])
    gone = withdrawn | {thing.id for thing in others.values() if thing.state != "ACTIVE"}
    return found, gone, {thing.id for thing in others.values() if thing.state == "ERASED"}


def _by_identifier(connection: Connection, candidates: list[Candidate], wanted: list[Link]) -> dict[LinkKey, str]:
    if not wanted:
        return {}
    known: dict[tuple[RecordType, str, str], str] = {}
    values = [link.identifier.value for link in wanted if link.identifier]
    for chunk in chunks(values):
        for row in connection.execute(select(table_of(ThingIdentifierRow)).where(IDENTIFIER.value.in_(chunk))):
            known[RecordType(row.type), row.scheme, row.value] = row.thing
    for one in candidates:
        for identifier in (one.record.identifiers or ()) if one.record else ():
            known[one.type, identifier.scheme, identifier.value] = one.id
    keyed = ((link, link.identifier) for link in wanted)
    triples = ((link, (link.target_type, one.scheme, one.value)) for link, one in keyed if one)
    return {link.key: known[triple] for link, triple in triples if triple in known}


def _known_parts(
    connection: Connection, candidates: list[Candidate], wanted: Iterable[Link], targets: Mapping[LinkKey, str]
) -> set[str]:
    own = {one.id: one for one in candidates}
    found: set[str] = set()
    asked: set[str] = set()
    for link in wanted:
        target = targets.get(link.key)
        if target is None or not link.part:
            continue
        if target in own:
            found |= part_ids(target, own[target].record)
        else:
            asked.add(_part_id(link, target))
    for chunk in chunks(asked):
        found |= set(connection.scalars(select(CAMPUS.id).where(CAMPUS.id.in_(chunk))))
        found |= set(connection.scalars(select(OFFERING.id).where(OFFERING.id.in_(chunk))))
    return found


def part_ids(thing: str, record: Record | None) -> set[str]:
    """The ids of a record's campuses or offerings."""
    match record:
        case InstitutionRecord(campuses=campuses):
            return {part_id(thing, "campus", campus.ref) for campus in campuses or ()}
        case CredentialRecord(offerings=offerings):
            return {part_id(thing, "offering", str(offering.ref)) for offering in offerings or ()}
        case _:
            return set()


def _part_id(link: Link, target: str) -> str:
    return part_id(target, PARTED.get(link.target_type, "part"), link.part or "")


def _local(slug: str) -> str:
    return slug.rpartition("/")[2]


def _dangling(link: Link, one: Candidate, meant: str | None, *, was_there: bool) -> Issue:
    """`meant` is the slug of a record in the call that has the written name as its ref."""
    message = f"leads to no {link.target_type}: {link.written!r} is neither in this call nor published"
    hint = "publish it first or in the same call, or correct the reference"
    if meant is not None:
        hint = f"a record of this call has that ref; its slug is {meant}"
    severity = Severity.ERROR
    if was_there and link.path not in REQUIRED:
        message = f"leads to {link.written!r}, which was taken back since; it is not shown"
        hint, severity = "take it out when you can", Severity.WARNING
    return Issue("REFERENCE_UNKNOWN", message, link.path, one.row, _field(link.path), link.written, hint, severity, one.slug)


def _dangling_part(link: Link, one: Candidate) -> Issue:
    kind = PARTED.get(link.target_type, "part")
    message = f"leads to a known {link.target_type}, but that has no {kind} {link.part!r}"
    return Issue("REFERENCE_PART_UNKNOWN", message, link.path, one.row, _field(link.path), link.written, ref=one.slug)


def _field(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]
