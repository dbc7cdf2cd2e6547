"""Gives rows that failed back as a file of the same format, each with what is wrong with it."""

import json
from collections.abc import Collection, Sequence

from catalog.errors import Issue, Severity
from catalog.ingest.formats import formats
from catalog.model.reading.delivery import Delivery


def write_rejected(delivery: Delivery, issues: Sequence[Issue], failed: Collection[int]) -> bytes:
    """In the format's own way; of formats without one, their items as JSON."""
    messages: dict[int, list[str]] = {row: [] for row in sorted(failed)}
    for issue in issues:
        if issue.row in messages and issue.severity is Severity.ERROR:
            hint = f" ({issue.hint})" if issue.hint else ""
            messages[issue.row].append(f"{issue.path or 'record'}: {issue.code}: {issue.message}{hint}")
    module = next((one.module for one in formats() if one.name == delivery.format), None)
    own = getattr(module, "write_rejected", None)
    if own is not None:
        written: bytes = own(delivery, messages)
        return written
    items = [
        {"place": delivery.places.get(row), "error": text, "item": delivery.items.get(row)} for row, text in messages.items()
    ]
    return json.dumps({"format": delivery.format, "rejected": items}, ensure_ascii=False, indent=1, default=str).encode()
