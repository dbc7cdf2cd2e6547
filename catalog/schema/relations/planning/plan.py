"""The root field `plan`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.plans.conflicts import Conflict, Diagnosis
from catalog.pathways.plans.planner import Planner
from catalog.pathways.plans.problem import Objective, PlanStatus
from catalog.pathways.profile import Profile
from catalog.schema.context import RequestContext
from catalog.schema.profiles import read_profile, read_standing, today
from catalog.schema.relations.envelopes import title_of
from catalog.schema.relations.planning.asked import MOST_ALTERNATIVES, read_goal, read_wishes
from catalog.schema.relations.planning.gathering import Gathered, gather
from catalog.schema.relations.planning.shown import show_plan

SECONDS = 4.0
"""For the best plan and its alternatives; and as long again to say why there is none."""


def plan(
    parents: Sequence[Any],
    context: RequestContext,
    goal: Any,
    profile: Any = None,
    constraints: Any = None,
    objective: Any = None,
    alternatives: int = 0,
) -> list[Any]:
    if not 0 <= alternatives <= MOST_ALTERNATIVES:
        message = f"alternatives must be from 0 to {MOST_ALTERNATIVES}"
        raise ArgumentInvalid(message, code="PAGE_INVALID", argument="alternatives")
    learner = None if profile is None else read_profile(profile, context)
    wishes = read_wishes(constraints, learner, context)
    evaluator = _evaluator(profile, context)
    gathered = gather(read_goal(goal, context), wishes, evaluator, profile, context)
    planner = Planner(gathered.problem, SECONDS, context.check)
    outcome = planner.plan(Objective(objective or Objective.CHEAPEST), alternatives)
    conflicts = []
    if outcome.status is PlanStatus.INFEASIBLE:
        found = Diagnosis(gathered.problem, gathered.found, wishes, SECONDS, context.check).find()
        conflicts = [_shown(found, gathered)] if found else []
    shown = {
        "status": outcome.status,
        "plans": [show_plan(one, gathered) for one in outcome.solutions],
        "conflicts": conflicts,
        "gap": outcome.solutions[0].gap if outcome.solutions else None,
    }
    return [shown] * len(parents)


def _evaluator(profile: Any, context: RequestContext) -> Evaluator:
    """Without a profile somebody who holds nothing, of whom nothing else is known."""
    if profile is None:
        return Evaluator(context.graph, Profile(on=today(context), held=()), context.viewer.readable())
    own = read_standing(profile, context).evaluator
    if own.profile.held is not None:
        return own
    return Evaluator(own.courses, replace(own.profile, held=()), own.readable)


def _shown(conflict: Conflict, gathered: Gathered) -> dict[str, Any]:
    if conflict.constraints:
        return {
            "constraints": list(conflict.constraints),
            "relaxations": list(conflict.relaxations),
            "message": conflict.message,
        }
    return {"constraints": [], "relaxations": [], "message": _beyond(gathered)}


def _beyond(gathered: Gathered) -> str:
    """What no wish is in the way of, and still nobody can do."""
    offered = {one.candidate.credential for one in gathered.found}
    offered |= gathered.problem.made_of.keys()
    missing = [title_of(own) for key, own in gathered.documents.items() if key not in offered]
    named = f": not offered here, or not any more: {'; '.join(sorted(missing)[:10])}" if missing else ""
    return f"whatever is asked for, no order of offerings leads there{named}"
