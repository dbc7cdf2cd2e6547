"""How far somebody has come on a pathway, and what they have earned on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from catalog.model.listing import Slice
from catalog.model.related import Related, Wanted, list_related
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.outcomes import MET, outcome_of
from catalog.pathways.profile import Held, Profile
from catalog.pathways.programs.progress import PartProgress, Progress, progress
from catalog.schema.context import RequestContext
from catalog.schema.profiles import read_standing

MOST_ROUNDS = 5
"""How often what is earned on the way may earn something more."""
MOST_PATHWAYS = 100
"""Of one credential."""


def progress_of(parents: Sequence[Any], context: RequestContext, profile: Any) -> list[Any]:
    evaluator, earned = _with_earned(context, read_standing(profile, context).evaluator)
    found = [progress(parent, evaluator) for parent in parents]
    documents = context.documents([*earned, *(one for own in found for one in _named(own))])
    return [_shown_progress(own, parent, earned, documents) for own, parent in zip(found, parents, strict=True)]


def _with_earned(context: RequestContext, evaluator: Evaluator) -> tuple[Evaluator, list[str]]:
    """The learner with what their credentials have earned them on the way, and the ids of that."""
    earned: list[str] = []
    for _ in range(MOST_ROUNDS):
        new = [one for one in _awards(context, evaluator) if one.credential not in evaluator.profile.holdings]
        if not new:
            break
        earned += [one.credential for one in new]
        grown = replace(evaluator.profile, held=(*(evaluator.profile.held or ()), *new))
        evaluator = Evaluator(evaluator.courses, grown, evaluator.readable)
    return evaluator, earned


def _awards(context: RequestContext, evaluator: Evaluator) -> list[Held]:
    """Awards of pathways all of whose parts are met, completed on the last day of what they are made of."""
    held = [other for one in evaluator.profile.holdings for other in evaluator.courses.same_as(one)]
    pairs = list_related(context.connection, Wanted(Related.PATHWAYS), held, context.viewer, Slice(MOST_PATHWAYS))
    pathways = context.documents(sorted({one for own in pairs.values() for one, _ in own}))
    found: dict[str, Held] = {}
    for pathway in pathways.values():
        own = progress(pathway, evaluator)
        if own.value == MET:
            days = [_completed(one, evaluator.profile) for part in own.parts for one in part.counted]
            known = [one for one in days if one is not None]
            last = max(known) if known and len(known) == len(days) else None
            found.setdefault(pathway["award"], Held(pathway["award"], last))
    return list(found.values())


def _completed(credential: str, profile: Profile) -> date | None:
    return max((one.completed_on for one in profile.holdings.get(credential, ()) if one.completed_on), default=None)


def _named(own: Progress) -> Iterable[str]:
    for part in own.parts:
        yield from (*part.counted, *part.choices, *part.expired, *part.coming)


def _shown_progress(
    own: Progress, pathway: Mapping[str, Any], earned: list[str], documents: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "fraction": own.fraction,
        "outcome": outcome_of(own.value),
        "satisfied": [one.part for one in own.parts if one.value == MET],
        "remaining": [one.part for one in own.parts if one.value != MET],
        "earnedOnTheWay": [documents[one] for one in earned if one in documents and one != pathway["award"]],
        "unknowns": list(own.unknowns),
        "parts": [_shown_part(one, documents) for one in own.parts],
    }


def _shown_part(one: PartProgress, documents: Mapping[str, Any]) -> dict[str, Any]:
    def shown(ids: Iterable[str]) -> list[Any]:
        return [documents[each] for each in ids if each in documents]

    return {
        "part": one.part,
        "outcome": outcome_of(one.value),
        "counted": shown(one.counted),
        "choices": shown(one.choices),
        "expired": shown(one.expired),
        "inProgress": shown(one.coming),
        "got": one.got[0],
        "needed": one.need.least,
        "unit": one.need.unit,
    }
