"""The root field `plan`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.render.rule import rule_of
from catalog.model.rule import Condition, walk
from catalog.model.rule_text import render_text
from catalog.pathways.course import HARD
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import NOT_MET
from catalog.pathways.plans.conflicts import Conflict, Diagnosis
from catalog.pathways.plans.planner import Outcome, Planner
from catalog.pathways.plans.problem import PlanObjective, PlanStatus
from catalog.pathways.profile import Profile
from catalog.schema.context import RequestContext
from catalog.schema.profiles import read_profile, read_standing, today
from catalog.schema.relations.envelopes import title_of
from catalog.schema.relations.planning.asked import MOST_ALTERNATIVES, read_goal, read_wishes
from catalog.schema.relations.planning.gathering import Gathered, gather
from catalog.schema.relations.planning.shown import show_plan, unnamed_of

SECONDS, SHARE = 1.5, 0.45
"""For the best plan and its alternatives, and as long again to say why there is none; never most of what is left."""
NO_TIME = "there is no plan under these constraints; which of them conflict could not be found out in time"


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
    planner = Planner(gathered.problem, _share(context), context.check)
    outcome = planner.plan(PlanObjective(objective or PlanObjective.CHEAPEST), alternatives)
    conflicts = []
    if outcome.status is PlanStatus.INFEASIBLE:
        found = Diagnosis(gathered.problem, gathered.found, wishes, _share(context), context.check).find()
        conflicts = [_shown(one, gathered) for one in found] or [_message(NO_TIME)]
    if outcome.solutions and (not gathered.is_whole or unnamed_of(outcome.solutions[0].steps, gathered)):
        outcome = _partly(outcome)
        conflicts = [] if outcome.solutions else [_message(NOTHING_NAMED)]
    shown = {
        "status": outcome.status,
        "plans": [show_plan(one, gathered) for one in outcome.solutions],
        "conflicts": conflicts,
        "gap": outcome.solutions[0].gap if outcome.solutions else None,
    }
    return [shown] * len(parents)


NOTHING_NAMED = "its source does not name what it is made of: there is nothing to plan with"


def _partly(outcome: Outcome) -> Outcome:
    """Nobody knows whether a plan is the best, or one at all, where the goal's source leaves something unnamed."""
    best = outcome.solutions[0]
    return Outcome(PlanStatus.FEASIBLE, outcome.solutions) if best.steps else Outcome(PlanStatus.UNKNOWN, [])


def _message(text: str) -> dict[str, Any]:
    return {"constraints": [], "relaxations": [], "message": text}


def _share(context: RequestContext) -> float:
    return min(SECONDS, context.seconds_left() * SHARE)


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
    return _message(_beyond(gathered))


def _beyond(gathered: Gathered) -> str:
    """What no wish is in the way of, and still nobody can do."""
    offered = {one.candidate.credential for one in gathered.found}
    offered |= gathered.problem.made_of.keys()
    missing = [title_of(own) for key, own in gathered.documents.items() if key not in offered]
    refused = [f"{title_of(own)} asks for {text}" for own in gathered.documents.values() for text in _refused(own, gathered)]
    named = f": not offered here, or not any more: {'; '.join(sorted(missing)[:MOST_NAMED])}" if missing else ""
    facts = f": not met: {'; '.join(sorted(refused)[:MOST_NAMED])}" if refused else ""
    return f"no order of offerings leads there, whatever the constraints{named}{facts}"


MOST_NAMED = 10


def _refused(document: dict[str, Any], gathered: Gathered) -> Iterator[str]:
    """Facts that the profile says are not so."""
    evaluator = gathered.problem.evaluator
    now = Span(evaluator.profile.on, evaluator.profile.on)
    for asked in document["requirements"]:
        for _, node in walk(rule_of(asked["rule"])) if asked["kind"] in HARD else ():
            if isinstance(node, Condition) and evaluator.value(node, now) == NOT_MET:
                yield render_text(node, str)
