"""What of a definition may be kept and sent back to who sent it: what is read of it, and so nothing of a person."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.open_badges.definition import TAKEN
from catalog.formats.open_badges.finding import Found
from catalog.formats.open_badges.identity import is_personal
from catalog.formats.open_badges.profiles import is_person
from catalog.formats.open_badges.values import several

_OF_A_PROFILE = ("id", "type", "name", "url")


def sent_back(found: Found) -> dict[str, Any]:
    """The definition with who gives it, so that it can be read again by itself."""
    kept = {name: one for name, one in found.node.items() if name in TAKEN}
    for name, value in (("issuer", found.issuer), ("creator", found.node.get("creator"))):
        kept.pop(name, None)
        if isinstance(value, str | Mapping):
            kept[name] = _profile(value)
    if "otherIdentifier" in kept:
        kept["otherIdentifier"] = [one for one in several(kept["otherIdentifier"]) if not is_personal(one)]
    return kept


def _profile(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return {} if is_person(value) else {name: value[name] for name in _OF_A_PROFILE if name in value}
