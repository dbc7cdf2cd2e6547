"""Turns the API's filter into the model's, and refuses what no part of the catalogue can answer yet."""

from typing import Any

from catalog.errors import NotAvailable
from catalog.model.filter import CredentialFilter
from catalog.model.identity import is_id
from catalog.model.listing import ANSWERED

IDS = frozenset({"institutions", "skills"})


def read_filter(value: Any) -> CredentialFilter:
    """Raises NotAvailable naming the first condition that cannot be answered: a condition is never ignored."""
    stated = {name: one for name, one in (value or {}).items() if one is not None}
    for name in stated:
        if name not in ANSWERED:
            raise NotAvailable(f"filter.{_camel(name)} is not available yet", argument=f"filter.{_camel(name)}")
    lists: dict[str, Any] = {name: frozenset(one) if isinstance(one, list) else one for name, one in stated.items()}
    for name in IDS & lists.keys():
        lists[name] = frozenset(filter(is_id, lists[name]))
    return CredentialFilter(**lists)


def refuse_profile(profile: Any) -> None:
    if profile is not None:
        raise NotAvailable("profile is not available yet", argument="profile")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
