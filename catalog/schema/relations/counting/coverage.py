"""The root field `coverage`, its cells and the credentials behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import product as combinations
from math import prod
from typing import Any

from catalog.coverage.dimensions import CoverageDimension as By
from catalog.coverage.matrix import SHARED, Key, Matrix
from catalog.coverage.measures import Measures
from catalog.coverage.need import Figure, Need, load_need, shared_with
from catalog.errors import LimitExceeded
from catalog.model.documents import find_ids_by_slug
from catalog.model.vocabulary import RecordType
from catalog.schema.context import RequestContext
from catalog.schema.paging import Page
from catalog.schema.relations.counting.asked import Listed, around, find_rows, read_by
from catalog.schema.relations.counting.names import NOT_SPLIT, Named, names_of
from catalog.schema.relations.counting.pages import credential_pages, page_of
from catalog.schema.relations.counting.shown import show_key, show_measures

MOST_CELLS = 20_000
NEEDED = frozenset({By.OCCUPATION, By.SECTOR, By.REGION, By.DELIVERY_REGION})
"""Dimensions that figures of forecast openings have."""
NOTHING = Measures()


@dataclass
class Counted:
    """One matrix with its cells in order: those of the dimensions' values, then money that is shared by several of them."""

    listed: Listed
    matrix: Matrix
    with_empty: bool
    regions: Sequence[str] = ()
    """Codes that the filter asks for: figures are theirs."""

    @cached_property
    def names(self) -> list[dict[str | None, Named]]:
        """Of each dimension, by what is counted."""
        keys = self.matrix.cells.keys()
        found = []
        for place, by in enumerate(self.matrix.by):
            named = names_of(self.listed.context, by, (key[place] for key in keys), whole=self.with_empty)
            found.append({one.counted: one for one in named})
        return found

    @cached_property
    def keys(self) -> list[Key]:
        """Raises LimitExceeded (COVERAGE_TOO_LARGE)."""
        size = prod(map(len, self.names)) if self.with_empty else len(self.matrix.cells)
        if size > MOST_CELLS:
            message = f"that makes {size} cells; at most {MOST_CELLS} are listed: leave out a dimension, or includeEmpty"
            raise LimitExceeded(message, code="COVERAGE_TOO_LARGE", argument="by")
        if self.with_empty:
            return [*combinations(*self.names), *self.matrix.shared]
        order = [{value: place for place, value in enumerate(names)} for names in self.names]
        present = sorted(self.matrix.cells, key=lambda key: [own[value] for own, value in zip(order, key, strict=True)])
        return [*present, *self.matrix.shared]

    @cached_property
    def need(self) -> Need:
        return load_need(self.listed.context.connection) if NEEDED.issuperset(self.matrix.by) else Need()

    def show(self, key: Key) -> dict[str, Any]:
        measures = self.matrix.cells.get(key) or self.matrix.shared.get(key) or NOTHING
        figure = self._figure(key)
        names = [own.get(value, NOT_SPLIT) for own, value in zip(self.names, key, strict=True)]
        region = self._region(key) if figure else None
        shared = list(shared_with(figure, region)) if figure and region else []
        return {
            "keys": [show_key(by, named) for by, named in zip(self.matrix.by, names, strict=True)],
            "measures": show_measures(measures, figure) | {"_sharedBy": shared},
            "_counted": self,
            "_key": key,
        }

    def show_totals(self) -> dict[str, Any]:
        return show_measures(self.matrix.totals) | {"_sharedBy": []}

    def figure_id(self, key: Key) -> str | None:
        """Of the demand that the cell's forecast openings are from."""
        figure = self._figure(key)
        return figure.id if figure else None

    def _figure(self, key: Key) -> Figure | None:
        """Only where every dimension is one of the figure's, and none is unknown."""
        if not NEEDED.issuperset(self.matrix.by) or None in key or SHARED in key:
            return None
        occupation, sector = self._part(key, By.OCCUPATION), self._part(key, By.SECTOR)
        code = self._sector(sector) if sector else None
        try:
            region = self._region(key)
        except LookupError:
            return None
        return None if sector and code is None else self.need.of(occupation, code, region)

    def _part(self, key: Key, by: By) -> str | None:
        return next((value for one, value in zip(self.matrix.by, key, strict=True) if one is by), None)

    def _region(self, key: Key) -> str | None:
        """Whose figure the cell has; None: the province's. Raises LookupError where it is of several regions at once."""
        named = {self._part(key, By.REGION), self._part(key, By.DELIVERY_REGION), *self._filtered} - {None}
        if len(named) > 1:
            raise LookupError("no figure is of several regions")
        return next(iter(named), None)

    @cached_property
    def _filtered(self) -> list[str]:
        return list(find_ids_by_slug(self.listed.context.connection, RecordType.REGION, self.regions).values())

    def _sector(self, sector: str) -> str | None:
        """Figures name industries by code."""
        place = self.matrix.by.index(By.SECTOR)
        named = self.names[place].get(sector)
        return named.value.lower() if named and named.value else None


def coverage(
    parents: Sequence[Any],
    context: RequestContext,
    by: list[Any],
    filter: Any = None,
    include_empty: bool = True,  # noqa: FBT001 - an argument of the API
    at: datetime | None = None,
) -> list[Any]:
    return [show_coverage(count(context, read_by(by), filter, at, with_empty=include_empty is not False))] * len(parents)


def count(context: RequestContext, by: Sequence[By], filter: Any, at: datetime | None, *, with_empty: bool) -> Counted:
    listed = find_rows(context, filter, at)
    regions = [code.lower() for code in (filter or {}).get("regions") or ()]
    return Counted(listed, Matrix(listed.view, by, around(listed.context), context.check), with_empty, regions)


def show_coverage(counted: Counted) -> dict[str, Any]:
    return {
        "revision": counted.listed.revision,
        "at": counted.listed.context.now.isoformat(),
        "totals": counted.show_totals(),
        "_counted": counted,
    }


def cells(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
    page = context.page(**asked)
    return [_cells(parent["_counted"], page, context) for parent in parents]


def _cells(counted: Counted, page: Page, context: RequestContext) -> dict[str, Any]:
    return page_of(counted.keys, page, context, "cell", counted.show)


def credentials(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
    """Exactly those that the cell counts, in the order of their titles."""
    page = context.page(**asked)
    found: list[Any] = [None] * len(parents)
    for counted in {id(one["_counted"]): one["_counted"] for one in parents}.values():
        places = [place for place, one in enumerate(parents) if one["_counted"] is counted]
        behind = [counted.matrix.credentials(parents[place]["_key"]) for place in places]
        pages = credential_pages(behind, page, context, partial(counted.listed.documents, now=context))
        for place, shown in zip(places, pages, strict=True):
            found[place] = shown
    return found
