"""The root field `trend`: coverage at several moments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from catalog.coverage.years import MOST_MOMENTS, TrendInterval, trend_moments
from catalog.errors import ArgumentInvalid
from catalog.schema.context import RequestContext
from catalog.schema.relations.counting.asked import read_by
from catalog.schema.relations.counting.coverage import count, show_coverage


def trend(
    parents: Sequence[Any],
    context: RequestContext,
    by: list[Any],
    since: datetime,
    until: datetime,
    interval: Any,
    filter: Any = None,
    include_empty: bool = False,  # noqa: FBT001 - an argument of the API
) -> list[Any]:
    wanted = read_by(by)
    if since > context.now:
        message = f"from is to come: {since.isoformat()}"
        raise ArgumentInvalid(message, argument="from")
    moments = trend_moments(since, until, TrendInterval(interval))
    if not 1 <= len(moments) <= MOST_MOMENTS:
        message = f"from {since.isoformat()} to {until.isoformat()} there are {len(moments)} moments; from 1 to {MOST_MOMENTS} are counted"
        raise ArgumentInvalid(message, argument="to" if not moments else "interval")
    if moments[-1] > context.now:
        message = f"to is to come: the last moment would be {moments[-1].isoformat()}"
        raise ArgumentInvalid(message, argument="to")
    counted = [count(context, wanted, filter, at, with_empty=include_empty is True) for at in moments]
    return [[show_coverage(one) for one in counted]] * len(parents)
