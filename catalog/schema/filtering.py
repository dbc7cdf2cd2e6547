"""Turns the API's filter into the model's, and refuses what makes no sense or what nothing can answer yet."""

from collections.abc import Mapping
from typing import Any

from catalog.errors import ArgumentInvalid, NotAvailable
from catalog.model.filter import CredentialFilter, Near
from catalog.model.filter_sql import CredentialQuery, Moment, find_campuses_near
from catalog.model.identity import is_id
from catalog.schema.context import RequestContext

IDS = frozenset({"institutions", "skills"})
ONE_ID = frozenset({"menu", "pathway"})
NOTHING = ""
"""Leads to no thing, and stands for what no database takes."""
RANGES = frozenset({"price", "hours", "weeks"})
MOST_VALUES = 200
MOST_KM = 20_020.0  # half of the way around the Earth
LATER = {"eligible_now": "filter.eligibleNow"}
"""What needs a capability that is not built yet: it is never ignored."""


def read_filter(value: Any, context: RequestContext) -> CredentialQuery:
    """Raises ArgumentInvalid naming the condition, and NotAvailable for one that nothing can answer yet."""
    stated = {name: one for name, one in (value or {}).items() if one is not None}
    for name, argument in LATER.items():
        if name in stated:
            raise NotAvailable(f"{argument} is not available yet", argument=argument)
    wanted = CredentialFilter(**{name: _read(name, one) for name, one in stated.items()})
    if wanted.starts_after and wanted.starts_before and wanted.starts_before < wanted.starts_after:
        raise _invalid("starts_before", "is before startsAfter")
    near = find_campuses_near(context.connection, wanted.near) if wanted.near else frozenset[str]()
    return CredentialQuery(wanted, Moment(context.now, context.confirmation_days), near)


def _read(name: str, value: Any) -> Any:
    if name in RANGES:
        return _range(name, value)
    if name == "near":
        return _near(value)
    if name in ONE_ID:
        return value if is_id(value) else NOTHING
    if not isinstance(value, list):
        return value
    if len(value) > MOST_VALUES:
        raise _invalid(name, f"has {len(value)} values; at most {MOST_VALUES} are taken")
    return frozenset(filter(is_id, value)) if name in IDS else frozenset(map(_storable, value))


def _storable(value: Any) -> Any:
    return NOTHING if isinstance(value, str) and "\0" in value else value


def _range(name: str, value: Mapping[str, Any]) -> tuple[Any, Any]:
    least, greatest = value.get("min"), value.get("max")
    if least is not None and greatest is not None and least > greatest:
        raise _invalid(name, f"has a min ({least}) above its max ({greatest})")
    return least, greatest


def _near(value: Mapping[str, Any]) -> Near:
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not -most <= value[name] <= most:
            raise _invalid("near", f"needs a {name} from -{most} to {most} degrees")
    if not 0 < value["km"] <= MOST_KM:
        raise _invalid("near", f"needs km above 0 and at most {MOST_KM:g}")
    return Near(value["latitude"], value["longitude"], value["km"], include_online=value["include_online"] is not False)


def _invalid(name: str, message: str) -> ArgumentInvalid:
    argument = f"filter.{_camel(name)}"
    return ArgumentInvalid(f"{argument} {message}", argument=argument)


def read_codes(codes: list[str] | None, argument: str) -> list[str] | None:
    """Codes as they are compared. Raises ArgumentInvalid for too many."""
    if codes is not None and len(codes) > MOST_VALUES:
        raise ArgumentInvalid(f"{argument} has {len(codes)} codes; at most {MOST_VALUES} are taken", argument=argument)
    return None if codes is None else [_storable(code.lower()) for code in codes]


def refuse_profile(profile: Any) -> None:
    if profile is not None:
        raise NotAvailable("profile is not available yet", argument="profile")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
