"""What the flat lists of providers have in common."""

from typing import Any

from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.keys import credential_ref, identifier

Value = dict[str, Any]


def listing_of(node: Fields, key: str | None, kind: str | None) -> Value:
    return {
        "type": "credential",
        "kind": kind,
        "ref": credential_ref(key) if key else None,
        "identifiers": [identifier("provider-id", key)] if key and credential_ref(key) != key else None,
        "provider": node.reading.told.provider,
    }


def dated(runs: list[Value]) -> Value:
    """A run without any day is what is usual."""
    dated = [run for run in runs if run.get("startsOn") or run.get("endsOn")]
    if dated:
        return {"offerings": dated}
    return {"usual": {name: value for name, value in runs[0].items() if name in ("fees", "mode", "places")}}
