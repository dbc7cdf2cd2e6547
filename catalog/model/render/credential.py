"""Documents of credentials, with their offerings by value."""

from typing import Any

from catalog.model.links import skill_slug
from catalog.model.records.credential import CredentialRecord, Credit, Requirement
from catalog.model.render.context import Context, plain
from catalog.model.render.offering import partnerships, render_offering, render_usual
from catalog.model.render.rule import render_rule
from catalog.model.vocabulary import (
    CreditStatus,
    Lifecycle,
    RecordOfLearning,
    RecordType,
    RequirementsStated,
    Stated,
)


def render_credential(record: CredentialRecord, context: Context) -> dict[str, Any]:
    return _texts(record, context) | _hours(record) | _links(record, context) | _runs(record, context)


def _texts(record: CredentialRecord, context: Context) -> dict[str, Any]:
    return {
        "__typename": "Credential",
        "id": context.id,
        "slug": context.slug,
        "kind": str(record.kind),
        "providerTerm": record.provider_term,
        "lifecycle": str(record.lifecycle or Lifecycle.UNKNOWN),
        "title": record.title or {},
        "summary": record.summary,
        "description": record.description,
        "url": record.url,
        "languages": record.languages or [],
        "identifiers": [plain(one) for one in record.identifiers or ()],
        "assessed": str(record.assessed or Stated.NOT_STATED),
        "assessmentMethods": record.assessment_methods or [],
        "issuesBadge": str(_issues_badge(record)),
        "audiences": [str(one) for one in record.audiences or ()],
        "audienceText": record.audience_text,
        "sectorText": record.sector_text,
        "records": [str(one) for one in record.records or ()],
        "restriction": plain(record.restriction),
        "qa": plain(record.qa),
        "plar": plain(record.plar),
        "registration": record.registration and str(record.registration),
        "earnBy": [str(one) for one in record.earn_by or ()],
        "validFor": record.valid_for,
        "cip": record.cip,
        "registerUrl": record.register_url,
        "catalogued": record.catalogued is not False,
        "illustration": bool(record.illustration),
        "reuse": record.reuse and str(record.reuse),
    }


def _issues_badge(record: CredentialRecord) -> Stated:
    if RecordOfLearning.BADGE in (record.records or ()):
        return Stated.YES
    return Stated.NO if record.badge is Stated.NO else Stated.NOT_STATED


def _hours(record: CredentialRecord) -> dict[str, Any]:
    return {
        "statedHours": plain(record.stated_hours),
        "instructionalHours": plain(record.instructional_hours),
        "independentHours": plain(record.independent_hours),
        "placementHours": plain(record.placement_hours),
        "totalHours": plain(record.total_hours),
        "weeklyHours": plain(record.weekly_hours),
        "weeks": plain(record.weeks),
        "credit": render_credit(record.credit),
    }


def render_credit(credit: Credit | None) -> dict[str, Any] | None:
    if credit is None:
        return None
    return {
        "value": credit.value,
        "unit": credit.unit and str(credit.unit),
        "per": credit.per and str(credit.per),
        "status": str(credit.status or CreditStatus.NOT_STATED),
        "text": credit.text,
    }


def _links(record: CredentialRecord, context: Context) -> dict[str, Any]:
    skills = [context.targets[RecordType.SKILL, skill_slug(mention)] for mention in record.skills or ()]
    return {
        "provider": context.target(RecordType.INSTITUTION, record.provider),
        "partnerships": partnerships(record.partnerships, context),
        "skills": list(dict.fromkeys(skills)),
        "occupations": context.codes(RecordType.OCCUPATION, record.occupations),
        "sectors": context.codes(RecordType.SECTOR, record.sectors),
        "themes": context.codes(RecordType.THEME, record.themes),
        "components": context.several(RecordType.CREDENTIAL, record.components),
        "supersedes": context.target(RecordType.CREDENTIAL, record.supersedes),
        "requirementsStated": str(record.requirements_stated or RequirementsStated.NOT_STATED),
        "requirements": [_requirement(requirement, context) for requirement in record.requirements or ()],
    }


def _requirement(requirement: Requirement, context: Context) -> dict[str, Any]:
    return {
        "kind": str(requirement.kind),
        "at": requirement.at and str(requirement.at),
        "rule": render_rule(requirement.rule, context.targets),
        "original": requirement.original,
    }


def _runs(record: CredentialRecord, context: Context) -> dict[str, Any]:
    return {
        "usual": render_usual(record.usual, record, context) if record.usual else None,
        "offerings": [render_offering(offering, record, context) for offering in record.offerings or ()],
    }
