"""Which time zone holds at which campus; offerings without a zone of their own take it from there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.identity import part_id
from catalog.model.records.institution import InstitutionRecord
from catalog.model.tables import CampusRow, ReferenceRow, ThingRow
from catalog.model.vocabulary import RecordType
from catalog.publishing.drafting import Draft

CAMPUS = table_of(CampusRow).c
REFERENCE = table_of(ReferenceRow).c
THING = table_of(ThingRow).c


@dataclass(slots=True)
class Zones:
    """Zones by campus id, and the zone of each institution that has only one campus."""

    of_campus: dict[str, str] = field(default_factory=dict)
    of_only_campus: dict[str, str] = field(default_factory=dict)

    def add(self, institution: str, campuses: Mapping[str, str | None]) -> None:
        self.of_campus |= {campus: zone for campus, zone in campuses.items() if zone}
        if len(campuses) == 1 and (zone := next(iter(campuses.values()))):
            self.of_only_campus[institution] = zone


def load_zones(connection: Connection, institutions: Iterable[str], drafts: Mapping[str, Draft]) -> Zones:
    """The zones as they will be: those of the call's institutions, else those already published."""
    zones = Zones()
    wanted = set(institutions)
    for one in wanted & drafts.keys():
        zones.add(one, _campuses(drafts[one]))
    for institution, campuses in _published(connection, wanted - drafts.keys()).items():
        zones.add(institution, campuses)
    return zones


def _campuses(draft: Draft) -> dict[str, str | None]:
    record = draft.record
    if not isinstance(record, InstitutionRecord):
        return {}
    return {part_id(draft.id, "campus", campus.ref): campus.time_zone for campus in record.campuses or ()}


def _published(connection: Connection, institutions: Iterable[str]) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for chunk in chunks(institutions):
        query = select(CAMPUS.id, CAMPUS.institution, CAMPUS.time_zone).where(CAMPUS.institution.in_(chunk))
        for row in connection.execute(query):
            found.setdefault(row.institution, {})[row.id] = row.time_zone
    return found


def find_rezoned(connection: Connection, drafts: Mapping[str, Draft]) -> set[str]:
    """Credentials outside the call whose offerings may lie in another zone now, since a campus of theirs moved or went."""
    known = {one.id: _campuses(one) for one in drafts.values() if one.type is RecordType.INSTITUTION and one.old}
    before = _published(connection, known)
    moved = [one for one, campuses in known.items() if before.get(one, {}) != campuses]
    found: set[str] = set()
    for chunk in chunks(moved):
        query = (
            select(REFERENCE.thing)
            .join(table_of(ThingRow), REFERENCE.thing == THING.id)
            .where(REFERENCE.target.in_(chunk), THING.type == RecordType.CREDENTIAL, THING.state == "ACTIVE")
        )
        found |= set(connection.scalars(query))
    return found - drafts.keys()
