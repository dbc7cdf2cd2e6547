"""The root field `oversupply`."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from catalog.coverage.dimensions import CoverageDimension
from catalog.coverage.oversupply import Group, find_groups
from catalog.model.bulk import table_of
from catalog.model.related import COUNTING
from catalog.model.tables import EquivalenceRow
from catalog.schema.context import RequestContext
from catalog.schema.relations.counting.asked import around, find_rows
from catalog.schema.relations.counting.names import Named, names_of
from catalog.schema.relations.counting.pages import credential_pages, page_of
from catalog.schema.relations.counting.shown import show_key, show_measures

By = CoverageDimension
EQUIVALENCE = table_of(EquivalenceRow).c


def oversupply(parents: Sequence[Any], context: RequestContext, filter: Any = None, **asked: Any) -> list[Any]:
    rows = find_rows(context, filter).view
    groups = find_groups(rows, around(context), _equivalents(context), context.check)
    by_key = {(one.region, *one.credentials): one for one in groups}
    names = {one.counted: one for one in names_of(context, By.DELIVERY_REGION, {one.region for one in groups}, whole=False)}

    def show(key: tuple[str, ...]) -> dict[str, Any]:
        return _show_group(by_key[key], names)

    page = page_of(list(by_key), context.page(**asked), context, "group", show)
    return [page] * len(parents)


def _show_group(group: Group, names: Mapping[str | None, Named]) -> dict[str, Any]:
    return {
        "region": show_key(By.DELIVERY_REGION, names[group.region]),
        "likeness": str(group.likeness),
        "_credentials": group.credentials,
        "measures": show_measures(group.measures) | {"_sharedBy": []},
    }


def group_credentials(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
    return list(credential_pages([parent["_credentials"] for parent in parents], context.page(**asked), context))


def _equivalents(context: RequestContext) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    query = select(EQUIVALENCE.equivalence, EQUIVALENCE.member).where(EQUIVALENCE.basis.in_(COUNTING))
    for row in context.connection.execute(query.order_by(EQUIVALENCE.equivalence, EQUIVALENCE.member)):
        found.setdefault(row.equivalence, []).append(row.member)
    return list(found.values())
