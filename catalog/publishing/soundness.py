"""Refuses what could never be met: circles of prerequisites, rules beyond reach, and parts that would be left empty."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import inf

from sqlalchemy import Connection, select

from catalog.errors import Issue, Severity
from catalog.model.bulk import chunks, table_of
from catalog.model.links import skill_slug
from catalog.model.records.credential import CredentialRecord
from catalog.model.render.rule import render_rule, rule_of
from catalog.model.tables import VersionRow
from catalog.model.vocabulary import RecordType, RequirementsStated
from catalog.pathways.course import Course, Requirement
from catalog.pathways.graph.distance import rounds
from catalog.pathways.graph.graph import Graph, graph_of, named
from catalog.pathways.graph.reading import load_courses, load_groups_of
from catalog.pathways.impact import COMPONENTS, Effect, Impact, can_be_met, find_impact
from catalog.publishing.drafting import Draft
from catalog.publishing.resolve import Resolved

VERSION = table_of(VersionRow).c
NOTHING: frozenset[str] = frozenset()


def unsound(
    connection: Connection, drafts: Mapping[str, Draft], stated: Collection[str], resolved: Resolved, *, may_break: bool
) -> list[Issue]:
    """`stated` are the things that the call itself speaks of. `may_break` turns what others would lose into warnings."""
    own = {one.id: _course(one, resolved) for one in drafts.values() if isinstance(one.record, CredentialRecord)}
    asking = [one for one in own if one in stated and own[one].requirements]
    issues = list(_unmeetable(connection, drafts, own, asking)) if asking else []
    return [*issues, *_left_without(connection, drafts, may_break=may_break)]


def _course(draft: Draft, resolved: Resolved) -> Course:
    """As catalog.pathways reads it once it is published, as far as requirements hang on it."""
    record = draft.record
    assert isinstance(record, CredentialRecord)
    targets = resolved.targets_of(draft.id)
    asked = tuple(
        Requirement(one.kind, one.at, rule_of(render_rule(one.rule, targets))) for one in record.requirements or ()
    )
    hours = record.total_hours or record.instructional_hours or record.stated_hours
    credit = record.credit
    return Course(
        draft.id,
        draft.slug,
        stated=record.requirements_stated or RequirementsStated.NOT_STATED,
        requirements=asked,
        skills=frozenset(targets[RecordType.SKILL, skill_slug(one)] for one in record.skills or ()),
        credit=(credit.value, str(credit.unit)) if credit and credit.value is not None and credit.unit else None,
        hours=(hours.min, hours.max) if hours else (None, None),
    )


def _unmeetable(
    connection: Connection, drafts: Mapping[str, Draft], own: Mapping[str, Course], asking: Iterable[str]
) -> Iterator[Issue]:
    graph = _around(connection, own, asking)
    waiting = rounds(graph, graph.courses, skills=graph.taught_by)  # a skill can be had otherwise
    for one in asking:
        course, draft = own[one], drafts[one]
        if waiting[one] < inf:
            continue
        beyond = [index for index, asked in enumerate(course.requirements) if not can_be_met(asked.rule, NOTHING, graph)]
        if beyond:
            yield _unsatisfiable(draft, beyond[0])
        elif circle := _circle(graph, waiting, one):
            yield _goes_round(draft, [graph.courses[name].slug for name in circle])


def _around(connection: Connection, own: Mapping[str, Course], asking: Iterable[str]) -> Graph:
    """The courses of the call and everything that those with requirements lead back to."""
    known = dict(own)
    groups: dict[str, frozenset[str]] = {}
    looked: set[str] = set()
    waiting = set(asking)
    while waiting:
        looked |= waiting
        groups |= load_groups_of(connection, waiting)
        alike = {other for members in groups.values() if not members.isdisjoint(waiting) for other in members}
        names = {name for one in waiting if one in known for name in named(known[one])} | alike
        known |= load_courses(connection, names - known.keys())
        waiting = (names & known.keys()) - looked
    return graph_of(known.values(), groups)


def _circle(graph: Graph, waiting: Mapping[str, float], start: str) -> list[str]:
    """Follows what never becomes open until it meets itself; empty where `start` only leads into a circle of others."""
    path = [start]
    while True:
        stuck = (
            other
            for name in sorted(named(graph.courses[path[-1]]))
            for other in graph.same_as(name)
            if waiting.get(other) == inf
        )
        following = next(stuck, None)
        if following is None or following == start:
            return path
        if following in path:
            return path[path.index(following) :] if start in path[path.index(following) :] else []
        path.append(following)


def _unsatisfiable(draft: Draft, index: int) -> Issue:
    path = f"requirements[{index}].rule"
    message = "can never be met: the credentials that it counts do not add up to what it asks"
    return Issue("RULE_UNSATISFIABLE", message, path, draft.row, "requirements", ref=draft.slug)


def _goes_round(draft: Draft, slugs: list[str]) -> Issue:
    message = f"go round in a circle: {' needs '.join([*slugs, slugs[0]])}"
    hint = (
        "a credential cannot be its own prerequisite: leave it out, or offer another way"
        if len(slugs) == 1
        else "leave one of them out, offer another way, or state them as corequisites"
    )
    return Issue("PREREQUISITE_CIRCLE", message, "requirements", draft.row, "requirements", ref=draft.slug, hint=hint)


def _left_without(connection: Connection, drafts: Mapping[str, Draft], *, may_break: bool) -> Iterator[Issue]:
    """What is published and would be left without a component by what the call withdraws."""
    gone = {one.id for one in drafts.values() if one.record is None and one.old and one.old.type is RecordType.CREDENTIAL}
    if not gone:
        return
    restated = {one.id for one in drafts.values()}
    groups = load_groups_of(connection, gone)
    members = {other for one in groups.values() for other in one}
    graph = graph_of(load_courses(connection, gone | members).values(), groups)
    stewarded = _stewarded(connection, drafts, gone)
    for one in find_impact(connection, gone, graph):
        if one.effect is Effect.BREAKS and one.thing not in restated and one.type in GUARDED:
            is_free = may_break or one.credential in stewarded or one.place == COMPONENTS
            yield _component_lost(drafts[one.credential], one, Severity.WARNING if is_free else Severity.ERROR)


GUARDED = frozenset({"Pathway", "Menu", "Credential"})
"""What learners follow. A recognition, equivalence or designation that loses an end is only shown no more.

The plain list of what a program is bought with is shorter then, and that is only said.
"""


def _stewarded(connection: Connection, drafts: Mapping[str, Draft], gone: Iterable[str]) -> set[str]:
    """Those that a community governs: nothing keeps anybody from taking them back."""
    versions = {one: drafts[one].old for one in gone}
    found: set[str] = set()
    for chunk in chunks(versions):
        for row in connection.execute(
            select(VERSION.thing, VERSION.version, VERSION.record).where(VERSION.thing.in_(chunk))
        ):
            old = versions[row.thing]
            if old and old.version == row.version and (row.record or {}).get("stewardship"):
                found.add(row.thing)
    return found


def _component_lost(draft: Draft, one: Impact, severity: Severity) -> Issue:
    verb = "cannot go" if severity is Severity.ERROR else "goes"
    message = f"{draft.slug} {verb}: {one.type.lower()} {one.slug} would be left without it in {one.place}"
    hint = f"agree with whoever keeps {one.slug}, or withdraw it all the same with --break-references"
    return Issue("COMPONENT_LOST", message, row=draft.row, value=draft.slug, hint=hint, severity=severity)
