"""Rows of what is made of credentials, pays for them, counts them elsewhere, or asks for them."""

from collections.abc import Iterable
from typing import Any, TypeVar

from catalog.model.bulk import Row, RowsByTable
from catalog.model.tables import (
    AwardCoverRow,
    DemandRegionRow,
    DemandRow,
    EquivalenceRow,
    FundingDesignationRow,
    MenuItemRow,
    PathwayItemRow,
    PathwayRow,
    RecognitionRow,
)
from catalog.model.vocabulary import RecordType
from catalog.publishing.plan import PlannedThing

T = TypeVar("T")


def composition_rows(one: PlannedThing, document: dict[str, Any]) -> RowsByTable:
    match one.type:
        case RecordType.FUNDING_AWARD:
            covers = _distinct((cover["credential"], cover["offering"] or "") for cover in document["covers"])
            return {AwardCoverRow: [{"award": one.id, "credential": c, "offering": o} for c, o in covers]}
        case RecordType.FUNDING_PROGRAM:
            designated = _distinct(document["designations"])
            return {FundingDesignationRow: [{"program": one.id, "credential": c} for c in designated]}
        case RecordType.PATHWAY:
            return _pathway(one, document)
        case RecordType.MENU:
            items = _distinct(item for section in document["sections"] for item in section["items"])
            return {MenuItemRow: [{"menu": one.id, "credential": item} for item in items]}
        case RecordType.EQUIVALENCE:
            members = _distinct(document["members"])
            basis = document["basis"]
            return {EquivalenceRow: [{"equivalence": one.id, "member": m, "basis": basis} for m in members]}
        case RecordType.RECOGNITION:
            return {RecognitionRow: [_recognition(one.id, document)]}
        case RecordType.DEMAND:
            return _demand(one, document)
        case _:
            return {}


def _pathway(one: PlannedThing, document: dict[str, Any]) -> RowsByTable:
    listed = [item for part in document["parts"] for item in part["items"]]
    in_rules = [target for link, target in one.links if link.in_rule and link.target_type is RecordType.CREDENTIAL]
    return {
        PathwayRow: [{"id": one.id, "award": document["award"], "owner": document["owner"]}],
        PathwayItemRow: [{"pathway": one.id, "credential": c} for c in _distinct([*listed, *in_rules])],
    }


def _distinct(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))


def _recognition(thing: str, document: dict[str, Any]) -> Row:
    return {
        "id": thing,
        "from_credential": document["from"],
        "to_credential": document["to"],
        "institution": document["institution"],
        "kind": document["kind"],
    }


def _demand(one: PlannedThing, document: dict[str, Any]) -> RowsByTable:
    own = {
        "id": one.id,
        "occupation": document["_occupation"],
        "sector": document["_sector"],
        "from_year": document["from"],
        "to_year": document["to"],
        "value": document["value"],
        "per_year": document["perYear"],
    }
    regions = _distinct(document["regions"])
    return {DemandRow: [own], DemandRegionRow: [{"demand": one.id, "region": region} for region in regions]}
