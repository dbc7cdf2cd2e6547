"""Rows of credentials: what lists and filters ask of the credential itself."""

from collections.abc import Iterator
from typing import Any

from catalog.db.types import RawJson, write_json
from catalog.model.bulk import RowsByTable
from catalog.model.filter import sector_keys
from catalog.model.records.credential import CredentialRecord
from catalog.model.tables import (
    CredentialInstitutionRow,
    CredentialRow,
    CredentialSkillRow,
    CredentialTagRow,
    OfferingRow,
)
from catalog.model.vocabulary import CreditBasis, OfferingRun, PartnershipRole, Visibility
from catalog.publishing.plan import PlannedThing


def credential_rows(one: PlannedThing, record: CredentialRecord, document: dict[str, Any]) -> RowsByTable:
    hours = document["totalHours"] or document["instructionalHours"] or document["statedHours"] or {}
    own = {
        "id": one.id,
        "slug": one.slug,
        "provider": document["provider"],
        "kind": document["kind"],
        "credit_status": document["credit"] and document["credit"]["status"],
        "hours_min": hours.get("min"),
        "hours_max": hours.get("max"),
        "listed": document["catalogued"] and one.visibility is Visibility.PUBLIC,
        "countable": record.countable is not False,
        "illustration": document["illustration"],
        "terms": terms(document),
    }
    together = {p["institution"] for p in document["partnerships"] if p["role"] == PartnershipRole.CO_PROVIDER}
    institutions = sorted({document["provider"], *filter(None, together)})
    return {
        CredentialRow: [own],
        CredentialInstitutionRow: [
            {"credential": one.id, "institution": institution, "slug": one.slug} for institution in institutions
        ],
        CredentialSkillRow: [{"credential": one.id, "skill": skill} for skill in document["skills"]],
        CredentialTagRow: [{"credential": one.id, "kind": kind, "value": value} for kind, value in _tags(record)],
        OfferingRow: [
            {"id": offering["id"], "credential": one.id, "ref": offering["ref"]} for offering in document["offerings"]
        ],
    }


def _tags(record: CredentialRecord) -> Iterator[tuple[str, str]]:
    stated = {
        "occupation": record.occupations,
        "sector": record.sectors,
        "theme": record.themes,
        "audience": record.audiences,
    }
    for kind, values in stated.items():
        codes = [str(value) if kind == "audience" else value.lower() for value in values or ()]
        keys = [key for code in codes for key in (sector_keys(code) if kind == "sector" else [code])]
        yield from ((kind, key) for key in dict.fromkeys(keys))


def terms(document: dict[str, Any]) -> RawJson:
    """What catalog.pathways.course reads: only what is stated, so that most are short."""
    credit = document["credit"] or {}
    hours = document["totalHours"] or document["instructionalHours"] or document["statedHours"] or {}
    whole = credit.get("value") is not None and credit.get("unit") and credit.get("per") != CreditBasis.COURSE
    stated = {
        "stated": document["requirementsStated"],
        "requirements": [{key: one[key] for key in ("kind", "at", "rule")} for one in document["requirements"]],
        "skills": document["skills"],
        "validFor": document["validFor"],
        "credit": [credit["value"], credit["unit"]] if whole else None,
        "hours": [hours.get("min"), hours.get("max")] if hours else None,
        "runs": list(_dated(document["offerings"])),
        "outside": not document["catalogued"],
    }
    return write_json({key: value for key, value in stated.items() if value})


def _dated(offerings: list[dict[str, Any]]) -> Iterator[list[str | None]]:
    """First and last day of the start and of the end, where the start is stated."""
    for one in offerings:
        starts, ends = one["startsOn"] or {}, one["endsOn"] or {}
        if one["run"] != OfferingRun.CANCELLED and starts.get("earliest") and starts.get("latest"):
            yield [starts["earliest"], starts["latest"], ends.get("earliest"), ends.get("latest")]
