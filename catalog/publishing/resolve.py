"""Finds what records point at, among the things of the call and those already published."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from catalog.errors import Issue
from catalog.model.bulk import chunks, table_of
from catalog.model.identity import part_id
from catalog.model.links import Link, LinkKey, links
from catalog.model.record import Record
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.tables import CampusRow, OfferingRow, ThingIdentifierRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import load_slugs, load_things

CAMPUS = table_of(CampusRow).c
OFFERING = table_of(OfferingRow).c
IDENTIFIER = table_of(ThingIdentifierRow).c
PARTED = {RecordType.INSTITUTION: "campus", RecordType.CREDENTIAL: "offering"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing of the call, as it will be; `record` is None when it is being withdrawn."""

    id: str
    type: RecordType
    slug: str
    row: int | None
    record: Record | None


def resolve(
    connection: Connection, candidates: list[Candidate], lenient: Collection[str] = ()
) -> tuple[dict[LinkKey, str], dict[str, list[Link]], list[Issue]]:
    """The target of every link, the links of each thing, and an issue for every link that leads nowhere.

    `lenient` are the things of which the call says nothing: their links may lead to what was withdrawn meanwhile.
    """
    wanted = {one.id: list(links(one.record)) if one.record else [] for one in candidates}
    by_key = {link.key: link for own in wanted.values() for link in own}
    targets, gone = _find_targets(connection, candidates, by_key)
    parts = _known_parts(connection, candidates, by_key.values(), targets)
    issues: list[Issue] = []
    for one in candidates:
        for link in wanted[one.id]:
            target = targets.get(link.key)
            if target is None or (target in gone and one.id not in lenient):
                issues.append(_dangling(link, one))
            elif link.part and one.id not in lenient and _part_id(link, target) not in parts:
                issues.append(_dangling_part(link, one))
    return targets, wanted, issues


def _find_targets(
    connection: Connection, candidates: list[Candidate], by_key: Mapping[LinkKey, Link]
) -> tuple[dict[LinkKey, str], set[str]]:
    """Where every link leads, and which of these things are withdrawn."""
    plain = [link for link in by_key.values() if link.identifier is None]
    slugs = load_slugs(connection, [link.slug for link in plain])
    slugs |= {(one.type, one.slug): one.id for one in candidates if one.record}
    found = {link.key: slugs[link.target_type, link.slug] for link in plain if (link.target_type, link.slug) in slugs}
    found |= _by_identifier(connection, candidates, [link for link in by_key.values() if link.identifier])
    withdrawn = {one.id for one in candidates if one.record is None}
    own = {one.id for one in candidates}
    others = load_things(connection, [target for target in found.values() if target not in own])
    gone = withdrawn | {thing.id for thing in others.values() if thing.state != "ACTIVE"}
    return found, gone


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


def _dangling(link: Link, one: Candidate) -> Issue:
    message = f"leads to no {link.target_type}: {link.written!r} is neither in this call nor published"
    hint = "publish it first or in the same call, or correct the reference"
    return Issue("REFERENCE_UNKNOWN", message, link.path, one.row, _field(link.path), link.written, hint, ref=one.slug)


def _dangling_part(link: Link, one: Candidate) -> Issue:
    kind = PARTED.get(link.target_type, "part")
    message = f"leads to a known {link.target_type}, but that has no {kind} {link.part!r}"
    return Issue("REFERENCE_PART_UNKNOWN", message, link.path, one.row, _field(link.path), link.written, ref=one.slug)


def _field(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]
