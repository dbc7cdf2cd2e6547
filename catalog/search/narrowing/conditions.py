"""What CredentialFilter means, over columns: the same answers as catalog.model.filter.matches, held to it by tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from catalog.model.filter import OFFERING_CONDITIONS, Bounds, CredentialFilter
from catalog.model.filter_sql import CredentialQuery, Places, to_cents
from catalog.model.vocabulary import Attendance, CreditStatus, OfferingStatus
from catalog.search.columns.keys import UNKNOWN, key_of
from catalog.search.columns.layout import CAMPUS, ELSEWHERE, ONLINE
from catalog.search.columns.ragged import Array, Mask, Owned, is_among
from catalog.search.narrowing.statuses import NUMBER, statuses
from catalog.search.narrowing.view import View

PLACE_CONDITIONS = ("regions", "cities", "campuses", "near")
"""In the order in which find_places gives their places."""


@dataclass(frozen=True, slots=True)
class Answers:
    """For each row or credential: fits, or may fit since it does not say."""

    fits: Mask
    unknown: Mask

    def kept(self, *, include_unknown: bool) -> Mask:
        return self.fits | self.unknown if include_unknown else self.fits & ~self.unknown


Asked: TypeAlias = Callable[[View, CredentialQuery], Answers]


def masks(view: View, query: CredentialQuery) -> dict[str, Mask]:
    """By the names of the conditions that are asked for: for each row, whether it stays."""
    wanted = query.wanted
    found: dict[str, Mask] = {}
    for name, asked in CREDENTIAL_CONDITIONS.items():
        if getattr(wanted, name) is not None:
            kept = asked(view, query).kept(include_unknown=wanted.include_unknown)
            found[name] = view.spread(kept)
    silent = ~view.delivery("is_delivery")
    for name, answers in _delivery_answers(view, query):
        kept = answers.kept(include_unknown=wanted.include_unknown)
        found[name] = np.where(silent, wanted.include_unknown, kept)
    return found


def _delivery_answers(view: View, query: CredentialQuery) -> Iterator[tuple[str, Answers]]:
    wanted = query.wanted
    placed = [name for name in PLACE_CONDITIONS if getattr(wanted, name) is not None]
    for name, places in zip(placed, query.places, strict=True):
        yield name, _placed(view, places)
    for name, asked in DELIVERY_CONDITIONS.items():
        if getattr(wanted, name) is not None:
            yield name, asked(view, query)


def _keys(values: frozenset[str]) -> Array:
    return np.array([key_of(one) for one in sorted(values)], dtype=np.uint64)


def _among(owned: Owned, wanted: frozenset[str]) -> Answers:
    return Answers(owned.any(is_among(owned.values, _keys(wanted))), ~owned.present)


def _one_of(known: Array, wanted: Array) -> Answers:
    unknown = known == UNKNOWN
    return Answers(is_among(known, wanted) & ~unknown, unknown)


def _named(column: str, condition: str, *, is_known: bool = False, lower: bool = False) -> Asked:
    """A list of credentials; `is_known`: an empty one is an answer."""

    def asked(view: View, query: CredentialQuery) -> Answers:
        value = getattr(query.wanted, condition)
        named = value if isinstance(value, frozenset) else frozenset({value})
        answers = _among(view.credential_lists(column), frozenset(map(str.lower, named)) if lower else named)
        return Answers(answers.fits, np.zeros_like(answers.unknown)) if is_known else answers

    return asked


def _kinds(view: View, query: CredentialQuery) -> Answers:
    return _one_of(view.credential("kind"), _keys(frozenset(map(str, query.wanted.kinds or ()))))


def _credit_status(view: View, query: CredentialQuery) -> Answers:
    wanted = frozenset(map(str, query.wanted.credit_status or ())) - {CreditStatus.NOT_STATED}
    return _one_of(view.credential("credit_status"), _keys(wanted))


def _hours(view: View, query: CredentialQuery) -> Answers:
    return within(query.wanted.hours or (None, None), view.credential("hours_min"), view.credential("hours_max"))


def within(wanted: Bounds, low: Array, high: Array) -> Answers:
    """As catalog.model.filter.within; NaN is a bound that is not stated."""
    least = -np.inf if wanted[0] is None else float(wanted[0])
    greatest = np.inf if wanted[1] is None else float(wanted[1])
    misses = (high < least) | (low > greatest)
    fits = ((low >= least) | (wanted[0] is None)) & ((high <= greatest) | (wanted[1] is None))
    if wanted == (None, None):
        fits = np.ones(len(low), dtype=np.bool_)
    return Answers(fits & ~misses, ~fits & ~misses)


def _placed(view: View, places: Places) -> Answers:
    kinds, named = view.delivery_lists("place_kinds"), view.delivery_lists("places")
    at_campus, elsewhere = kinds.values == CAMPUS, kinds.values == ELSEWHERE
    fits = at_campus & is_among(named.values, _keys(places.fitting))
    fits |= elsewhere & is_among(named.values, _keys(places.communities))
    if places.online:
        fits |= kinds.values == ONLINE
    fitting = kinds.any(fits)
    silent = elsewhere | (at_campus & is_among(named.values, _keys(places.silent)))
    return Answers(fitting, (kinds.any(silent) | ~kinds.present) & ~fitting)


def _modes(view: View, query: CredentialQuery) -> Answers:
    return _one_of(view.delivery("mode"), _keys(frozenset(map(str, query.wanted.modes or ()))))


def _attendance(view: View, query: CredentialQuery) -> Answers:
    wanted = sum(1 << number for number, one in enumerate(Attendance) if one in (query.wanted.attendance or ()))
    known = view.delivery("attendance")
    return Answers((known != 0) & ((known & ~np.uint8(wanted)) == 0), known == 0)


def _languages(view: View, query: CredentialQuery) -> Answers:
    return _among(view.delivery_lists("languages"), frozenset(map(str.lower, query.wanted.languages or ())))


def _price(view: View, query: CredentialQuery) -> Answers:
    cents = to_cents(query.wanted.price or (None, None))
    return within(cents, view.delivery("price_min"), view.delivery("price_max"))


def _weeks(view: View, query: CredentialQuery) -> Answers:
    return within(query.wanted.weeks or (None, None), view.delivery("weeks_min"), view.delivery("weeks_max"))


def _starts_after(view: View, query: CredentialQuery) -> Answers:
    return _starts(view, query.wanted)


def _starts_before(view: View, query: CredentialQuery) -> Answers:
    """Where both are asked, the other condition has answered for both."""
    if query.wanted.starts_after is not None:
        everything = np.ones(len(view.rows), dtype=np.bool_)
        return Answers(everything, ~everything)
    return _starts(view, query.wanted)


def _starts(view: View, wanted: CredentialFilter) -> Answers:
    after = None if wanted.starts_after is None else float(wanted.starts_after.toordinal())
    before = None if wanted.starts_before is None else float(wanted.starts_before.toordinal())
    return within((after, before), view.delivery("starts_earliest"), view.delivery("starts_latest"))


def _status(view: View, query: CredentialQuery) -> Answers:
    wanted = query.wanted.status or frozenset()
    known = statuses(view)
    fits = is_among(known, np.array([NUMBER[one] for one in wanted]))
    return Answers(fits, (known == NUMBER[OfferingStatus.UNKNOWN]) & ~fits)


def _no_cost(view: View, query: CredentialQuery) -> Answers:
    known = view.delivery("no_cost")
    return Answers(known == int(bool(query.wanted.no_cost_to_learner)), known < 0)


def _eligible(view: View, query: CredentialQuery) -> Answers:
    """Worked out for the credentials that hold the words, one by one."""
    assert query.eligibility is not None, "whoever asks what may be taken says for whom"
    known = [query.eligibility.answer(one.decode()) for one in view.credential("id")]
    fits = np.array([one is query.wanted.eligible_now for one in known], dtype=np.bool_)
    return Answers(fits, np.array([one is None for one in known], dtype=np.bool_))


CREDENTIAL_CONDITIONS: dict[str, Asked] = {
    "kinds": _kinds,
    "institutions": _named("institutions", "institutions", is_known=True),
    "skills": _named("skills", "skills"),
    "occupations": _named("occupations", "occupations", lower=True),
    "sectors": _named("sectors", "sectors", lower=True),
    "themes": _named("themes", "themes", lower=True),
    "audiences": _named("audiences", "audiences"),
    "credit_status": _credit_status,
    "hours": _hours,
    "eligible_now": _eligible,
    "menu": _named("menus", "menu", is_known=True),
    "pathway": _named("pathways", "pathway", is_known=True),
}
DELIVERY_CONDITIONS: dict[str, Asked] = {
    "modes": _modes,
    "attendance": _attendance,
    "languages": _languages,
    "price": _price,
    "weeks": _weeks,
    "starts_after": _starts_after,
    "starts_before": _starts_before,
    "status": _status,
    "no_cost_to_learner": _no_cost,
}
assert {*DELIVERY_CONDITIONS, *PLACE_CONDITIONS} == set(OFFERING_CONDITIONS)
