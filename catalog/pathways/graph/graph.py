"""The graph at one revision: who asks for whom, and what counts as the same. Nobody changes it: `updated` makes another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from catalog.model.rule import CreditSum, HasSkill, Holds, Rule, walk
from catalog.pathways.course import Course

Edges = dict[str, frozenset[str]]
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Graph:
    """`needed_by` leads from a credential or skill to the courses whose hard rules name it."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    needed_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taught_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """From a skill to the courses that teach it."""
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The members of each equivalence that counts, by its id."""
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What counts as a credential, itself first; only where there is anything besides itself."""

    def course(self, credential: str) -> Course | None:
        return self.courses.get(credential)

    def same_as(self, credential: str) -> tuple[str, ...]:
        return self.same.get(credential) or (credential,)

    def dependents(self, credential: str) -> frozenset[str]:
        """The courses whose hard rules ask for it: by name, as an equivalent, or for a skill that it teaches."""
        course = self.courses.get(credential)
        names = [*self.same_as(credential), *(course.skills if course else ())]
        return NOBODY.union(*(self.needed_by.get(one, NOBODY) for one in names)) - {credential}

    def updated(self, courses: Mapping[str, Course | None], groups: Mapping[str, frozenset[str] | None]) -> "Graph":
        """With these courses and equivalences as they now are; None for what is gone. Takes time by what changes."""
        known = dict(self.courses)
        moved: list[tuple[str, Course | None, Course | None]] = []
        for one, course in courses.items():
            moved.append((one, known.get(one), course))
            if course is not None:
                known[one] = course  # in its place: what is taken out of a dictionary makes every later copy slow
            elif one in known:
                del known[one]
        needed = _relinked(self.needed_by, [(one, _named(old), _named(new)) for one, old, new in moved])
        taught = _relinked(self.taught_by, [(one, _skills(old), _skills(new)) for one, old, new in moved])
        return Graph(known, needed, taught, *self._regrouped(groups))

    def _regrouped(
        self, changed: Mapping[str, frozenset[str] | None]
    ) -> tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[str, ...]]]:
        if not changed:
            return self.groups, self.same
        groups = {key: members for key, members in self.groups.items() if key not in changed}
        groups |= {key: members for key, members in changed.items() if members}
        together: dict[str, set[str]] = {}
        for members in groups.values():
            for one in members:
                together.setdefault(one, set()).update(members)
        return groups, {one: (one, *sorted(others - {one})) for one, others in together.items()}


def graph_of(courses: Iterable[Course], groups: Mapping[str, frozenset[str]]) -> Graph:
    """Built at once: for one course at a time, `updated` keeps what was there."""
    known = {one.id: one for one in courses}
    needed: dict[str, set[str]] = {}
    taught: dict[str, set[str]] = {}
    for one in known.values():
        for name in named(one):
            needed.setdefault(name, set()).add(one.id)
        for skill in one.skills:
            taught.setdefault(skill, set()).add(one.id)
    return Graph(known, _frozen(needed), _frozen(taught)).updated({}, groups)


def _frozen(edges: Mapping[str, set[str]]) -> Edges:
    return {key: frozenset(value) for key, value in edges.items()}


def named(course: Course) -> frozenset[str]:
    """Ids of every credential and skill in its hard rules."""
    if course.clauses is not None:
        return NOBODY.union(*course.clauses)
    return frozenset(name for one in course.hard for name in names_in(one.rule))


def names_in(rule: Rule) -> Iterator[str]:
    """Ids of every credential and skill in a rule."""
    for _, node in walk(rule):
        match node:
            case Holds(credential):
                yield str(credential)
            case HasSkill(skill):
                yield skill
            case CreditSum(credentials=credentials):
                yield from map(str, credentials)
            case _:
                pass


def _named(course: Course | None) -> frozenset[str]:
    return named(course) if course else NOBODY


def _skills(course: Course | None) -> frozenset[str]:
    return course.skills if course else NOBODY


def _relinked(
    edges: Mapping[str, frozenset[str]], moved: Iterable[tuple[str, frozenset[str], frozenset[str]]]
) -> Mapping[str, frozenset[str]]:
    """The same edges where nothing was moved: most changes are none of requirements."""
    changed = [(one, before, after) for one, before, after in moved if before != after]
    if not changed:
        return edges
    found = dict(edges)
    for course, before, after in changed:
        for one in before - after:
            left = found[one] - {course}
            if left:
                found[one] = left
            else:
                del found[one]
        for one in after - before:
            found[one] = found.get(one, NOBODY) | {course}
    return found
