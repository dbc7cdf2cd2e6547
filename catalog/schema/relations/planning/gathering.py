"""Gathers all that may have to be taken to reach a goal, and makes a problem of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.errors import LimitExceeded
from catalog.model.documents import Document
from catalog.model.filter import CredentialFilter
from catalog.model.filter_sql import CredentialQuery
from catalog.model.listing import Slice, Wanted, list_credentials
from catalog.model.places import load_campuses
from catalog.model.related import Related, list_related
from catalog.model.related import Wanted as WantedRelated
from catalog.model.vocabulary import ComponentRegistration
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.graph.graph import named, names_in
from catalog.pathways.plans.candidates import Found, Market, kept, spread
from catalog.pathways.plans.goals import all_of, one_of, program_of, unnamed
from catalog.pathways.plans.problem import Fund, Limits, Part, Problem, Program
from catalog.pathways.plans.wishes import Wishes
from catalog.pathways.profile import Profile
from catalog.schema.context import RequestContext
from catalog.schema.profiles import today
from catalog.schema.relations.planning.asked import Goal
from catalog.schema.relations.pricing import Purse, open_purse

MOST_CREDENTIALS = 500
MOST_CANDIDATES = 6_000
MOST_TEACHERS = 40
"""Of one skill or occupation."""
MOST_PATHWAYS = 10


@dataclass
class Gathered:
    """Documents of everything that may be taken, and what is not named anywhere."""

    problem: Problem
    found: list[Found]
    documents: dict[str, Document]
    purse: Purse | None
    unnamed: list[str] = field(default_factory=list)
    is_whole: bool = True
    """Whether the goal names all that it asks for."""
    unnamed_in: dict[str, list[str]] = field(default_factory=dict)
    award: Document | None = None
    """What is earned in the end, where that is a credential."""
    why: dict[str, str] = field(default_factory=dict)
    """For what the goal itself asks: in which part."""


@dataclass
class _Gathering:
    context: RequestContext
    documents: dict[str, Document] = field(default_factory=dict)
    made_of: dict[str, list[Program]] = field(default_factory=dict)
    unnamed: list[str] = field(default_factory=list)
    unnamed_in: dict[str, list[str]] = field(default_factory=dict)
    """What pathways to a credential leave unnamed."""

    def reach(self, credentials: Iterable[str]) -> None:
        """These, what they ask for, what counts as it, and what they are put together from; level by level."""
        graph = self.context.graph
        waiting = set(credentials)
        while waiting:
            self.context.check()
            found = self.context.documents(sorted(waiting))
            self.documents |= {key: one for key, one in found.items() if one["__typename"] == "Credential"}
            if len(self.documents) > MOST_CREDENTIALS:
                message = f"the goal leads to more than {MOST_CREDENTIALS} credentials: ask for something nearer"
                raise LimitExceeded(message, code="PLAN_TOO_LARGE", argument="goal")
            self._put_together(sorted(waiting & self.documents.keys()))
            following: set[str] = set()
            for one in waiting & self.documents.keys():
                parts = [part for program in self.made_of.get(one, ()) for part in program.parts]
                following.update(graph.same_as(one), (item for part in parts for item in _items(part)))
                for name in named(graph.courses[one]) if one in graph.courses else ():
                    following.update(graph.same_as(name), sorted(graph.taught_by.get(name, ()))[:MOST_TEACHERS])
            waiting = following - self.documents.keys() - waiting

    def _put_together(self, credentials: list[str]) -> None:
        """Pathways to a credential, and its components where they may be taken one by one."""
        context = self.context
        wanted = WantedRelated(Related.WAYS_TO)
        pairs = list_related(context.connection, wanted, credentials, context.viewer, Slice(MOST_PATHWAYS))
        pathways = context.documents(one for own in pairs.values() for one, _ in own)
        for credential in credentials:
            own = [pathways[one] for one, _ in pairs.get(credential, ()) if one in pathways]
            programs = [program_of(one["parts"], context.graph) for one in own]
            self.unnamed_in[credential] = [text for one in own for text in unnamed(one["parts"])]
            document = self.documents[credential]
            if document["components"] and document["registration"] != ComponentRegistration.TOGETHER:
                programs.append(Program((all_of(document["components"]),)))
            programs = [one for one in programs if any(part.items or part.rule for part in one.parts)]
            if programs:
                self.made_of[credential] = programs


def gather(goal: Goal, wishes: Wishes, evaluator: Evaluator, profile: Any, context: RequestContext) -> Gathered:
    """Raises LimitExceeded (PLAN_TOO_LARGE)."""
    gathering = _Gathering(context)
    parts, why = _parts(goal, context, gathering)
    is_whole = not gathering.unnamed
    program = Program(tuple(parts))
    gathering.reach(one for part in parts for one in _items(part))
    purse = None if profile is None else open_purse(gathering.documents, context, profile)
    found = spread(_candidates(gathering, wishes, evaluator.profile if profile is not None else None, purse, context))
    if len(found) > MOST_CANDIDATES:
        message = f"there are more than {MOST_CANDIDATES} offerings to choose from: ask for something nearer"
        raise LimitExceeded(message, code="PLAN_TOO_LARGE", argument="goal")
    limits = Limits(
        wishes.budget,
        wishes.hours_per_week,
        wishes.at_once,
        _first(wishes, context).toordinal(),
        wishes.finish_before.toordinal() if wishes.finish_before else None,
    )
    funds = {} if purse is None else dict(_funds(purse))
    problem = Problem(kept(found), [program], context.graph, evaluator, gathering.made_of, funds, limits)
    award = goal.documents[0]["id"] if goal.kind == "credential" else goal.documents[0].get("award")
    shown = context.documents([award]).get(award) if award else None
    told = list(dict.fromkeys(gathering.unnamed))
    return Gathered(problem, found, gathering.documents, purse, told, is_whole, gathering.unnamed_in, shown, why)


def _items(part: Part) -> Iterator[str]:
    """Also what its rule names."""
    yield from part.items
    if part.rule is not None:
        yield from names_in(part.rule)


def _parts(goal: Goal, context: RequestContext, gathering: _Gathering) -> tuple[list[Part], dict[str, str]]:
    first = goal.documents[0]
    match goal.kind:
        case "credential":
            return [all_of([first["id"]])], {first["id"]: "the goal"}
        case "pathway" | "menu":
            own = first["parts"] if goal.kind == "pathway" else first["sections"]
            gathering.unnamed += list(unnamed(own))
            parts = list(program_of(own, context.graph).parts)
            titles = [one["title"] or "a part of the goal" for one in own]
            return parts, {item: title for title, one in zip(titles, parts, strict=True) for item in _items(one)}
        case "skills":
            teachers = {one["id"]: _teaching(context, _with_skill(one["id"])) for one in goal.documents}
            why = {item: f"gives {_name(one)}" for one in goal.documents for item in teachers[one["id"]]}
            return [one_of(teachers[one["id"]]) for one in goal.documents], why
        case _:
            wanted = CredentialFilter(occupations=frozenset({first["code"]}), include_unknown=False)
            filed = _teaching(context, wanted)
            return [one_of(filed)], dict.fromkeys(filed, f"is filed under {first['code']}")


def _with_skill(skill: str) -> CredentialFilter:
    return CredentialFilter(skills=frozenset({skill}), include_unknown=False)


def _name(document: Document) -> str:
    labels = document["label"]
    return str(labels.get("en") or next(iter(labels.values()), document["slug"]))


def _teaching(context: RequestContext, wanted: CredentialFilter) -> list[str]:
    rows = list_credentials(context.connection, Wanted(CredentialQuery(wanted, None)), Slice(MOST_TEACHERS))
    return [one for one, _ in rows]


def _candidates(
    gathering: _Gathering, wishes: Wishes, profile: Profile | None, purse: Purse | None, context: RequestContext
) -> list[Found]:
    """What can only be put together from other credentials has none of its own."""
    documents = list(gathering.documents.values())
    market = Market(
        wishes,
        profile,
        load_campuses(context.connection),
        purse.helps if purse else {},
        purse.designated if purse else {},
        context.statuses([offering for one in documents for offering in one["offerings"]]),
        _first(wishes, context),
    )
    return [
        found
        for one in documents
        for found in market.of_credential(one)
        if found.is_dated or one["id"] not in gathering.made_of
    ]


def _first(wishes: Wishes, context: RequestContext) -> date:
    """Nothing is planned into the past."""
    return max(wishes.start_after or today(context), today(context))


def _funds(purse: Purse) -> Iterator[tuple[str, Fund]]:
    for key, one in purse.helps.items():
        if one.is_sure:
            excluded = frozenset(other["program"] for other in one.program["excludes"] if other["program"])
            yield key, Fund(None if one.left is None else float(one.left), excluded, one.covers)
