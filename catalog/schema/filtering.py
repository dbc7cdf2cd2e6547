"""Turns the API's filter into the model's, and refuses what makes no sense, is not known, or nothing can answer yet."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.documents import find_ids_by_slug
from catalog.model.filter import ONLINE, CredentialFilter, Near
from catalog.model.filter_sql import CredentialQuery, find_places
from catalog.model.identity import is_id
from catalog.model.vocabulary import RecordType
from catalog.pathways.standing import Standing
from catalog.schema.context import RequestContext

NAMED = {
    "institutions": RecordType.INSTITUTION,
    "skills": RecordType.SKILL,
    "menu": RecordType.MENU,
    "pathway": RecordType.PATHWAY,
}
"""Conditions that take ids; slugs lead to them."""
CODED = {
    "regions": RecordType.REGION,
    "occupations": RecordType.OCCUPATION,
    "themes": RecordType.THEME,
}
"""Conditions that take codes of ours. Industries may be named by any NAICS code inside them."""
RANGES = frozenset({"price", "hours", "weeks"})
MOST_VALUES = 50
LONGEST_VALUE = 200
MOST_KM = 20_020.0  # half of the way around the Earth
NOTHING = ""
"""Leads to no thing, and stands for what no database takes."""


def read_filter(
    value: Any, context: RequestContext, standing: Standing | None = None, *, asks: bool = False
) -> CredentialQuery:
    """`standing` is that of whoever asks; `asks`: the field takes a profile. Raises ArgumentInvalid naming the condition."""
    stated = {name: one for name, one in (value or {}).items() if one is not None}
    if "eligible_now" in stated and standing is None:
        raise profile_missing("filter.eligibleNow") if asks else _nobody_asks()
    read = {name: _read(name, one) for name, one in stated.items()}
    read |= {name: _ids(name, read[name], context) for name in NAMED.keys() & read.keys()}
    for name in CODED.keys() & read.keys():
        _check_codes(name, read[name] - {ONLINE}, context)
    wanted = CredentialFilter(**read)
    if wanted.starts_after and wanted.starts_before and wanted.starts_before < wanted.starts_after:
        raise _invalid("starts_before", "is before startsAfter")
    moment = context.status_moment() if wanted.status is not None else None
    eligibility = None if wanted.eligible_now is None else standing
    return CredentialQuery(wanted, moment, find_places(context.connection, wanted), eligibility)


def profile_missing(argument: str) -> ArgumentInvalid:
    message = f"{argument} asks what somebody may take: send their profile, as a variable by POST"
    return ArgumentInvalid(message, code="PROFILE_REQUIRED", argument=argument)


def _nobody_asks() -> ArgumentInvalid:
    argument = "filter.eligibleNow"
    message = f"{argument} works where a field takes a profile: in search and credentials"
    return ArgumentInvalid(message, code="FILTER_NOT_ALLOWED", argument=argument)


def _read(name: str, value: Any) -> Any:
    if name in RANGES:
        return _range(name, value)
    if name == "near":
        return _near(value)
    if not isinstance(value, list):
        return _storable(value)
    if len(value) > MOST_VALUES:
        raise _invalid(name, f"has {len(value)} values; at most {MOST_VALUES} are taken")
    if any(isinstance(one, str) and len(one) > LONGEST_VALUE for one in value):
        raise _invalid(name, f"has a value of over {LONGEST_VALUE} characters")
    return frozenset(map(_storable, value))


def _storable(value: Any) -> Any:
    return NOTHING if isinstance(value, str) and "\0" in value else value


def _ids(name: str, value: Any, context: RequestContext) -> Any:
    """The ids, or those that slugs lead to, of what the viewer may read. What leads nowhere matches nothing."""
    named = value if isinstance(value, frozenset) else frozenset({value})
    slugs = [one.lower() for one in named if not is_id(one)]
    ids = {one for one in named if is_id(one)}
    ids |= set(find_ids_by_slug(context.connection, NAMED[name], slugs).values()) if slugs else set()
    if isinstance(value, frozenset):
        return frozenset(ids)
    return next(iter(context.documents(ids)), NOTHING)


def _check_codes(name: str, codes: Iterable[str], context: RequestContext) -> None:
    """A code that the catalogue does not know would match nothing, and look like an answer."""
    wanted = {code.lower(): code for code in codes}
    known = find_ids_by_slug(context.connection, CODED[name], wanted) if wanted else {}
    for code in wanted.keys() - known.keys():
        raise _invalid(name, f"has {wanted[code][:80]!r}, which is no code of the catalogue: `{name}` lists them")


def _range(name: str, value: Mapping[str, Any]) -> tuple[Any, Any]:
    least, greatest = value.get("min"), value.get("max")
    if least is not None and greatest is not None and least > greatest:
        raise _invalid(name, f"has a min ({least}) above its max ({greatest})")
    return least, greatest


def _near(value: Mapping[str, Any]) -> Near:
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not -most <= value[name] <= most:
            raise _invalid("near", f"needs a {name} from -{most} to {most} degrees")
    if not 0 < value["km"] <= MOST_KM:
        raise _invalid("near", f"needs km above 0 and at most {MOST_KM:g}")
    online = value["include_online"] is not False
    return Near(value["latitude"], value["longitude"], value["km"], online, _storable(value.get("landmass")))


def _invalid(name: str, message: str) -> ArgumentInvalid:
    argument = f"filter.{_camel(name)}"
    return ArgumentInvalid(f"{argument} {message}", argument=argument)


def read_codes(codes: list[str] | None, argument: str) -> list[str] | None:
    """Codes as they are compared. Raises ArgumentInvalid for too many."""
    if codes is not None and len(codes) > MOST_VALUES:
        raise ArgumentInvalid(f"{argument} has {len(codes)} codes; at most {MOST_VALUES} are taken", argument=argument)
    return None if codes is None else [_storable(code.lower()) for code in codes]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
