"""An offering's status now, in SQL: the questions of catalog.model.status.status_at in their order, held to it by tests."""

from datetime import UTC, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, literal, not_, or_, select

from catalog.model.bulk import table_of
from catalog.model.filter_sql.moment import Moment
from catalog.model.tables import DeliveryRow, DeliveryWindowRow, SeatEventRow, StatementRow
from catalog.model.vocabulary import OfferingStatus

DELIVERY = table_of(DeliveryRow).c
WINDOW = table_of(DeliveryWindowRow).c
SEAT = table_of(SeatEventRow).c
STATEMENT = table_of(StatementRow).c


def status_column(moment: Moment) -> ColumnElement[str]:
    """For a row of `delivery`; `usual` is no offering and has no status."""
    now = moment.now
    fresh = _is_fresh(moment)
    return case(
        (not_(DELIVERY.is_offering), OfferingStatus.UNKNOWN),
        (DELIVERY.cancelled, OfferingStatus.CANCELLED),
        (DELIVERY.ended_at <= now, OfferingStatus.ENDED),
        (DELIVERY.closes_at <= now, OfferingStatus.CLOSED),
        (DELIVERY.unscheduled, OfferingStatus.UNKNOWN),
        (DELIVERY.started_at <= now, OfferingStatus.STARTED),
        (
            func.coalesce(_seats_left(moment), 1) <= 0,
            case((DELIVERY.waitlist_open, OfferingStatus.WAITLIST), else_=literal(OfferingStatus.FULL)),
        ),
        (_own_window(_is_inside(moment, fresh)), OfferingStatus.OPEN),
        (_own_window(now < WINDOW.opens_at), OfferingStatus.UPCOMING),
        (
            and_(DELIVERY.self_paced, not_(exists().where(WINDOW.delivery == DELIVERY.id))),
            case((fresh, OfferingStatus.OPEN), else_=literal(OfferingStatus.UNKNOWN)),
        ),
        (now < DELIVERY.future_until, OfferingStatus.UPCOMING),
        else_=literal(OfferingStatus.UNKNOWN),
    )


def _own_window(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(WINDOW.delivery == DELIVERY.id, condition)


def _is_inside(moment: Moment, fresh: ColumnElement[bool]) -> ColumnElement[bool]:
    """A window that states only its close is open since the confirmation; one that states only its open, till the start."""
    now = moment.now
    today = now.astimezone(UTC).date()
    since = case((WINDOW.opens_at.is_(None), _confirmed_on() <= today), else_=WINDOW.opens_at <= now)
    believed = or_(DELIVERY.started_at.is_not(None), fresh)
    return case(
        (WINDOW.closes_at.is_(None), and_(WINDOW.opens_at.is_not(None), WINDOW.opens_at <= now, believed)),
        else_=and_(since, now < WINDOW.closes_at),
    )


def _is_fresh(moment: Moment) -> ColumnElement[bool]:
    """A confirmation speaks from its own day, counted in UTC, and for so many days after."""
    today = moment.now.astimezone(UTC).date()
    oldest = today - timedelta(days=moment.confirmation_days)
    return func.coalesce(_confirmed_on().between(oldest, today), literal(value=False))


def _confirmed_on() -> ScalarSelect[object]:
    return (
        select(func.max(STATEMENT.confirmed_on))
        .where(
            STATEMENT.thing == DELIVERY.credential,
            STATEMENT.source == DELIVERY.source,
            STATEMENT.until_commit.is_(None),
        )
        .correlate(table_of(DeliveryRow))
        .scalar_subquery()
    )


def _seats_left(moment: Moment) -> ScalarSelect[int]:
    """The newest count up to now; of two at one instant the smaller."""
    return (
        select(SEAT.seats_left)
        .where(SEAT.offering == DELIVERY.id, SEAT.at <= moment.now)
        .order_by(SEAT.at.desc(), SEAT.seats_left)
        .limit(1)
        .correlate(table_of(DeliveryRow))
        .scalar_subquery()
    )
