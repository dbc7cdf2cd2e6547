"""The root field `unmetDemand`, and what of it belongs to a gap."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from catalog.model.unmet import load_unmet
from catalog.schema.context import RequestContext, Touch
from catalog.schema.relations.counting.pages import page_of


def unmet_demand(
    parents: Sequence[Any],
    context: RequestContext,
    kind: Any = None,
    region: str | None = None,
    since: date | None = None,
    **asked: Any,
) -> list[Any]:
    context.touched.add(Touch.ELSEWHERE)
    rows = [
        one
        for one in load_unmet(context.connection, since)
        if (kind is None or one.kind == str(kind)) and (region is None or one.region == region.lower())
    ]
    by_key = {(one.kind, one.topic, one.region or ""): one for one in rows}

    def show(key: tuple[str, str, str]) -> dict[str, Any]:
        one = by_key[key]
        return {"topic": one.words, "kind": one.kind, "region": one.region, "askers": one.askers, "days": one.days}

    page = page_of(list(by_key), context.page(**asked), context, "topic", show)
    return [page | {"enabled": context.unmet is not None}] * len(parents)
