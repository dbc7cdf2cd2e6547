"""The root field `gaps`, and what is worked out of a gap only where it is asked."""

from collections.abc import Sequence
from typing import Any

from catalog.coverage.dimensions import CoverageDimension
from catalog.coverage.gaps import NOTE
from catalog.coverage.need import load_need
from catalog.coverage.short_training import TEERS
from catalog.coverage.years import fiscal_year, read_fiscal_year
from catalog.errors import ArgumentInvalid
from catalog.model.documents import find_ids_by_slug
from catalog.model.vocabulary import RecordType
from catalog.model.zones import day_in
from catalog.schema.context import RequestContext
from catalog.schema.relations.counting.asked import around, find_rows
from catalog.schema.relations.counting.pages import page_of
from catalog.schema.relations.counting.ranked import Nearest, Ranked

By = CoverageDimension
NEEDED = (By.OCCUPATION, By.SECTOR, By.REGION, By.DELIVERY_REGION)
ZONE = "America/Vancouver"
"""Whose days a fiscal year of the Province has."""
NONE_LISTED = "Which professions are regulated is not known here."
NO_FIGURES = "None are published for this question: `catalog demand import` takes them in."


def gaps(
    parents: Sequence[Any],
    context: RequestContext,
    by: Any,
    filter: Any = None,
    region: str | None = None,
    year: str | None = None,
    teers: list[str] | None = None,
    **asked: Any,
) -> list[Any]:
    wanted = By(by)
    if wanted not in NEEDED:
        names = ", ".join(NEEDED)
        message = f"there are figures of forecast openings for {names}; not for {wanted}"
        raise ArgumentInvalid(message, argument="by")
    _check_teers(teers)
    need, asked_year = load_need(context.connection), _read_year(year, context)
    place = _region(region, filter, context)
    if place is not None and wanted in (By.REGION, By.DELIVERY_REGION):
        message = "by regions, every region is looked at: leave region out"
        raise ArgumentInvalid(message, argument="region")
    rows = find_rows(context, _anywhere(filter)).view
    ranked = Ranked(context, wanted, need, rows, around(context), asked_year, place, None if teers is None else set(teers))
    page = page_of(list(ranked.by_key), context.page(**asked), context, "gap", ranked.show)
    knows_regulated = context.short_training.regulated is not None or wanted is not By.OCCUPATION
    note = " ".join([NOTE, *([] if ranked.by_key else [NO_FIGURES]), *([] if knows_regulated else [NONE_LISTED])])
    return [page | {"note": note, "year": asked_year, "teers": ranked.teers_shown, "_region": place}] * len(parents)


def _anywhere(filter: Any) -> Any:
    """Seats are counted where they are taught; what is taught elsewhere is an alternative, so no place is left out yet."""
    return {name: value for name, value in (filter or {}).items() if name != "regions"}


def _check_teers(teers: Sequence[str] | None) -> None:
    if teers is not None and not (teers and set(teers) <= set(TEERS)):
        message = f"teers takes one or more of {', '.join(TEERS)}"
        raise ArgumentInvalid(message, argument="teers")


def _read_year(year: str | None, context: RequestContext) -> str:
    if year is None:
        return fiscal_year(day_in(context.now, ZONE))
    try:
        read_fiscal_year(year)
    except ValueError as error:
        raise ArgumentInvalid(str(error), argument="year") from error
    return year


def _region(region: str | None, filter: Any, context: RequestContext) -> str | None:
    """The id of the one region that is asked about. Raises ArgumentInvalid."""
    named = (filter or {}).get("regions") or []
    if region is None and len(named) > 1:
        message = "figures are for one region at a time, or for the whole province: name one"
        raise ArgumentInvalid(message, argument="filter.regions")
    if region is not None and named and region.lower() != named[0].lower():
        message = "region and filter.regions name different regions"
        raise ArgumentInvalid(message, argument="region")
    code = region if region is not None else named[0] if named else None
    if code is None:
        return None
    found = find_ids_by_slug(context.connection, RecordType.REGION, [code])
    if code not in found:
        message = f"there is no region {code!r}; `regions` lists their codes"
        raise ArgumentInvalid(message, argument="region" if region is not None else "filter.regions")
    return found[code]


def nearest(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    """Documents of those that can be shown; one statement for all."""
    ids = [[one.credential for one in own.found] for own in _nearest(parents)]
    found = context.documents(one for own in ids for one in own)
    return [[found[one] for one in own if one in found] for own in ids]


def nearest_through(parents: Sequence[Any], _context: RequestContext) -> list[Any]:
    return [own.through and str(own.through) for own in _nearest(parents)]


def nearest_km(parents: Sequence[Any], _context: RequestContext) -> list[float | None]:
    return [next((one.km for one in own.found if one.km is not None), None) for own in _nearest(parents)]


def nearest_online(parents: Sequence[Any], _context: RequestContext) -> list[bool]:
    return [any(one.is_online for one in own.found) for own in _nearest(parents)]


def unmet_askers(parents: Sequence[Any], _context: RequestContext) -> list[int | None]:
    return [parent["_ranked"].unmet_askers(parent["_key"]) for parent in parents]


def _nearest(parents: Sequence[Any]) -> list[Nearest]:
    return [parent["_ranked"].nearest(parent["_key"]) for parent in parents]
