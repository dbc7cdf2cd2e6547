"""Texts, numbers and lengths of time as schema.org writes them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Around = Mapping[str, Mapping[str, Any]]
"""Documents by id, of what a Document names."""

NOTHING: tuple[Any, ...] = (None, "", [], {})


def urn(identity: str) -> str:
    return f"urn:uuid:{identity}"


def stated(node: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known; `False` and 0 are known."""
    return {key: value for key, value in node.items() if value not in NOTHING}


def one_text(texts: Mapping[str, str] | None, languages: Sequence[str] = ()) -> str | None:
    """One text, since readers of course markup expect one: in a language of the listing, else English, else the first."""
    if not texts:
        return None
    found = next((texts[one] for one in (*languages, "en") if one in texts), None)
    return found if found is not None else next(iter(texts.values()))


def plain_number(value: float) -> str:
    """Decimal digits without an exponent: 12 for 12.0, 7.5 for 7.5."""
    return format(Decimal(repr(value)).normalize(), "f")


def exactly(bounds: Mapping[str, Any] | None) -> float | None:
    """The number of a range whose ends are one."""
    if not bounds or bounds["min"] is None or bounds["min"] != bounds["max"]:
        return None
    return float(bounds["min"])


def hours(bounds: Mapping[str, Any] | None) -> str | None:
    number = exactly(bounds)
    return f"PT{plain_number(number)}H" if number else None


def weeks(bounds: Mapping[str, Any] | None) -> str | None:
    number = exactly(bounds)
    return f"P{plain_number(number)}W" if number else None


def exact_day(date: Mapping[str, Any] | None) -> str | None:
    """A day only where the source gives exactly that day."""
    if not date or date["precision"] != "DAY" or date["earliest"] != date["latest"]:
        return None
    return str(date["earliest"])
