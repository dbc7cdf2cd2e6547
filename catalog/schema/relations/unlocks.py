"""What held credentials open, and what one credential leads to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.listing import filter_credentials, slug_key
from catalog.pathways.course import Course
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, Value, outcome_of
from catalog.pathways.graph.graph import Graph
from catalog.pathways.graph.opening import Reach, one_more, opened_now
from catalog.pathways.profile import Held, Profile
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.schema.paging import connection
from catalog.schema.profiles import read_held, read_profile, read_standing, today
from catalog.schema.relations.totals import Given

MOST_OPENED = 1_000
"""What one more opens is not looked for behind more courses than these."""
MOST_HELD = 200


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A course with how far it is, what it takes besides, and what is known of the rest."""

    course: Course
    steps: int
    together: str | None
    value: Value


def unlocks(
    parents: Sequence[Any],
    context: RequestContext,
    held: list[Any],
    profile: Any = None,
    filter: Any = None,
    include_unknown: bool = False,  # noqa: FBT001 - an argument of the API
    **asked: Any,
) -> list[Any]:
    """`held` comes on top of what the profile holds."""
    if len(held) > MOST_HELD:
        raise ArgumentInvalid(f"held lists more than {MOST_HELD}", argument="held")
    page = context.page(**asked)
    known = read_profile(profile, context) if profile is not None else Profile(on=today(context))
    own = replace(known, held=(*(known.held or ()), *read_held(held, context, "held")))
    standing = read_standing(profile, context) if profile is not None else None
    wanted = None if filter is None else read_filter(filter, context, standing, asks=True)
    found = [one for one in _unlocked(own, context) if _is_kept(one, context, include_unknown=include_unknown)]
    if wanted is not None:
        kept = filter_credentials(context.connection, [one.course.id for one in found], wanted)
        found = [one for one in found if one.course.id in kept]
    start = _behind(found, page.after)
    shown = found[start : start + page.size + 1]
    documents = context.documents([name for one in shown for name in (one.course.id, one.together) if name])
    keyed = [(_key(one), one) for one in shown if one.course.id in documents]
    answer = connection(context.epoch, keyed, page, totalCount=len(found))
    answer["edges"] = [_edge(edge["cursor"], edge["node"], documents) for edge in answer["edges"]]
    return [answer] * len(parents)


def _is_kept(one: Unlocked, context: RequestContext, *, include_unknown: bool) -> bool:
    is_listed = one.course.listed and one.course.visibility in context.viewer.listed()
    return is_listed and (one.value == MET or (include_unknown and one.value != NOT_MET))


def _unlocked(profile: Profile, context: RequestContext) -> Iterator[Unlocked]:
    """Now, in the order of slugs; then with one more, likewise. What the graph finds, the evaluator decides."""
    graph, readable = context.graph, context.viewer.readable()
    evaluator = Evaluator(graph, profile, readable)
    reach = Reach(graph, [one.credential for one in profile.held or ()], profile.skills or ())
    opened: list[Course] = []
    richer: dict[str, Evaluator] = {}
    for course, _ in opened_now(reach):
        context.check()
        value = evaluator.of_course(course)
        yield Unlocked(course, 0, None, value)
        if value == MET and len(opened) < MOST_OPENED:
            opened.append(course)
    for course, singles in one_more(reach, opened):
        context.check()
        for single in sorted(singles, key=lambda one: _slug(graph, one)):
            context.check()
            first = graph.courses.get(single)
            if (
                first is None
                or not first.listed
                or first.visibility not in readable
                or evaluator.of_course(first) == NOT_MET
            ):
                continue
            if single not in richer:
                richer[single] = _with(profile, single, evaluator)
            value = richer[single].of_course(course)
            if value != NOT_MET:
                yield Unlocked(course, 1, single, value)


def _with(profile: Profile, credential: str, evaluator: Evaluator) -> Evaluator:
    """As if it were just completed."""
    grown = replace(profile, held=(*(profile.held or ()), Held(credential, profile.on)))
    return Evaluator(evaluator.courses, grown, evaluator.readable)


def _slug(graph: Graph, credential: str) -> str:
    course = graph.courses.get(credential)
    return course.slug if course else credential


def _key(one: Unlocked) -> list[Any]:
    return [one.steps, one.course.slug, one.together or ""]


def _behind(found: list[Unlocked], after: list[Any] | None) -> int:
    """The place of the first that comes behind a cursor."""
    if after is None:
        return 0
    if [type(one) for one in after] != [int, str, str]:
        raise ArgumentInvalid("after is a cursor of another list", code="PAGE_INVALID", argument="after")
    return sum(1 for one in found if _key(one) <= after)


def _edge(cursor: str, one: Unlocked, documents: dict[str, Any]) -> dict[str, Any]:
    together = [documents[one.together]] if one.together in documents else []
    return {
        "cursor": cursor,
        "node": documents[one.course.id],
        "stepsAway": one.steps,
        "together": together,
        "outcome": outcome_of(one.value),
    }


def of_credentials(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
    page = context.page(**asked)
    after, listed = slug_key(page.after, "after"), context.viewer.listed()
    found = [_listed_dependents(parent["id"], context.graph, listed) for parent in parents]
    shown = [[one for one in own if after is None or one.slug > after][: page.size + 1] for own in found]
    return [
        connection(context.epoch, [([one.slug], one.id) for one in own], page, _count=Given(len(everything)))
        for own, everything in zip(shown, found, strict=True)
    ]


def _listed_dependents(credential: str, graph: Graph, listed: Iterable[Any]) -> list[Course]:
    found = [graph.courses[one] for one in graph.dependents(credential)]
    return sorted((one for one in found if one.listed and one.visibility in listed), key=lambda one: one.slug)
