"""Programs of course-discovery, and of the list that it replaced."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.open_edx.courses import read_skills
from catalog.formats.open_edx.fees import plain_fee
from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.keys import SCHEME, credential_ref, identifier
from catalog.formats.open_edx.providers import read_owners

KINDS = {
    "micromasters": "SHORT_PROGRAM",
    "microbachelors": "SHORT_PROGRAM",
    "xseries": "SHORT_PROGRAM",
    "bootcamp": "SHORT_PROGRAM",
    "professional certificate": "CERTIFICATE",
    "professional-certificate": "CERTIFICATE",
    "certificate": "CERTIFICATE",
    "masters": "DEGREE",
    "bachelors": "DEGREE",
    "doctorate": "DEGREE",
    "license": "LICENCE",
    "microcredential": "MICRO_CREDENTIAL",
    "micro-credential": "MICRO_CREDENTIAL",
}
"""A MicroMasters is a series of courses: nothing here says that it is a micro-credential but that word."""
LIFECYCLES = {"active": "ACTIVE", "retired": "DISCONTINUED"}


def read_program(node: Fields) -> dict[str, Any] | None:
    """None for what is not published."""
    status = node.text("status")
    if status is not None and status not in LIFECYCLES:
        node.reading.drop(f"programs of the status {status[:20]}")
        return None
    uuid = node.text("uuid") or ""
    hours = node.number("total_hours_of_effort")
    value = {
        "type": "credential",
        "ref": credential_ref(uuid) if uuid else None,
        "identifiers": [identifier("uuid", uuid)],
        "url": node.url("marketing_url"),
        "title": node.line("title", "name"),
        "summary": node.prose("subtitle"),
        "description": node.prose("overview"),
        **program_kind(node, node.text("type", "category")),
        "lifecycle": LIFECYCLES.get(status or ""),
        **read_owners(node, "authoring_organizations", "organizations"),
        "skills": read_skills(node),
        "totalHours": {"min": hours, "max": hours} if hours else None,
        "weeklyHours": _weekly_hours(node),
        "components": _components(node),
        "usual": {"fees": _fees(node)},
    }
    node.raw("id")
    node.end()
    return value


def program_kind(node: Fields, words: str | None) -> dict[str, Any]:
    """A type that we do not know is OTHER, with its name as the provider's term."""
    if words is None:
        return {"kind": "SHORT_PROGRAM"}
    kind = KINDS.get(words.lower())
    if kind is None:
        node.reading.warn("TYPE_UNKNOWN", f"the type {words[:60]!r} is not known; it is kept as a term", "type", words)
    return {"kind": kind or "OTHER", "providerTerm": words[:300]}


def _weekly_hours(node: Fields) -> dict[str, float | None] | None:
    least, most = node.number("min_hours_effort_per_week"), node.number("max_hours_effort_per_week")
    if least is not None and most is not None and least > most:
        node.refuse("min_hours_effort_per_week", f"({least:g}) is greater than max_hours_effort_per_week ({most:g})")
        return None
    return {"min": least, "max": most} if least or most else None


def _components(node: Fields) -> list[dict[str, str]]:
    """By the keys of the courses; those of the old list are put together of organisation and number."""
    keys: list[str] = []
    for course in [*node.objects("courses"), *node.objects("course_codes")]:
        key, owner = course.text("key"), course.raw("organization")
        org = owner.get("key") if isinstance(owner, Mapping) else None
        if key:
            keys.append(f"{org}+{key}" if isinstance(org, str) and org else key)
    found = [identifier(SCHEME, key) for key in dict.fromkeys(keys)]
    return [one for one in found if one]


def _fees(node: Fields) -> list[dict[str, Any]]:
    """The total of a price range is what all courses cost together; without it nothing says what the program costs."""
    ranges = node.objects("price_ranges")
    totals = [(one.text("currency"), one.text("total")) for one in ranges if one.number("total")]
    told = node.reading.told.currency
    currency, total = next((pair for pair in totals if pair[0] == told), totals[0] if totals else (None, None))
    fee = plain_fee(node.reading, "price_ranges.total", total, currency)
    for one in ranges:
        one.raw("currency", "total")
        one.end()
    return [fee | {"text": "all courses"}] if fee else []
