"""Funding windows by the clock."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from catalog.model.zones import end_of_day

ZONE = "America/Vancouver"  # funding programs are the Province's


def ends_at(window: Mapping[str, Any]) -> datetime | None:
    """The instant at which its last day is over, if a last day is stated."""
    return end_of_day(date.fromisoformat(window["closesOn"]), ZONE) if window["closesOn"] else None


def is_open(window: Mapping[str, Any], day: date) -> bool:
    """Whether a day lies between its first and its last one; an end that is not stated is open."""
    opens, closes = (window[key] and date.fromisoformat(window[key]) for key in ("opensOn", "closesOn"))
    return (not opens or opens <= day) and (not closes or day <= closes)
