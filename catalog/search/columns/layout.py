"""The columns there are: of credentials, and of their deliveries (offerings, `usual`, or one row where there is neither).

Numbers that are not stated are NaN, instants that are not stated `NEVER`, keys that are not stated 0.
"""

import numpy as np

NEVER = np.iinfo(np.int64).max
"""An instant that does not come: microseconds since 1970 otherwise."""
ID = "S36"
TITLE = "S80"

CREDENTIAL: dict[str, str] = {
    "id": ID,
    "hash": "u8",  # of everything that was indexed of it
    "kind": "u8",
    "credit_status": "u8",
    "hours_min": "f8",
    "hours_max": "f8",
    "title": TITLE,  # folded, cut: the order of titles
    "updated_at": "i8",
    "completeness": "f4",  # share of what a learner looks for that is stated
    "is_funded": "?",
    "is_counted": "?",  # false for illustrations and for what its record says is not to be counted
    "provider": "u8",
    "lifecycle": "u8",
    "registration": "u8",
}
CREDENTIAL_LISTS: dict[str, str] = {
    "institutions": "u8",
    "skills": "u8",
    "occupations": "u8",
    "sectors": "u8",  # its codes and every NAICS code in them
    "own_sectors": "u8",
    "themes": "u8",
    "audiences": "u8",
    "menus": "u8",
    "pathways": "u8",
    "titles": "u8",  # folded titles in every language
    "names": "u8",  # folded names and short names of the provider
    "programs": "u8",  # that may be spent on it
    "funders": "u8",  # institutions that it names as such
    "components": "u8",
}
DELIVERY: dict[str, str] = {
    "credential": "i8",  # the number of its credential
    "id": ID,  # empty where it is no offering
    "is_delivery": "?",  # false for the one row of a credential without offerings and usual
    "is_offering": "?",
    "mode": "u8",
    "attendance": "u1",  # one bit for each word of the vocabulary
    "price_min": "f8",  # cents
    "price_max": "f8",
    "weeks_min": "f8",
    "weeks_max": "f8",
    "starts_earliest": "f8",  # days, as date.toordinal
    "starts_latest": "f8",
    "no_cost": "i1",  # 1, 0, or -1 where not known
    "cancelled": "?",
    "unscheduled": "?",
    "self_paced": "?",
    "waitlist_open": "?",
    "ended_at": "i8",
    "started_at": "i8",
    "future_until": "i8",
    "closes_at": "i8",
    "confirmed_on": "f8",
    "seats": "f8",
    "price": "f8",  # cents, where what a domestic learner pays is one known amount in Canadian dollars
}
DELIVERY_LISTS: dict[str, str] = {
    "languages": "u8",
    "places": "u8",
    "place_kinds": "u1",
    "window_opens": "i8",
    "window_closes": "i8",
    "seat_moments": "i8",
    "seats_left": "i8",
    "includes": "u8",  # offerings that are bought with it
    "seats_shared": "u8",  # offerings that draw from the same seats
    "pools": "u1",  # which of its pools it shares with each of them
    "pool_seats": "f8",  # how many that pool has
    "funders": "u8",  # institutions that it names as such, besides its credential
}
CAMPUS, ONLINE, ELSEWHERE = 1, 2, 3
"""Kinds of place: a campus of ours, taught online, a community or nothing that is named."""
TABLES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "credential": (CREDENTIAL, CREDENTIAL_LISTS),
    "delivery": (DELIVERY, DELIVERY_LISTS),
}
FORMAT = 4
"""Raised with every change of these columns or of what is indexed: an index of another format is built anew."""
