"""Rows as the types that are shown."""

from strawberry import ID

from bench.references.strawberry_sqlmodel import models, types


def credential(row: models.Credential) -> types.Credential:
    provider = row.provider
    return types.Credential(
        id=ID(row.id),
        slug=row.slug,
        kind=row.kind,
        title=row.title,
        summary=row.summary,
        url=row.url,
        languages=row.languages,
        audiences=row.audiences,
        assessed=row.assessed,
        issues_badge=row.issues_badge,
        identifiers=[types.Identifier(**one) for one in row.identifiers],
        stated_hours=types.Range(min=row.hours_min, max=row.hours_max),
        weeks=types.Range(min=row.weeks),
        credit=types.Credit(value=row.credit_value, unit=row.credit_unit, status=row.credit_status),
        provider=types.Institution(slug=provider.slug, name=provider.name, kind=provider.kind, url=provider.url),
        skills=[types.Skill(code=one.code, label=one.label) for one in row.skills],
        every_offering=[offering(one) for one in row.offerings],
    )


def offering(row: models.Offering) -> types.Offering:
    return types.Offering(
        ref=row.ref,
        label=row.label,
        intake=row.intake,
        mode=row.mode,
        attendance=row.attendance,
        starts_on=types.PartialDate(earliest=row.starts_on, precision=row.starts_precision),
        ends_on=types.PartialDate(earliest=row.ends_on),
        registration_opens_at=row.registration_opens_at,
        registration_closes_at=row.registration_closes_at,
        seats=row.seats,
        price=types.Money(amount=row.price_amount, currency=row.price_currency),
        fees=[
            types.Fee(kind=one["kind"], residency=one["residency"], amount=types.Money(amount=one["amount"]["amount"]))
            for one in row.fees
        ],
    )
