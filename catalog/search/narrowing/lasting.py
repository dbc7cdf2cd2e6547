"""Until when the clock changes nothing about some rows."""

from datetime import UTC, datetime, time, timedelta

import numpy as np

from catalog.db.types import to_microseconds
from catalog.search.narrowing.view import View

INSTANTS = ("ended_at", "started_at", "future_until", "closes_at")
MOMENTS = ("window_opens", "window_closes", "seat_moments")


def lasts_until(view: View) -> int:
    """The next instant, in microseconds since 1970, at which a status or an order may change; midnight UTC at the latest.

    Days are counted in UTC: confirmations begin and age with them, and so does what counts as a past start.
    """
    tomorrow = view.moment.now.astimezone(UTC).date() + timedelta(days=1)
    midnight = to_microseconds(datetime.combine(tomorrow, time.min, UTC))
    columns = [view.delivery(name) for name in INSTANTS]
    columns += [view.delivery_lists(name).values for name in MOMENTS]
    later = (column[column > view.now] for column in columns)
    return min([midnight, *(int(np.min(one)) for one in later if len(one))])
