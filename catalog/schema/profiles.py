"""Reads a learner's profile, strictly, and where they stand. Messages name fields, never what was told."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.documents import find_ids_by_slug, find_things
from catalog.model.identity import is_id
from catalog.model.vocabulary import RecordType
from catalog.model.zones import day_in
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.profile import Held, LanguageTest, Profile
from catalog.pathways.standing import Standing
from catalog.schema.context import RequestContext

MOST_LISTED = {"held": 200, "skills": 200, "licences": 50, "language_tests": 20, "benefits": 50, "funding_used": 50}
MOST_WORD = 200
ZONE = "America/Vancouver"  # of the day asked about, where none is given
BOUNDS: dict[str, tuple[float, float]] = {
    "age": (0, 130),
    "birth_year": (1880, 2199),
    "years_of_experience": (0, 100),
    "grade_average": (0, 1_000),
    "hours_per_week": (0, 168),
    "budget": (0, 1e9),
    "cash_now": (0, 1e9),
}


def read_profile(value: Mapping[str, Any], context: RequestContext) -> Profile:
    """Raises ArgumentInvalid naming the field. The same input is read once for a request."""
    known = context.profiles.get(id(value))
    if known is None:
        known = context.profiles[id(value)] = (value, _read(value, context))
    return known[1]


def read_standing(value: Mapping[str, Any], context: RequestContext) -> Standing:
    """Where the learner stands with every credential, for as long as the request takes."""
    known = context.standings.get(id(value))
    if known is None:
        evaluator = Evaluator(context.graph, read_profile(value, context), context.viewer.readable())
        known = context.standings[id(value)] = Standing(context.graph, evaluator)
    return known


def read_held(value: Iterable[Mapping[str, Any]], context: RequestContext, argument: str) -> tuple[Held, ...]:
    """Credentials by id or slug. Raises ArgumentInvalid for one that the catalogue does not know."""
    listed = list(value)
    ids, _ = _ids([one["credential"] for one in listed], RecordType.CREDENTIAL, context, argument, ".credential")
    return tuple(
        Held(found, one.get("completed_on"), _word(one.get("grade"), f"{argument}.grade"), one.get("expected_on"))
        for found, one in zip(ids, listed, strict=True)
    )


def today(context: RequestContext) -> date:
    return day_in(context.now, ZONE)


def _read(value: Mapping[str, Any], context: RequestContext) -> Profile:
    stated = {name: one for name, one in value.items() if one is not None}
    for name, most in MOST_LISTED.items():
        if len(stated.get(name, ())) > most:
            raise _invalid(name, f"lists more than {most}")
    for name, (least, greatest) in BOUNDS.items():
        if name in stated and not least <= stated[name] <= greatest:
            raise _invalid(name, f"must be from {least:g} to {greatest:g}")
    words: dict[str, Any] = {name: _chosen(stated.get(name)) for name in ("education", "citizenship", "employment")}
    plain = ("age", "birth_year", "bc_resident", "high_school_graduate", "years_of_experience", "grade_average")
    numbers = (*plain, "hours_per_week", "budget", "cash_now")
    funding_used, funding_slugs = _funding(stated.get("funding_used"), context)
    on = stated.get("on") or today(context)
    held = read_held(stated["held"], context, "profile.held") if "held" in stated else None
    _refuse_contradictions(held or (), on)
    return Profile(
        on=on,
        held=held,
        skills=_skills(stated.get("skills"), context),
        licences=_words(stated.get("licences"), "licences"),
        benefits=_words(stated.get("benefits"), "benefits"),
        language_tests=_tests(stated.get("language_tests")),
        funding_used=funding_used,
        funding_slugs=funding_slugs,
        region=_word(stated.get("region"), "region"),
        **words,
        **{name: stated.get(name) for name in numbers},
    )


def _refuse_contradictions(held: Iterable[Held], on: date) -> None:
    """A credential is completed, or still expected, as of the day asked about."""
    for place, one in enumerate(held):
        where = f"profile.held[{place}]"
        if one.completed_on and one.expected_on:
            message = f"{where} has both completedOn and expectedOn: give one of them"
            raise ArgumentInvalid(message, argument=f"{where}.expectedOn")
        if one.completed_on and one.completed_on > on:
            message = f"{where}.completedOn is later than the day asked about: in progress is expectedOn"
            raise ArgumentInvalid(message, argument=f"{where}.completedOn")


def _skills(value: Any, context: RequestContext) -> frozenset[str] | None:
    return None if value is None else frozenset(_ids(value, RecordType.SKILL, context, "profile.skills")[0])


def _words(value: Any, name: str) -> frozenset[str] | None:
    return None if value is None else frozenset(filter(None, (_word(one, name) for one in value)))


def _tests(value: Any) -> tuple[LanguageTest, ...] | None:
    if value is None:
        return None
    name = "language_tests"
    return tuple(
        LanguageTest(_word(one["language"], name) or "", _word(one["test"], name) or "", one["score"]) for one in value
    )


def _funding(value: Any, context: RequestContext) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """What was used of each program so far, of one that stands there twice both; and their slugs."""
    if value is None:
        return None, {}
    ids, slugs = _ids(
        [one["program"] for one in value], RecordType.FUNDING_PROGRAM, context, "profile.fundingUsed", ".program"
    )
    used: dict[str, Any] = {}
    for found, one in zip(ids, value, strict=True):
        if one["amount"] < 0:
            raise _invalid("funding_used", "has a negative amount")
        used[found] = used.get(found, 0) + one["amount"]
    return used, slugs


def _ids(
    named: list[str], kind: RecordType, context: RequestContext, argument: str, part: str = ""
) -> tuple[list[str], dict[str, str]]:
    """Ids with their slugs, also those that slugs lead to; also of what is no longer offered, since it can still be held."""
    slugs = [one.lower() for one in named if not is_id(one) and "\0" not in one]
    by_slug = find_ids_by_slug(context.connection, kind, slugs) if slugs else {}
    ids = [one if is_id(one) else by_slug.get(one.lower(), "") for one in named]
    known = find_things(context.connection, kind, filter(None, ids), context.viewer)
    for place, one in enumerate(ids):
        if one not in known:
            where = f"{argument}[{place}]{part}"
            raise ArgumentInvalid(f"{where} leads to no {kind} of the catalogue", argument=where)
    return ids, known


def _chosen(value: Any) -> str | None:
    """A value of an enumeration, as rules write it."""
    return None if value is None else str(getattr(value, "value", value))


def _word(value: str | None, name: str) -> str | None:
    if value is not None and (len(value) > MOST_WORD or "\0" in value):
        raise _invalid(name, f"has a text of over {MOST_WORD} characters, or one that is none")
    return value


def _invalid(name: str, message: str) -> ArgumentInvalid:
    first, *rest = name.removeprefix("profile.").split("_")
    argument = f"profile.{first}{''.join(map(str.capitalize, rest))}"
    return ArgumentInvalid(f"{argument} {message}", argument=argument)
