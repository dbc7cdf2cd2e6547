"""Conditions on ONE delivery: an offering, or `usual` where there is none."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, true

from catalog.model.bulk import table_of
from catalog.model.filter import Bounds, CredentialFilter
from catalog.model.filter_sql.bounds import inside
from catalog.model.filter_sql.moment import Moment
from catalog.model.filter_sql.places import Places
from catalog.model.filter_sql.status import status_column
from catalog.model.tables import DeliveryPlaceRow, DeliveryRow, DeliveryTagRow
from catalog.model.vocabulary import OfferingStatus

DELIVERY = table_of(DeliveryRow).c
PLACE = table_of(DeliveryPlaceRow).c
TAG = table_of(DeliveryTagRow).c
CENTS = 100
MOST_CENTS = 10**15  # more than any price; the column takes it


def delivery_conditions(
    wanted: CredentialFilter, moment: Moment | None, places: tuple[Places, ...]
) -> list[ColumnElement[bool]]:
    unknown = wanted.include_unknown
    placed = [_placed(one, keep_unknown=unknown) for one in places]
    return [*placed, *_tags(wanted), *_values(wanted, moment)]


def _placed(places: Places, *, keep_unknown: bool) -> ColumnElement[bool]:
    """Some place fits; or, where that may stay open, some place does not say, or none is stated."""
    campuses = places.fitting | places.silent if keep_unknown else places.fitting
    fits: list[ColumnElement[bool]] = []
    if campuses:
        fits.append(PLACE.campus.in_(campuses))
    if places.online:
        fits.append(PLACE.is_online)
    if keep_unknown:
        fits.append(and_(PLACE.campus.is_(None), not_(PLACE.is_online)))
    elif places.communities:
        fits.append(PLACE.community_key.in_(places.communities))
    if not fits:
        return false()
    matching = exists().where(PLACE.delivery == DELIVERY.id, or_(*fits))
    return or_(matching, not_(DELIVERY.is_placed)) if keep_unknown else matching


def _tags(wanted: CredentialFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.attendance is not None:
        own = exists().where(TAG.delivery == DELIVERY.id, TAG.kind == "attendance")
        others = own.where(TAG.value.not_in(wanted.attendance))
        yield not_(others) if wanted.include_unknown else and_(own, not_(others))
    if wanted.languages is not None:
        own = exists().where(TAG.delivery == DELIVERY.id, TAG.kind == "language")
        matching = own.where(TAG.value.in_([one.lower() for one in wanted.languages]))
        yield or_(matching, not_(own)) if wanted.include_unknown else matching


def _values(wanted: CredentialFilter, moment: Moment | None) -> Iterator[ColumnElement[bool]]:
    unknown = wanted.include_unknown
    if wanted.modes is not None:
        yield _equal(DELIVERY.mode, DELIVERY.mode.in_(wanted.modes), keep_unknown=unknown)
    if wanted.price is not None:
        yield inside(to_cents(wanted.price), (DELIVERY.price_min_cents, DELIVERY.price_max_cents), keep_unknown=unknown)
    if wanted.weeks is not None:
        yield inside(wanted.weeks, (DELIVERY.weeks_min, DELIVERY.weeks_max), keep_unknown=unknown)
    if wanted.starts_after is not None or wanted.starts_before is not None:
        bounds = (wanted.starts_after, wanted.starts_before)
        yield inside(bounds, (DELIVERY.starts_earliest, DELIVERY.starts_latest), keep_unknown=unknown)
    if wanted.status is not None:
        assert moment is not None, "a filter by status comes with its moment"
        accepted = wanted.status | {OfferingStatus.UNKNOWN} if unknown else wanted.status
        yield status_column(moment).in_(accepted)
    if wanted.no_cost_to_learner is not None:
        fits = DELIVERY.no_cost.is_(true() if wanted.no_cost_to_learner else false())
        yield _equal(DELIVERY.no_cost, fits, keep_unknown=unknown)


def _equal(known: ColumnElement[Any], fits: ColumnElement[bool], *, keep_unknown: bool) -> ColumnElement[bool]:
    return or_(fits, known.is_(None)) if keep_unknown else and_(known.is_not(None), fits)


def to_cents(bounds: Bounds) -> tuple[int | None, int | None]:
    """Prices are whole cents: a finer bound is the next cent inside it."""
    least, greatest = bounds
    return _whole(least, ROUND_CEILING), _whole(greatest, ROUND_FLOOR)


def _whole(amount: float | Decimal | None, rounding: str) -> int | None:
    if amount is None:
        return None
    cents = (Decimal(amount) * CENTS).to_integral_value(rounding)
    return max(-MOST_CENTS, min(MOST_CENTS, int(cents)))
