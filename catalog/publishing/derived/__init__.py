"""The rows that follow from a thing's record: its Document and everything that lists and filters read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from catalog.db.types import write_json
from catalog.model.bulk import RowsByTable, delete_where_in, insert_rows, table_of
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.render import RENDER_FORMAT
from catalog.model.status import Timeline, boundaries
from catalog.model.tables import (
    AwardCoverRow,
    BoundaryRow,
    CampusRow,
    CredentialInstitutionRow,
    CredentialRow,
    CredentialSkillRow,
    CredentialTagRow,
    DeliveryPlaceRow,
    DeliveryRow,
    DeliveryTagRow,
    DeliveryWindowRow,
    DemandRegionRow,
    DemandRow,
    DocumentRow,
    EquivalenceRow,
    FundingDesignationRow,
    InstitutionRow,
    MenuItemRow,
    OfferingRow,
    PathwayItemRow,
    PathwayRow,
    RecognitionRow,
    ReferenceRow,
    RuleReferenceRow,
    ThingIdentifierRow,
)
from catalog.model.vocabulary import RecordType
from catalog.model.windows import ends_at
from catalog.publishing.derived.composition import composition_rows
from catalog.publishing.derived.credential import credential_rows
from catalog.publishing.derived.delivery import delivery_rows
from catalog.publishing.derived.institution import institution_rows
from catalog.publishing.plan import PlannedThing

OF_ANYTHING: dict[type[SQLModel], str] = {
    DocumentRow: "id",
    BoundaryRow: "thing",
    ThingIdentifierRow: "thing",
    ReferenceRow: "thing",
    RuleReferenceRow: "thing",
}
OF_TYPE: dict[RecordType, dict[type[SQLModel], str]] = {
    RecordType.INSTITUTION: {InstitutionRow: "id", CampusRow: "institution"},
    RecordType.CREDENTIAL: {
        CredentialRow: "id",
        CredentialInstitutionRow: "credential",
        CredentialSkillRow: "credential",
        CredentialTagRow: "credential",
        OfferingRow: "credential",
        DeliveryRow: "credential",
        DeliveryWindowRow: "credential",
        DeliveryPlaceRow: "credential",
        DeliveryTagRow: "credential",
    },
    RecordType.FUNDING_AWARD: {AwardCoverRow: "award"},
    RecordType.FUNDING_PROGRAM: {FundingDesignationRow: "program"},
    RecordType.PATHWAY: {PathwayRow: "id", PathwayItemRow: "pathway"},
    RecordType.MENU: {MenuItemRow: "menu"},
    RecordType.EQUIVALENCE: {EquivalenceRow: "equivalence"},
    RecordType.RECOGNITION: {RecognitionRow: "id"},
    RecordType.DEMAND: {DemandRow: "id", DemandRegionRow: "demand"},
}
OWNED_BY: dict[type[SQLModel], str] = OF_ANYTHING | {
    table: owner for own in OF_TYPE.values() for table, owner in own.items()
}
"""Every derived table with the column that says whose row it is."""


def derived_rows(one: PlannedThing) -> RowsByTable:
    """Pure: the same thing gives the same rows. When a Document is written is added when it is."""
    assert one.record is not None, "a withdrawn thing has no rows"
    document = one.document()
    rows = _common_rows(one, document)
    match one.record:
        case InstitutionRecord():
            return rows | institution_rows(one, one.record, document)
        case CredentialRecord():
            return rows | credential_rows(one, one.record, document) | delivery_rows(one.id, one.record, document)
        case _:
            return rows | composition_rows(one, document)


def _common_rows(one: PlannedThing, document: dict[str, Any]) -> RowsByTable:
    assert one.record is not None, "a withdrawn thing has no rows"
    rows: RowsByTable = {
        DocumentRow: [
            {
                "id": one.id,
                "type": str(one.type),
                "slug": one.slug,
                "visibility": str(one.visibility),
                "version": one.version,
                "render_format": RENDER_FORMAT,
                "body": write_json(document),
            }
        ],
        BoundaryRow: [{"thing": one.id, "at": at} for at in sorted(_boundaries(document))],
        ThingIdentifierRow: [
            {"type": str(one.type), "scheme": known.scheme, "value": known.value, "thing": one.id}
            for known in dict.fromkeys(one.record.identifiers or ())
        ],
        ReferenceRow: [],
        RuleReferenceRow: [],
    }
    for link, target in one.links:
        rows[RuleReferenceRow if link.in_rule else ReferenceRow].append(
            {
                "thing": one.id,
                "path": link.path,
                "written": link.written,
                "target_type": str(link.target_type),
                "target": target,
                "part": link.part,
            }
        )
    return rows


def _boundaries(document: dict[str, Any]) -> set[datetime]:
    offerings = {at for one in document.get("offerings", ()) for at in boundaries(Timeline.from_json(one["_times"]))}
    return offerings | {at for window in document.get("windows", ()) if (at := ends_at(window))}


def derive(things: Iterable[PlannedThing]) -> RowsByTable:
    """The rows of all these things by table: rendered before any lock is taken."""
    rows: RowsByTable = defaultdict(list)
    for one in things:
        if one.record is not None:
            for table, own in derived_rows(one).items():
                rows[table] += own
    return rows


def write_derived(connection: Connection, things: Iterable[PlannedThing], rows: RowsByTable, now: datetime) -> None:
    """Replaces every derived row of these things; a withdrawn thing keeps none."""
    known: dict[RecordType, list[str]] = defaultdict(list)
    for one in things:
        if one.old is not None:
            known[one.type].append(one.id)
    for record_type, ids in known.items():
        for table, owner in (OF_ANYTHING | OF_TYPE.get(record_type, {})).items():
            delete_where_in(connection, table_of(table).c[owner], ids)
    for table, own in rows.items():
        if table is DocumentRow:
            insert_rows(connection, table, [row | {"updated_at": now} for row in own])
        else:
            insert_rows(connection, table, own)
