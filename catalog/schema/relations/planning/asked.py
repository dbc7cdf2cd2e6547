"""Reads goals and constraints of plans. Messages name the argument, never what was told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.documents import Document, find_ids_by_slug
from catalog.model.filter import ONLINE, CredentialFilter
from catalog.model.vocabulary import RecordType
from catalog.pathways.plans.wishes import FILTERED, Wishes
from catalog.pathways.profile import Profile
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.schema.relations.lookup import find

NAMED = {"credential": RecordType.CREDENTIAL, "pathway": RecordType.PATHWAY, "menu": RecordType.MENU}
MOST_SKILLS = 20
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_ALTERNATIVES = 5
BOUNDS = {"hours_per_week": (0.5, 168), "budget": (0, 1e9), "at_once": (1, 20)}


@dataclass(frozen=True, slots=True)
class Goal:
    """A credential, pathway or menu; or several skills; or an occupation, with its code."""

    kind: str
    documents: tuple[Document, ...]


def read_goal(value: Mapping[str, Any], context: RequestContext) -> Goal:
    """Raises ArgumentInvalid (GOAL_UNKNOWN) for what the catalogue does not know."""
    ((kind, wanted),) = value.items()
    if kind == "skills":
        if not 1 <= len(wanted) <= MOST_SKILLS:
            raise ArgumentInvalid(f"goal.skills must list from 1 to {MOST_SKILLS} skills", argument="goal.skills")
        return Goal(kind, tuple(_known(context, RecordType.SKILL, one, "goal.skills") for one in dict.fromkeys(wanted)))
    record_type = NAMED.get(kind, RecordType.OCCUPATION)
    return Goal(kind, (_known(context, record_type, wanted, f"goal.{kind}"),))


def _known(context: RequestContext, record_type: RecordType, name: str, argument: str) -> Document:
    document: Document | None = find(context, record_type, name)
    if document is None:
        raise ArgumentInvalid(f"{argument} leads to no {record_type}", code="GOAL_UNKNOWN", argument=argument)
    return document


def read_wishes(value: Mapping[str, Any] | None, profile: Profile | None, context: RequestContext) -> Wishes:
    """What the constraints leave open, the profile says: hours a week and a budget."""
    stated = {name: one for name, one in (value or {}).items() if one is not None}
    for name, (least, most) in BOUNDS.items():
        if name in stated and not least <= stated[name] <= most:
            first, *rest = name.split("_")
            argument = f"constraints.{first}{''.join(map(str.capitalize, rest))}"
            raise ArgumentInvalid(f"{argument} must be from {least:g} to {most:g}", argument=argument)
    wanted = _filter(stated, context)
    hours, budget = stated.get("hours_per_week"), stated.get("budget")
    if profile is not None:
        hours = profile.hours_per_week if hours is None else hours
        budget = profile.budget if budget is None else budget
    wishes = Wishes(
        hours,
        None if budget is None else float(budget),
        wanted.regions,
        wanted.near,
        wanted.modes,
        wanted.attendance,
        wanted.languages,
        stated.get("start_after"),
        stated.get("finish_before"),
        stated.get("at_once"),
        _institutions(stated.get("prefer_institutions"), context),
        _institutions(stated.get("avoid_institutions"), context),
    )
    for name, day in (("startAfter", wishes.start_after), ("finishBefore", wishes.finish_before)):
        if day and not FIRST_YEAR <= day.year < LAST_YEAR:
            argument = f"constraints.{name}"
            raise ArgumentInvalid(f"{argument} must lie from {FIRST_YEAR} to {LAST_YEAR - 1}", argument=argument)
    if wishes.start_after and wishes.finish_before and wishes.finish_before < wishes.start_after:
        raise ArgumentInvalid("constraints.finishBefore is before startAfter", argument="constraints.finishBefore")
    return wishes


def _filter(stated: Mapping[str, Any], context: RequestContext) -> CredentialFilter:
    """They mean what they mean in filters, and are held to the same limits; regions as ids."""
    wanted = _read({name: stated[name] for name in FILTERED if name in stated}, context)
    if wanted.regions is None:
        return wanted
    codes = [one.lower() for one in wanted.regions - {ONLINE}]
    ids = find_ids_by_slug(context.connection, RecordType.REGION, codes).values()
    return replace(wanted, regions=frozenset(ids) | (wanted.regions & {ONLINE}))


def _institutions(value: list[str] | None, context: RequestContext) -> frozenset[str]:
    return (_read({"institutions": value}, context).institutions if value else None) or frozenset()


def _read(value: Mapping[str, Any], context: RequestContext) -> CredentialFilter:
    try:
        return read_filter(value, context).wanted
    except ArgumentInvalid as error:
        told = {**error.details, "argument": str(error.details.get("argument")).replace("filter.", "constraints.")}
        raise ArgumentInvalid(error.message.replace("filter.", "constraints."), code=error.code, **told) from None
