"""The status as a sentence, and that of funding windows by the clock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from catalog.model.availability import availability_text
from catalog.model.history import load_last_confirmed
from catalog.model.vocabulary import WindowStatus
from catalog.model.windows import ends_at
from catalog.schema.context import RequestContext
from catalog.schema.relations.live import credential_status


def window_status(parents: Sequence[Any], context: RequestContext) -> list[WindowStatus | None]:
    """As stated, but never open after its last day."""
    return [_status(parent, context.now) for parent in parents]


def _status(window: dict[str, Any], now: datetime) -> WindowStatus | None:
    end = ends_at(window)
    if end is not None and end <= now:
        return WindowStatus.CLOSED
    return WindowStatus(window["status"]) if window["status"] else None


def status_text(parents: Sequence[Any], context: RequestContext, language: str | None = None) -> list[str]:
    statuses = credential_status(parents, context)
    confirmed = load_last_confirmed(context.connection, [parent["id"] for parent in parents])
    return [
        availability_text(status, confirmed.get(parent["id"]), language or "en")
        for parent, status in zip(parents, statuses, strict=True)
    ]
