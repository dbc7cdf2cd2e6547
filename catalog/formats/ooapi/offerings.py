"""A course offering or program offering as an offering."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.prices import fees
from catalog.formats.ooapi.properties import Properties
from catalog.formats.ooapi.references import PART, codes, ref_of
from catalog.formats.ooapi.texts import as_list, one_line, one_text, plain
from catalog.formats.ooapi.ways import languages, mode
from catalog.model.reading.days import read_date, read_moment
from catalog.model.reading.delivery import Reading

NOTE_LENGTH = 2_000
TAUGHT_AT = frozenset({"teaching", "visit"})
MOST_PEOPLE = 1_000_000
_CODES = 20
FIELDS = frozenset(
    {
        "ref", "label", "identifiers", "startsOn", "endsOn", "registrationWindows", "intake", "languages", "mode", "fees",
        "seats", "minEnrolment", "places", "note",
    }
)  # fmt: skip
"""What an offering of the API can state."""


def offering_of(reading: Reading, value: Mapping[str, Any], sessions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The offering in JSON form. `sessions` are the academic sessions of the file by their ids."""
    own = Properties(value)
    zone = reading.told.time_zone
    session = own.pop("academicSession")
    opens, closes = own.pop("enrollStartDate", "startEnrollDate"), own.pop("enrollEndDate", "endEnrollDate")
    window = {
        "opensAt": reading.take("enrollStartDate", read_moment, plain(reading, "enrollStartDate", opens), zone),
        "closesAt": reading.take("enrollEndDate", read_moment, plain(reading, "enrollEndDate", closes), zone),
    }
    starts = _date(reading, "startDate", own.pop("startDate"))
    offering: dict[str, Any] = {
        "ref": ref_of(own.pop("offeringId", "courseOfferingId", "programOfferingId"), PART),
        "label": one_line(reading, "offering.name", own.pop("name")),
        "identifiers": [{"scheme": "ooapi", "value": code} for _, code in codes(value)][:_CODES],
        "startsOn": starts or _session(reading, session, sessions),
        "endsOn": _date(reading, "endDate", own.pop("endDate")),
        "registrationWindows": [window] if any(window.values()) else [],
        "intake": _intake(reading, own),
        "languages": languages(reading, "offering.teachingLanguage", own.pop("teachingLanguage", "mainLanguage")),
        "mode": mode(reading, "offering.modeOfDelivery", own.pop("modeOfDelivery")),
        "fees": fees(reading, "priceInformation", own.pop("priceInformation", "price")),
        "seats": _count(reading, "maxNumberStudents", own.pop("maxNumberStudents")),
        "minEnrolment": _count(reading, "minNumberStudents", own.pop("minNumberStudents")),
        "places": _places(reading, own),
        "note": one_text(reading, "offering.description", own.pop("description"), NOTE_LENGTH),
    }
    own.skip("offeringType", "primaryCode", "otherCodes", "course", "program", "organization")
    own.drop_rest(reading, "offering")
    return offering


def _date(reading: Reading, path: str, value: Any) -> dict[str, Any] | None:
    said = plain(reading, path, value)
    if said is None:
        return None
    return reading.take(path, read_date, said, reading.told.time_zone) or {"text": said[:300]}


def _session(reading: Reading, named: Any, sessions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """An offering that only names its term begins somewhere in it."""
    session = named if isinstance(named, Mapping) else sessions.get(named) if isinstance(named, str) else None
    if session is None:
        return None
    first, last = (_date(reading, f"academicSession.{name}", session.get(name)) for name in ("startDate", "endDate"))
    name = one_line(reading, "academicSession.name", session.get("name"))
    if not (first and first.get("earliest") and last and last.get("latest")):
        return {"precision": "TERM", "text": name} if name else None
    return {"earliest": first["earliest"], "latest": last["latest"], "precision": "TERM", "text": name}


def _intake(reading: Reading, own: Properties) -> str | None:
    """One can come in at any time of a flexible entry period that is longer than a day."""
    first = _date(reading, "flexibleEntryPeriodStart", own.pop("flexibleEntryPeriodStart"))
    last = _date(reading, "flexibleEntryPeriodEnd", own.pop("flexibleEntryPeriodEnd"))
    is_long = first and last and (last.get("earliest") or "") > (first.get("latest") or "9")
    return "CONTINUOUS" if is_long else None


def _count(reading: Reading, path: str, value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1 or not 0 <= value <= MOST_PEOPLE:
        reading.warn("VALUE_UNREADABLE", f"{path} is no number of people", path, value)
        return None
    return int(value)


def _places(reading: Reading, own: Properties) -> list[dict[str, str]]:
    """The cities of addresses where it is taught; where letters go is no such place."""
    found: dict[str, None] = {}
    for one in as_list(own.pop("addresses")):
        is_taught = isinstance(one, Mapping) and plain(reading, "addresses.addressType", one.get("addressType")) in TAUGHT_AT
        city = one_line(reading, "addresses.city", one.get("city")) if is_taught else None
        if city:
            found[city] = None
        else:
            reading.drop("offering.addresses")
    return [{"role": "CLASS", "community": city} for city in list(found)[:20]]
