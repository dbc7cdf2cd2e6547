"""Offerings inside a credential's Document, and what usually holds."""

from datetime import datetime, timedelta
from typing import Any

from catalog.model import price
from catalog.model.attendance import attendance
from catalog.model.identity import part_id
from catalog.model.links import link_key
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.offering import Meeting, Offering, OfferingShape, Outcome, Place, SeatPool
from catalog.model.records.record_fields import Partnership
from catalog.model.render.context import Context, plain
from catalog.model.render.fee import render_fee
from catalog.model.status import timeline
from catalog.model.vocabulary import Basis, Intake, OfferingRun, RecordType

FALLBACK_ZONE = "America/Vancouver"  # most of the province; used only where neither offering, campus nor source says


def render_offering(offering: Offering, credential: CredentialRecord, context: Context) -> dict[str, Any]:
    assert offering.ref is not None, "refs are derived before a record is merged"
    zone, basis = _zone(offering, context)
    times = timeline(offering, zone)
    return _shape(offering, credential, context) | {
        "__typename": "Offering",
        "id": part_id(context.id, "offering", offering.ref),
        "ref": offering.ref,
        "label": offering.label,
        "credential": context.id,
        "run": offering.run and str(OfferingRun(offering.run)),
        "intake": str(offering.intake or Intake.NOT_STATED),
        "startsOn": plain(offering.starts_on),
        "endsOn": plain(offering.ends_on),
        "registrationOpensAt": times.opens_at and times.opens_at.isoformat(),
        "registrationClosesAt": _last_second(offering, times.closes_at),
        "timeZone": zone if offering.time_zone or basis else None,
        "timeZoneBasis": str(Basis.STATED if offering.time_zone else Basis.DERIVED),
        "meetings": [_meeting(meeting) for meeting in offering.meetings or ()],
        "seats": offering.seats,
        "enrolmentText": offering.enrolment.text if offering.enrolment else None,
        "enrolment": plain(offering.enrolment),
        "minEnrolment": offering.min_enrolment,
        "waitlist": plain(offering.waitlist),
        "seatPools": [_pool(pool, context) for pool in offering.seat_pools or ()],
        "decisionOn": plain(offering.decision_on),
        "includes": [_included(reference, context) for reference in offering.includes or ()],
        "note": offering.note,
        "partnerships": partnerships(offering.partnerships, context),
        "outcomes": [_outcome(outcome) for outcome in offering.outcomes or ()],
        "_times": times.to_json(),
        "_source": context.confirming[offering.ref],
    }


def render_usual(usual: OfferingShape, credential: CredentialRecord, context: Context) -> dict[str, Any]:
    intake = usual.intake and str(usual.intake)
    return _shape(usual, credential, context) | {"intake": intake}


def _place(place: Place, context: Context) -> dict[str, Any]:
    campus = context.campus(place.campus)
    return {"role": place.role and str(place.role), "campus": campus, "community": place.community}


def _pool(pool: SeatPool, context: Context) -> dict[str, Any]:
    """`sharedWith` names offerings that draw from the same seats."""
    return {
        "for": str(pool.for_),
        "sponsor": context.target(RecordType.INSTITUTION, pool.sponsor),
        "seats": pool.seats,
        "sharedWith": [_included(reference, context) for reference in pool.shared_with or ()],
    }


def _included(reference: Any, context: Context) -> str:
    """The id of an offering, or of a credential where none of its offerings is named."""
    credential = context.targets[link_key(RecordType.CREDENTIAL, reference)]
    part = reference.partition("#")[2] if isinstance(reference, str) else ""
    return part_id(credential, "offering", part) if part else credential


def _shape(run: OfferingShape, credential: CredentialRecord, context: Context) -> dict[str, Any]:
    return {
        "mode": run.mode and str(run.mode),
        "attendance": [str(one) for one in attendance(run)],
        "campus": next((context.campus(place.campus) for place in run.places or () if place.campus), None),
        "places": [_place(place, context) for place in run.places or ()],
        "studyLoad": run.study_load and str(run.study_load),
        "openTo": run.open_to and str(run.open_to),
        "selection": run.selection and str(run.selection),
        "completeWithin": run.complete_within,
        "refund": plain(run.refund),
        "applyUrl": run.apply_url,
        "contact": run.contact,
        "languages": run.languages or [],
        "fees": [
            render_fee(fee, context) | {"_total": plain(price.fee_total(fee, run, credential))} for fee in run.fees or ()
        ],
        "price": plain(price.offering_price(run, credential)),
        "weeks": plain(run.weeks),
        "registerUrl": run.register_url or run.apply_url or credential.register_url,
    }


def _last_second(offering: Offering, closes_at: datetime | None) -> str | None:
    """A close that is only a day is shown as that day's last second; a stated time stays as it is."""
    if closes_at is None:
        return None
    is_stated = any(window.closes_at == closes_at for window in offering.registration_windows or ())
    return (closes_at if is_stated else closes_at - timedelta(seconds=1)).isoformat()


def _zone(offering: Offering, context: Context) -> tuple[str, str | None]:
    """The zone and what it rests on: stated, a campus, the provider's only campus, the source's default, or nothing."""
    if offering.time_zone:
        return offering.time_zone, "stated"
    found = (context.campus(place.campus) for place in offering.places or ())
    campuses = [campus for campus in found if campus]
    zones = {context.campus_zones[campus] for campus in campuses if campus in context.campus_zones}
    if len(zones) == 1:
        return zones.pop(), "campus"
    if not campuses and context.provider_zone:
        return context.provider_zone, "provider"
    if default := context.default_zones.get(offering.ref or ""):
        return default, "source"
    return FALLBACK_ZONE, None


def partnerships(stated: list[Partnership] | None, context: Context) -> list[dict[str, Any]]:
    return [
        {
            "role": str(one.role),
            "institution": context.target(RecordType.INSTITUTION, one.institution),
            "text": one.text,
            "note": one.note,
        }
        for one in stated or ()
    ]


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "kind": meeting.kind and str(meeting.kind),
        "days": [str(day) for day in meeting.days or ()],
        "startTime": meeting.start_time,
        "endTime": meeting.end_time,
        "startsOn": meeting.starts_on and meeting.starts_on.isoformat(),
        "endsOn": meeting.ends_on and meeting.ends_on.isoformat(),
        "everyWeeks": meeting.every_weeks,
        "except": [day.isoformat() for day in meeting.except_ or ()],
        "required": meeting.required,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return plain(outcome) or {}
