"""A run of a course as an offering."""

from typing import Any

from catalog.formats.open_edx.fees import plain_fee, seat_fees
from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.keys import SCHEME, identifier, run_ref
from catalog.model.reading.days import read_date, read_moment
from catalog.model.reading.words import read_language

SELF_PACED = frozenset({"self_paced", "self", "self-paced"})
INSTRUCTOR_PACED = frozenset({"instructor_paced", "instructor", "instructor-paced"})
PUBLISHED = "published"


def read_runs(runs: list[Fields]) -> list[dict[str, Any]]:
    """A ref comes once."""
    offerings: list[dict[str, Any]] = []
    seen: set[str] = set()
    for run in runs:
        offering = _offering(run)
        ref = offering["ref"]
        if ref in seen:
            run.reading.warn("REF_DUPLICATE", f"a run {ref!r} was there before; this one is left out", "offerings", ref)
            continue
        if ref:
            seen.add(ref)
        offerings.append(offering)
    return offerings


def published(runs: list[Fields]) -> list[Fields]:
    """Those that everybody may see; the others are counted."""
    return [run for run in runs if _is_published(run)]


def _is_published(run: Fields) -> bool:
    if run.text("status") in (None, PUBLISHED) and not (run.raw("hidden") is True or run.raw("draft") is True):
        return True
    run.reading.drop("runs that are not published")
    return False


def _offering(run: Fields) -> dict[str, Any]:
    reading = run.reading
    zone = reading.told.time_zone
    key = run.text("key", "courseware_id", "course_id", "id")
    weeks = run.number("weeks_to_complete")
    language = run.take("content_language", read_language)
    offering = {
        "ref": run_ref(key) if key else None,
        "identifiers": [identifier(SCHEME, key), identifier("uuid", run.text("uuid"))],
        "startsOn": first_of(run, ("start", "start_date"), read_date, zone),
        "endsOn": first_of(run, ("end", "end_date"), read_date, zone),
        "registrationWindows": window(run, "enrollment_start", "enrollment_end"),
        "attendance": _attendance(run),
        "weeks": {"min": weeks, "max": weeks} if weeks else None,
        "languages": [language] if language else None,
        "fees": seat_fees(reading, run.objects("seats")) or _price(run),
    }
    run.raw("title", "name", "org", "number", "course", "course_uuid")
    run.end()
    return offering


def first_of(run: Fields, names: tuple[str, ...], parse: Any, *more: Any) -> Any:
    """The value of the first of these properties that says something."""
    found = [name for name in names if run.raw(name) is not None]
    return run.take(found[0], parse, *more) if found else None


def window(run: Fields, opens: str, closes: str) -> list[dict[str, Any]]:
    """When registration is open, as far as it is stated."""
    zone = run.reading.told.time_zone
    bounds = {"opensAt": run.take(opens, read_moment, zone), "closesAt": run.take(closes, read_moment, zone)}
    return [bounds] if any(bounds.values()) else []


def _attendance(run: Fields) -> list[str]:
    """Self-paced is any time; paced by an instructor says nothing of when."""
    pace = run.raw("pacing_type", "pacing", "is_self_paced")
    if pace is True or (isinstance(pace, str) and pace in SELF_PACED):
        return ["ANYTIME"]
    if pace is False or (isinstance(pace, str) and pace in INSTRUCTOR_PACED):
        run.reading.drop("pacing by an instructor")
    elif pace is not None:
        run.refuse("pacing_type", f"is no pacing that we know: {str(pace)[:40]!r}", pace)
    return []


def _price(run: Fields) -> list[dict[str, Any] | None]:
    return [plain_fee(run.reading, "current_price", run.text("current_price"))]
