"""The status as a sentence."""

from collections.abc import Sequence
from typing import Any

from catalog.model.availability import availability_text
from catalog.model.history import load_last_confirmed
from catalog.schema.context import RequestContext
from catalog.schema.relations.live import credential_status


def status_text(parents: Sequence[Any], context: RequestContext, language: str | None = None) -> list[str]:
    statuses = credential_status(parents, context)
    confirmed = load_last_confirmed(context.connection, [parent["id"] for parent in parents])
    return [
        availability_text(status, confirmed.get(parent["id"]), language or "en")
        for parent, status in zip(parents, statuses, strict=True)
    ]
