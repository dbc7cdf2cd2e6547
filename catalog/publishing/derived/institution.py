"""Rows of institutions and their campuses."""

from typing import Any

from catalog.model.bulk import RowsByTable
from catalog.model.filter import city_key
from catalog.model.identity import part_id
from catalog.model.records.institution import InstitutionRecord
from catalog.model.tables import CampusRow, InstitutionRow
from catalog.publishing.plan import PlannedThing


def institution_rows(one: PlannedThing, record: InstitutionRecord, document: dict[str, Any]) -> RowsByTable:
    own = {
        "id": one.id,
        "slug": one.slug,
        "kind": document["kind"],
        "region": document["region"],
        "visibility": str(one.visibility),
    }
    campuses = [
        {
            "id": part_id(one.id, "campus", campus.ref),
            "institution": one.id,
            "ref": campus.ref,
            "city": campus.city,
            "city_key": campus.city and city_key(campus.city),
            "region": shown["region"],
            "time_zone": campus.time_zone,
            "latitude": campus.latitude if campus.longitude is not None else None,
            "longitude": campus.longitude if campus.latitude is not None else None,
            "landmass": campus.landmass,
        }
        for campus, shown in zip(record.campuses or (), document["campuses"], strict=True)
    ]
    return {InstitutionRow: [own], CampusRow: campuses}
