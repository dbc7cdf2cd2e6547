"""What was said before and is not spoken of now, joined with what is said now.

Fields are named by paths: `title.en` and `credit.value` are parts of a field, `registrationWindows.opensAt` is a part of
the only window for everybody, and `fees.DOMESTIC` and `fees.INTERNATIONAL` are the tuition of who lives here or not.
"""

from collections.abc import Mapping
from typing import Any

WINDOWS, FEES = "registrationWindows", "fees"
_WHOLE_WINDOW = {f"{WINDOWS}.opensAt", f"{WINDOWS}.closesAt"}
DOMESTIC, INTERNATIONAL, OTHERS = "DOMESTIC", "INTERNATIONAL", ""
_PAYERS = (DOMESTIC, INTERNATIONAL, OTHERS)
Json = dict[str, Any]


def uncovered(value: Mapping[str, Any], fields: frozenset[str]) -> Json:
    """What a file with these fields says nothing of."""
    kept: Json = {}
    for name, one in value.items():
        if name in fields:
            continue
        parts = {field.partition(".")[2] for field in fields if field.startswith(f"{name}.")}
        left = {key: part for key, part in one.items() if key not in parts} if parts and isinstance(one, dict) else one
        if left != {}:
            kept[name] = left
    return kept


def joined(old: Mapping[str, Any], new: Mapping[str, Any]) -> Json:
    """Both; where both speak, the new, and of fields with parts each part for itself."""
    both = dict(old)
    for name, one in new.items():
        before = old.get(name)
        both[name] = {**before, **one} if isinstance(before, dict) and isinstance(one, dict) else one
    return both


def stated_offering(new: Mapping[str, Any], old: Mapping[str, Any], fields: frozenset[str]) -> Json:
    """One offering of which `fields` are spoken of, the rest of it as it was."""
    found = joined(uncovered(_opened(old, fields), fields), _opened(new, fields))
    if isinstance(found.get(WINDOWS), dict):
        found[WINDOWS] = [found[WINDOWS]]
    if isinstance(found.get(FEES), dict):
        found[FEES] = _in_order(old.get(FEES, []), [fee for who in _PAYERS for fee in found[FEES].get(who, [])])
    return {name: value for name, value in found.items() if value not in ([], {})}


def _opened(offering: Mapping[str, Any], fields: frozenset[str]) -> Json:
    """With lists as objects where only a part of them is spoken of."""
    opened = dict(offering)
    windows = offering.get(WINDOWS, [])
    if len(windows) == 1 and "audience" not in windows[0]:
        opened[WINDOWS] = dict(windows[0])
    elif fields >= _WHOLE_WINDOW:
        opened.pop(WINDOWS, None)
    if any(field.startswith(f"{FEES}.") for field in fields) and FEES in offering:
        opened[FEES] = {
            who: [fee for fee in offering[FEES] if _who(fee) == who] for who in (DOMESTIC, INTERNATIONAL, OTHERS)
        }
        opened[FEES] = {who: fees for who, fees in opened[FEES].items() if fees}
    return opened


def _who(fee: Mapping[str, Any]) -> str:
    if fee["kind"] != "TUITION":
        return OTHERS
    return INTERNATIONAL if fee.get("residency") == INTERNATIONAL else DOMESTIC


def _in_order(old: list[Json], new: list[Json]) -> list[Json]:
    """As before, where only the order differs."""
    return old if sorted(map(repr, old)) == sorted(map(repr, new)) else new
