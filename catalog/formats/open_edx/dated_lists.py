"""Lists of professional education and results of a search: one object, the dates of all its runs in one property."""

from datetime import UTC, datetime
from typing import Any

from catalog.formats.open_edx.fees import plain_fee
from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.listings import Value, dated, listing_of
from catalog.formats.open_edx.programs import program_kind
from catalog.model.reading.days import read_date
from catalog.model.reading.lengths import Length, read_length
from catalog.model.reading.words import read_language, read_mode


def read_professional(node: Fields) -> Value:
    """Dates of several runs stand in one text, with `|` between them."""
    zone = node.reading.told.time_zone
    starts, ends, closes = (_dates(node, name, zone) for name in ("start_date", "end_date", "enrollment_end_date"))
    if len({len(one) for one in (starts, ends, closes) if one}) > 1:
        node.refuse("start_date", "names more or fewer days than end_date or enrollment_end_date; no run is taken")
        starts = ends = closes = []
    fee = plain_fee(node.reading, "price", node.text("price"))
    more = {"mode": node.take("learning_format", read_mode), "fees": [fee] if fee else None}
    runs = [
        {"startsOn": _at(starts, index), "endsOn": _at(ends, index), "registrationWindows": _closing(_at(closes, index))}
        | more
        for index in range(max(len(starts), len(ends)))
    ]
    length: Length = node.take("duration", read_length) or Length()
    language = node.take("language", read_language)
    credit = node.line("continuing_ed_credits")
    value = listing_of(node, node.text("uuid"), "COURSE")
    value |= {
        "url": node.url("url"),
        "title": node.line("title"),
        "description": node.prose("description"),
        "providerTerm": node.line("course_certificate"),
        "languages": [language] if language else None,
        "statedHours": length.hours,
        "weeklyHours": length.weekly_hours,
        "weeks": length.weeks,
        "credit": {"text": credit} if credit else None,
    }
    node.end()
    return value | (dated(runs) if runs else {"usual": more})


def read_search_result(node: Fields) -> Value:
    """Days are seconds since 1970."""
    starts, ends = _seconds(node, "start_value"), _seconds(node, "end_value")
    effort: Length = node.take("field_time_commitment", read_length) or Length()
    length: Length = node.take("field_duration", read_length) or Length()
    fee = plain_fee(node.reading, "field_price", node.text("field_price"))
    more = {"mode": node.take("format_name", read_mode), "fees": [fee] if fee else None}
    runs = [{"startsOn": _at(starts, at), "endsOn": _at(ends, at)} | more for at in range(max(len(starts), len(ends)))]
    is_course = node.text("field_course_or_program") == "course"
    term = node.text("certificate_name")
    kind = {"kind": "COURSE", "providerTerm": term} if is_course else program_kind(node, term)
    value = listing_of(node, node.text("nid"), None) | kind
    value |= {
        "url": node.url("url"),
        "provider": node.reading.provider(node.line("department"), node.text("department_url")),
        "title": node.line("title"),
        "description": node.prose("body_override", "body"),
        "statedHours": effort.hours or length.hours,
        "weeklyHours": effort.weekly_hours or length.weekly_hours,
        "weeks": length.weeks,
    }
    node.end()
    return value | (dated(runs) if runs else {"usual": more})


def _dates(node: Fields, name: str, zone: str | None) -> list[Any]:
    parts = (node.text(name) or "").split("|")[:200]
    return [node.reading.take(name, read_date, one.strip(), zone) for one in parts if one.strip()]


def _closing(date: Any) -> list[dict[str, Any]]:
    return [{"closesAt": date["latest"]}] if date and date.get("precision") == "DAY" else []


def _seconds(node: Fields, name: str) -> list[Any]:
    value = node.raw(name)
    found: list[Any] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, int) and not isinstance(one, bool) and 0 < one < 7_226_582_400:  # noqa: PLR2004 - the year 2199
            found.append(read_date(datetime.fromtimestamp(one, UTC).isoformat(), node.reading.told.time_zone))
        elif one is not None:
            node.refuse(name, "is no number of seconds since 1970", one)
    return found[:200]


def _at(values: list[Any], index: int) -> Any:
    return values[index] if index < len(values) else None
