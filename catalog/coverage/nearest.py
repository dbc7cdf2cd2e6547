"""What would serve a need from elsewhere: how far away it is taught, or that it is taught online."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from catalog.coverage.dimensions import Around
from catalog.model.distance import distance_km
from catalog.model.vocabulary import DeliveryMode, OfferingStatus
from catalog.search.columns.keys import key_of
from catalog.search.columns.layout import ONLINE
from catalog.search.columns.ragged import Mask, Rows
from catalog.search.narrowing.statuses import NUMBER, statuses
from catalog.search.narrowing.view import View

OVER = [NUMBER[one] for one in (OfferingStatus.ENDED, OfferingStatus.CANCELLED, OfferingStatus.CLOSED)]

CHECK_EVERY = 1_000
REMOTE = (DeliveryMode.ONLINE, DeliveryMode.ONLINE_LIVE, DeliveryMode.ONLINE_ANYTIME)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A credential (id). `km` from the nearest campus of the region; None: not known, or no region was named."""

    credential: str
    km: float | None
    is_online: bool

    @property
    def rank(self) -> tuple[float, bool, str]:
        return (inf if self.km is None else self.km, not self.is_online, self.credential)


def alternatives(
    view: View,
    rows: Rows,
    around: Around,
    regions: frozenset[str] | None,
    limit: int,
    check: Callable[[], None] = lambda: None,
) -> list[Alternative]:
    """Of these rows, without what is over; each credential by the nearest of its own. One of them is online, if any is."""
    going = rows[~np.isin(statuses(view)[rows], OVER)]
    origins = [
        one.coordinates
        for one in around.campuses.values()
        if regions is not None and one.region in regions and one.coordinates is not None
    ]
    taught = _places(view, going, around)
    ids, online = view.credential("id"), _online(view)
    found: dict[str, Alternative] = {}
    for number, row in enumerate(going.tolist()):
        if number % CHECK_EVERY == 0:
            check()
        credential = ids[view.owner[row]].decode()
        km = min((distance_km(here, there) for here in origins for there in taught.get(row, ())), default=None)
        one = Alternative(credential, None if km is None else round(km, 1), bool(online[row]))
        if credential not in found or one.rank < found[credential].rank:
            found[credential] = one
    first = sorted(found.values(), key=lambda one: one.rank)
    reachable = next((one for one in first if one.is_online), None)
    if reachable is None or reachable in first[:limit]:
        return first[:limit]
    return [*first[: limit - 1], reachable]


def _places(view: View, rows: Rows, around: Around) -> dict[int, list[tuple[float, float]]]:
    known = {key_of(campus): own.coordinates for campus, own in around.campuses.items() if own.coordinates is not None}
    places = view.delivery_lists("places")
    kept = np.isin(places.owners, rows) & np.isin(places.values, np.array(list(known), dtype=np.uint64))
    found: dict[int, list[tuple[float, float]]] = {}
    for row, key in zip(places.owners[kept].tolist(), places.values[kept].tolist(), strict=True):
        found.setdefault(row, []).append(known[key])
    return found


def _online(view: View) -> Mask:
    """Where no place has to be gone to."""
    kinds, modes = view.delivery_lists("place_kinds"), [key_of(str(one)) for one in REMOTE]
    online: Mask = kinds.any(kinds.values == ONLINE) | np.isin(view.delivery("mode"), modes)
    return online
