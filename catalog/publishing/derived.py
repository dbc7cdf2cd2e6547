"""The rows that follow from a thing's record: its Document and everything that lists and filters read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from catalog.db.types import write_json
from catalog.model.bulk import Row, delete_where_in, insert_rows, table_of
from catalog.model.identity import part_id
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
    DocumentRow,
    InstitutionRow,
    OfferingRow,
    ReferenceRow,
    RuleReferenceRow,
    ThingIdentifierRow,
)
from catalog.model.vocabulary import PartnershipRole, RecordType, Visibility
from catalog.publishing.plan import PlannedThing

OWNED_BY: dict[type[SQLModel], str] = {
    DocumentRow: "id",
    BoundaryRow: "thing",
    ThingIdentifierRow: "thing",
    ReferenceRow: "thing",
    RuleReferenceRow: "thing",
    InstitutionRow: "id",
    CampusRow: "institution",
    CredentialRow: "id",
    CredentialInstitutionRow: "credential",
    CredentialSkillRow: "credential",
    OfferingRow: "credential",
    AwardCoverRow: "award",
}
"""Every derived table with the column that says whose row it is."""


def derived_rows(one: PlannedThing) -> dict[type[SQLModel], list[Row]]:
    """Pure: the same thing gives the same rows. When a Document is written is added when it is."""
    assert one.record is not None, "a withdrawn thing has no rows"
    document = one.document()
    rows: dict[type[SQLModel], list[Row]] = defaultdict(list)
    rows[DocumentRow].append(
        {
            "id": one.id,
            "type": str(one.type),
            "slug": one.slug,
            "visibility": str(one.visibility),
            "version": one.version,
            "render_format": RENDER_FORMAT,
            "body": write_json(document),
        }
    )
    rows[BoundaryRow] = [{"thing": one.id, "at": at} for at in sorted(_boundaries(document))]
    rows[ThingIdentifierRow] = [
        {"type": str(one.type), "scheme": known.scheme, "value": known.value, "thing": one.id}
        for known in dict.fromkeys(one.record.identifiers or ())
    ]
    for link, target in one.links:
        table = RuleReferenceRow if link.in_rule else ReferenceRow
        rows[table].append(
            {
                "thing": one.id,
                "path": link.path,
                "written": link.written,
                "target_type": str(link.target_type),
                "target": target,
                "part": link.part,
            }
        )
    match one.record:
        case InstitutionRecord():
            _institution(one, one.record, document, rows)
        case CredentialRecord():
            _credential(one, one.record, document, rows)
        case _ if one.type is RecordType.FUNDING_AWARD:
            covers = dict.fromkeys((cover["credential"], cover["offering"] or "") for cover in document["covers"])
            rows[AwardCoverRow] = [
                {"award": one.id, "credential": credential, "offering": offering} for credential, offering in covers
            ]
    return rows


def _boundaries(document: dict[str, Any]) -> set[datetime]:
    return {at for offering in document.get("offerings", ()) for at in boundaries(Timeline.from_json(offering["_times"]))}


def _institution(
    one: PlannedThing, record: InstitutionRecord, document: dict[str, Any], rows: dict[type[SQLModel], list[Row]]
) -> None:
    rows[InstitutionRow].append(
        {
            "id": one.id,
            "slug": one.slug,
            "kind": document["kind"],
            "region": document["region"],
            "visibility": str(one.visibility),
        }
    )
    for campus, shown in zip(record.campuses or (), document["campuses"], strict=True):
        rows[CampusRow].append(
            {
                "id": part_id(one.id, "campus", campus.ref),
                "institution": one.id,
                "ref": campus.ref,
                "city": campus.city,
                "region": shown["region"],
                "time_zone": campus.time_zone,
            }
        )


def _credential(
    one: PlannedThing, record: CredentialRecord, document: dict[str, Any], rows: dict[type[SQLModel], list[Row]]
) -> None:
    rows[CredentialRow].append(
        {
            "id": one.id,
            "slug": one.slug,
            "provider": document["provider"],
            "kind": document["kind"],
            "credit_status": document["credit"] and document["credit"]["status"],
            "listed": document["catalogued"] and one.visibility is Visibility.PUBLIC,
            "countable": record.countable is not False,
            "illustration": document["illustration"],
        }
    )
    together = {p["institution"] for p in document["partnerships"] if p["role"] == PartnershipRole.CO_PROVIDER}
    institutions = sorted({document["provider"], *filter(None, together)})
    rows[CredentialInstitutionRow] = [
        {"credential": one.id, "institution": institution, "slug": one.slug} for institution in institutions
    ]
    rows[CredentialSkillRow] = [{"credential": one.id, "skill": skill} for skill in document["skills"]]
    rows[OfferingRow] = [
        {"id": offering["id"], "credential": one.id, "ref": offering["ref"]} for offering in document["offerings"]
    ]


def derive(things: Iterable[PlannedThing]) -> dict[type[SQLModel], list[Row]]:
    """The rows of all these things by table: rendered before any lock is taken."""
    rows: dict[type[SQLModel], list[Row]] = defaultdict(list)
    for one in things:
        if one.record is not None:
            for table, own in derived_rows(one).items():
                rows[table] += own
    return rows


def write_derived(
    connection: Connection, things: Iterable[PlannedThing], rows: Mapping[type[SQLModel], list[Row]], now: datetime
) -> None:
    """Replaces every derived row of these things; a withdrawn thing keeps none."""
    known = [one.id for one in things if one.old is not None]
    for table, owner in OWNED_BY.items():
        delete_where_in(connection, table_of(table).c[owner], known)
    for table, own in rows.items():
        if table is DocumentRow:
            insert_rows(connection, table, [row | {"updated_at": now} for row in own])
        else:
            insert_rows(connection, table, own)
