"""The status of many offerings now: the questions of catalog.model.status.status_at in their order, held to it by tests."""

from datetime import UTC

import numpy as np

from catalog.model.status import CURRENT
from catalog.model.vocabulary import OfferingStatus
from catalog.search.columns.layout import NEVER
from catalog.search.columns.ragged import Array, Mask
from catalog.search.narrowing.view import View

ORDER = tuple(OfferingStatus)
NUMBER = {status: number for number, status in enumerate(ORDER)}
IS_CURRENT = np.array([status in CURRENT for status in ORDER])


def statuses(view: View) -> Array:
    """For each row, the number of its status in ORDER; `usual` is no offering and has none: UNKNOWN."""
    return view.worked_out("status", _statuses)


def _statuses(view: View) -> Array:
    """The questions from the last to the first: whichever is asked first has the last word."""
    now, future = view.now, view.delivery("future_until")
    fresh = _is_fresh(view)
    is_open, opens_later, has_window = _windows(view, fresh)
    left, is_counted = seats_left(view)
    is_full = is_counted & (left <= 0)
    always = view.delivery("self_paced") & ~has_window
    found = np.full(len(view.rows), NUMBER[OfferingStatus.UNKNOWN], dtype=np.int64)
    for asked, answer in (
        ((future != NEVER) & (now < future), OfferingStatus.UPCOMING),
        (always, OfferingStatus.UNKNOWN),
        (always & fresh, OfferingStatus.OPEN),
        (opens_later, OfferingStatus.UPCOMING),
        (is_open, OfferingStatus.OPEN),
        (is_full, OfferingStatus.FULL),
        (is_full & view.delivery("waitlist_open"), OfferingStatus.WAITLIST),
        (view.delivery("started_at") <= now, OfferingStatus.STARTED),
        (view.delivery("unscheduled"), OfferingStatus.UNKNOWN),
        (view.delivery("closes_at") <= now, OfferingStatus.CLOSED),
        (view.delivery("ended_at") <= now, OfferingStatus.ENDED),
        (view.delivery("cancelled"), OfferingStatus.CANCELLED),
        (~view.delivery("is_offering"), OfferingStatus.UNKNOWN),
    ):
        np.putmask(found, asked, NUMBER[answer])
    return found


def _today(view: View) -> int:
    return view.moment.now.astimezone(UTC).date().toordinal()


def _is_fresh(view: View) -> Mask:
    on, today = view.delivery("confirmed_on"), _today(view)
    fresh: Mask = (on >= today - view.moment.confirmation_days) & (on <= today)
    return fresh


def _windows(view: View, fresh: Mask) -> tuple[Mask, Mask, Mask]:
    """Whether now is inside a window; whether one opens later; whether there is any."""
    opens, closes = view.delivery_lists("window_opens"), view.delivery_lists("window_closes")
    now, owners = view.now, opens.owners
    believed = ((view.delivery("started_at") != NEVER) | fresh)[owners]
    confirmed = (view.delivery("confirmed_on") <= _today(view))[owners]
    since = np.where(opens.values == NEVER, confirmed, opens.values <= now)
    inside = np.where(closes.values == NEVER, (opens.values <= now) & believed, since & (now < closes.values))
    later = (opens.values != NEVER) & (now < opens.values)
    return opens.any(inside), opens.any(later), opens.present


def seats_left(view: View) -> tuple[Array, Mask]:
    """For each row the newest count up to now, which stands last, and whether anybody has counted."""
    moments, left = view.delivery_lists("seat_moments"), view.delivery_lists("seats_left")
    known = moments.values <= view.now
    found, is_counted = np.zeros(len(view.rows), dtype=np.int64), np.zeros(len(view.rows), dtype=np.bool_)
    found[moments.owners[known]] = left.values[known]
    is_counted[moments.owners[known]] = True
    return found, is_counted
