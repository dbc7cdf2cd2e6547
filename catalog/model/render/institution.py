"""Documents of institutions, with their campuses by value."""

from typing import Any

from catalog.model.identity import part_id
from catalog.model.records.institution import Campus, InstitutionRecord
from catalog.model.render.context import Context, plain
from catalog.model.vocabulary import InstitutionKind, RecordType


def render_institution(record: InstitutionRecord, context: Context) -> dict[str, Any]:
    return {
        "__typename": "Institution",
        "id": context.id,
        "slug": context.slug,
        "name": record.name or {},
        "shortName": record.short_name,
        "kind": str(record.kind or InstitutionKind.NOT_STATED),
        "region": context.target(RecordType.REGION, record.region),
        "url": record.url,
        "campuses": [_campus(campus, context) for campus in record.campuses or ()],
        "regulation": plain(record.regulation),
    }


def _campus(campus: Campus, context: Context) -> dict[str, Any]:
    return {
        "__typename": "Campus",
        "id": part_id(context.id, "campus", campus.ref),
        "name": campus.name,
        "city": campus.city,
        "regionalDistrict": campus.regional_district,
        "region": context.target(RecordType.REGION, campus.region),
        "latitude": campus.latitude,
        "longitude": campus.longitude,
        "timeZone": campus.time_zone,
        "landmass": campus.landmass,
        "note": campus.note,
    }
