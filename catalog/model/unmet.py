"""Unmet demand as it is written down: counts of a day, by process, never of fewer than ten distinct askers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from catalog.model.bulk import table_of, upsert_rows
from catalog.model.tables import UnmetDemandRow

UNMET = table_of(UnmetDemandRow).c
NO_REGION = ""


@dataclass(frozen=True, slots=True)
class UnmetDemand:
    """`askers` are the distinct ones of each day, added up over `days`; of several processes the largest count of a day."""

    kind: str
    topic: str
    words: str
    region: str | None
    askers: int
    days: int


def write_unmet(connection: Connection, process: str, rows: Iterable[dict[str, Any]]) -> None:
    """`rows` hold day, kind, topic, words, region (a code, or None) and askers; of one day the last count stays."""
    own = [row | {"region": row["region"] or NO_REGION, "process": process} for row in rows]
    if own:
        upsert_rows(connection, UnmetDemandRow, own)


def load_unmet(connection: Connection, since: date | None = None) -> list[UnmetDemand]:
    """Most askers first."""
    keys = (UNMET.day, UNMET.kind, UNMET.topic, UNMET.region)
    counted = (func.max(UNMET.askers).label("askers"), func.min(UNMET.words).label("words"))
    by_day = select(*keys, *counted).group_by(*keys)
    days = (by_day.where(UNMET.day >= since) if since else by_day).subquery()
    query = select(
        days.c.kind,
        days.c.topic,
        days.c.region,
        func.sum(days.c.askers).label("askers"),
        func.count().label("days"),
        func.min(days.c.words).label("words"),
    ).group_by(days.c.kind, days.c.topic, days.c.region)
    rows = connection.execute(query)
    found = [UnmetDemand(one.kind, one.topic, one.words, one.region or None, int(one.askers), one.days) for one in rows]
    return sorted(found, key=lambda one: (-one.askers, one.topic, one.kind, one.region or ""))
