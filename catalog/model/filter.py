"""What CredentialFilter means, in one place; every list, search, menu, count and export must agree with `matches`.

Within a field OR, between fields AND. Offering conditions must all hold for ONE offering (or for `usual` where there is
none). Each condition answers yes, no or unknown; `include_unknown` keeps a row whose answer is unknown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from catalog.model.distance import distance_km, is_across_water
from catalog.model.vocabulary import Attendance, Audience, CredentialKind, CreditStatus, DeliveryMode, OfferingStatus

ONLINE = "ONLINE"
MOST_IN_RANGE = 100  # NAICS sectors have two digits
TAUGHT_ONLINE = frozenset(
    {DeliveryMode.ONLINE, DeliveryMode.ONLINE_LIVE, DeliveryMode.ONLINE_ANYTIME},
)
"""Modes that are at the place ONLINE when no campus is named."""
Answer: TypeAlias = bool | None
Bounds: TypeAlias = tuple[float | Decimal | None, float | Decimal | None]


@dataclass(frozen=True, slots=True)
class Near:
    latitude: float
    longitude: float
    km: float
    include_online: bool = True
    landmass: str | None = None
    """Where the learner is, where that is known: what lies across water is not promised to be near."""


@dataclass(frozen=True, slots=True)
class CredentialFilter:
    """None: no condition. Names are those of the API's input."""

    kinds: frozenset[CredentialKind] | None = None
    institutions: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    cities: frozenset[str] | None = None
    campuses: frozenset[str] | None = None
    modes: frozenset[DeliveryMode] | None = None
    attendance: frozenset[Attendance] | None = None
    skills: frozenset[str] | None = None
    occupations: frozenset[str] | None = None
    sectors: frozenset[str] | None = None
    themes: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    credit_status: frozenset[CreditStatus] | None = None
    audiences: frozenset[Audience] | None = None
    price: Bounds | None = None
    hours: Bounds | None = None
    weeks: Bounds | None = None
    starts_after: date | None = None
    starts_before: date | None = None
    status: frozenset[OfferingStatus] | None = None
    no_cost_to_learner: bool | None = None
    near: Near | None = None
    eligible_now: bool | None = None
    menu: str | None = None
    pathway: str | None = None
    include_unknown: bool = True


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where something is taught; online teaching has campus, region and city ONLINE and no coordinates."""

    campus: str | None = None
    city: str | None = None
    region: str | None = None
    coordinates: tuple[float, float] | None = None
    landmass: str | None = None
    community: str | None = None
    """A place without a campus, in words that may name a city."""


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """What is known of one offering. Empty sets and None: not stated."""

    places: tuple[PlaceFacts, ...] = ()
    mode: DeliveryMode | None = None
    attendance: frozenset[Attendance] = frozenset()
    languages: frozenset[str] = frozenset()
    price: Bounds | None = None
    weeks: Bounds | None = None
    starts: tuple[date | None, date | None] | None = None
    status: OfferingStatus = OfferingStatus.UNKNOWN
    no_cost_to_learner: Answer = None


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    kind: CredentialKind
    institutions: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    occupations: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    credit_status: CreditStatus | None = None
    audiences: frozenset[Audience] = frozenset()
    hours: Bounds | None = None
    offerings: tuple[OfferingFacts, ...] = ()
    usual: OfferingFacts | None = None
    eligible: Answer = None
    menus: frozenset[str] = field(default_factory=frozenset)
    pathways: frozenset[str] = field(default_factory=frozenset)


def matches(wanted: CredentialFilter, facts: CredentialFacts) -> bool:
    """Whether the credential stays."""
    keep = _keeper(include_unknown=wanted.include_unknown)
    if not all(keep(answer) for answer in _credential_answers(wanted, facts)):
        return False
    runs = facts.offerings or ((facts.usual,) if facts.usual else ())
    if not runs:
        return wanted.include_unknown or not _has_offering_conditions(wanted)
    return any(all(keep(answer) for answer in _offering_answers(wanted, run, facts)) for run in runs)


def _keeper(*, include_unknown: bool) -> Callable[[Answer], bool]:
    return lambda answer: include_unknown if answer is None else answer


def _has_offering_conditions(wanted: CredentialFilter) -> bool:
    return any(getattr(wanted, name) is not None for name in OFFERING_CONDITIONS)


OFFERING_CONDITIONS = [
    "regions",
    "cities",
    "campuses",
    "modes",
    "attendance",
    "languages",
    "price",
    "weeks",
    "starts_after",
    "starts_before",
    "status",
    "no_cost_to_learner",
    "near",
]


def _credential_answers(wanted: CredentialFilter, facts: CredentialFacts) -> Iterable[Answer]:
    yield wanted.kinds is None or facts.kind in wanted.kinds
    yield wanted.institutions is None or not wanted.institutions.isdisjoint(facts.institutions)
    yield _overlap(wanted.skills, facts.skills)
    yield _overlap(wanted.occupations, facts.occupations)
    yield _overlap(wanted.sectors, frozenset(key for code in facts.sectors for key in sector_keys(code)))
    yield _overlap(wanted.themes, facts.themes)
    yield _one_of(wanted.credit_status, None if facts.credit_status is CreditStatus.NOT_STATED else facts.credit_status)
    yield _overlap(wanted.audiences, facts.audiences)
    yield within(wanted.hours, facts.hours)
    yield wanted.eligible_now is None or (None if facts.eligible is None else facts.eligible == wanted.eligible_now)
    yield wanted.menu is None or wanted.menu in facts.menus
    yield wanted.pathway is None or wanted.pathway in facts.pathways


def _offering_answers(wanted: CredentialFilter, run: OfferingFacts, facts: CredentialFacts) -> Iterable[Answer]:
    yield _placed(wanted.regions, [place.region for place in run.places])
    yield _in_city(_keys(city_key, wanted.cities), run.places)
    yield _placed(wanted.campuses, [place.campus for place in run.places])
    yield _one_of(wanted.modes, run.mode)
    yield wanted.attendance is None or (run.attendance <= wanted.attendance if run.attendance else None)
    yield _spoken(wanted.languages, run.languages or facts.languages)
    yield within(wanted.price, run.price)
    yield within(wanted.weeks, run.weeks)
    yield _starts(wanted, run)
    yield _status(wanted.status, run.status)
    yield _same(wanted.no_cost_to_learner, run.no_cost_to_learner)
    yield wanted.near is None or _is_near(wanted.near, run.places)


def city_key(city: str) -> str:
    """A city as it is compared: capitals do not count."""
    return city.casefold()


def language_keys(tag: str) -> list[str]:
    """A BCP 47 tag and its prefixes: who asks for fr also wants fr-CA."""
    subtags = tag.lower().split("-")
    return ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]


def sector_keys(code: str) -> list[str]:
    """A code of industries and every NAICS code in it: `51_71` is also 51 and 71, `31-33` also 31, 32 and 33."""
    found = [code]
    for part in code.split("_"):
        first, _, last = part.partition("-")
        whole = first.isdecimal() and last.isdecimal() and len(first) == len(last) and int(last) - int(first) < MOST_IN_RANGE
        found += [str(number) for number in range(int(first), int(last) + 1)] if whole else [part]
    return list(dict.fromkeys(found))


def is_taught_online(mode: DeliveryMode | None) -> bool:
    return mode in TAUGHT_ONLINE


def _keys(key: Callable[[str], str], wanted: frozenset[str] | None) -> frozenset[str] | None:
    return None if wanted is None else frozenset(key(one) for one in wanted)


def _spoken(wanted: frozenset[str] | None, known: frozenset[str]) -> Answer:
    return _overlap(_keys(str.lower, wanted), frozenset(key for tag in known for key in language_keys(tag)))


def _overlap(wanted: frozenset[str] | None, known: frozenset[str]) -> Answer:
    if wanted is None:
        return True
    return not wanted.isdisjoint(known) if known else None


def _placed(wanted: frozenset[str] | None, known: list[str | None]) -> Answer:
    """A place that is not named may be the wanted one."""
    answer = _overlap(wanted, frozenset(one for one in known if one))
    return None if answer is False and None in known else answer


def _in_city(wanted: frozenset[str] | None, places: tuple[PlaceFacts, ...]) -> Answer:
    if wanted is not None and any(place.community and city_key(place.community) in wanted for place in places):
        return True
    return _placed(wanted, [place.city and city_key(place.city) for place in places])


def _one_of(wanted: frozenset[str] | None, known: str | None) -> Answer:
    if wanted is None:
        return True
    return None if known is None else known in wanted


def _status(wanted: frozenset[OfferingStatus] | None, known: OfferingStatus) -> Answer:
    if wanted is None or known in wanted:
        return True
    return None if known is OfferingStatus.UNKNOWN else False


def _same(wanted: bool | None, known: Answer) -> Answer:  # noqa: FBT001 - a value of three, not a switch
    if wanted is None:
        return True
    return None if known is None else known == wanted


def within(wanted: Bounds | None, known: Bounds | None) -> Answer:
    """Whether all that the value can be lies inside; unknown when only part of it does or a bound is not stated."""
    if wanted is None or wanted == (None, None):
        return True
    if known is None or known == (None, None):
        return None
    least, greatest = wanted
    low, high = known
    if (least is not None and high is not None and high < least) or (
        greatest is not None and low is not None and low > greatest
    ):
        return False
    low_holds = least is None or (low is not None and low >= least)
    high_holds = greatest is None or (high is not None and high <= greatest)
    return True if low_holds and high_holds else None


def _starts(wanted: CredentialFilter, run: OfferingFacts) -> Answer:
    if wanted.starts_after is None and wanted.starts_before is None:
        return True
    earliest, latest = run.starts or (None, None)
    if earliest is None and latest is None:
        return None
    after, before = wanted.starts_after, wanted.starts_before
    if (after and latest and latest < after) or (before and earliest and earliest > before):
        return False
    late_enough = after is None or (earliest is not None and earliest >= after)
    early_enough = before is None or (latest is not None and latest <= before)
    return True if late_enough and early_enough else None


def _is_near(near: Near, places: tuple[PlaceFacts, ...]) -> Answer:
    answers = [_place_is_near(near, place) for place in places]
    if any(answers):
        return True
    return None if not answers or None in answers else False


def _place_is_near(near: Near, place: PlaceFacts) -> Answer:
    if place.region == ONLINE:
        return near.include_online
    if place.coordinates is None:
        return None
    if distance_km((near.latitude, near.longitude), place.coordinates) > near.km:
        return False
    return None if is_across_water(near.landmass, place.landmass) else True
