"""What held credentials open: now, and with one more. Takes as long as what asks for them, however large the graph is."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from catalog.model.rule import AllOf, AnyOf, AtLeast, CreditSum, HasSkill, Holds, Rule
from catalog.pathways.course import Course
from catalog.pathways.evaluation.evaluator import alike
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, Value, all_of, any_of, at_least
from catalog.pathways.graph.graph import Graph

Singles = frozenset[str]


class Reach:
    """What is held, with what counts as it and the skills that it gives: plainly, whenever it was completed."""

    __slots__ = ("graph", "held", "reached", "skills")

    def __init__(self, graph: Graph, held: Iterable[str], skills: Iterable[str] = ()) -> None:
        self.graph = graph
        self.held = frozenset(held)
        reached: set[str] = set()
        taught: set[str] = set(skills)
        for one in self.held:
            reached.update(graph.same_as(one))
            course = graph.courses.get(one)
            if course is not None:
                taught |= course.skills
        self.reached = reached
        self.skills = taught

    def value(self, rule: Rule) -> Value:
        """What plain holding decides; recency, grades, levels and facts are UNKNOWN."""
        match rule:
            case Holds():
                if rule.credential not in self.reached:
                    return NOT_MET
                return UNKNOWN if rule.within or rule.min_grade else MET
            case AllOf():
                return all_of([self.value(one) for one in rule.rules])
            case AnyOf():
                return any_of([self.value(one) for one in rule.rules])
            case AtLeast():
                return at_least(rule.count, [self.value(one) for one in rule.rules])
            case HasSkill():
                if rule.skill not in self.skills:
                    return NOT_MET
                return UNKNOWN if rule.level else MET
            case CreditSum():
                return self._sum(rule, self.reached)
            case _:
                return UNKNOWN

    def _sum(self, rule: CreditSum, reached: Iterable[str]) -> Value:
        total, is_whole = 0.0, True
        for group in alike(rule.credentials, self.graph):
            amounts = [self._amount(one, rule.unit) for one in group if one in reached]
            total += max((one for one in amounts if one is not None), default=0.0)
            is_whole = is_whole and None not in amounts
        return MET if total >= rule.minimum else NOT_MET if is_whole else UNKNOWN

    def _amount(self, credential: str, unit: str) -> float | None:
        course = self.graph.courses.get(credential)
        return course.amount(unit)[0] if course else None

    def of_course(self, course: Course) -> Value:
        if course.clauses is not None:
            reached = self.reached
            for clause in course.clauses:
                if reached.isdisjoint(clause):
                    return NOT_MET
            return MET if course.is_whole else UNKNOWN
        value = all_of([self.value(one.rule) for one in course.hard])
        return min(value, MET if course.is_whole else UNKNOWN)

    def singles(self, rule: Rule) -> Singles:
        """The credentials each of which alone would make this rule, which is NOT_MET, at least no longer so."""
        match rule:
            case Holds():
                return frozenset(self.graph.same_as(str(rule.credential)))
            case HasSkill():
                return self.graph.taught_by.get(rule.skill, frozenset())
            case AllOf():
                return _shared(self.singles(one) for one in rule.rules if self.value(one) == NOT_MET)
            case AnyOf():
                return frozenset().union(*(self.singles(one) for one in rule.rules))
            case AtLeast():
                return self._singles_of_some(rule)
            case CreditSum():
                named = [one for member in rule.credentials for one in self.graph.same_as(str(member))]
                return frozenset(
                    one for one in named if self._sum(rule, self.reached | {*self.graph.same_as(one)}) != NOT_MET
                )
            case _:
                return frozenset()

    def _reached_with(self, credential: str) -> set[str]:
        return self.reached.union(self.graph.same_as(credential))

    def _singles_of_some(self, rule: AtLeast) -> Singles:
        open_ones = [one for one in rule.rules if self.value(one) == NOT_MET]
        lacking = rule.count - (len(rule.rules) - len(open_ones))
        votes: dict[str, int] = {}
        for one in open_ones:
            for single in self.singles(one):
                votes[single] = votes.get(single, 0) + 1
        return frozenset(single for single, number in votes.items() if number >= lacking)


def _shared(several: Iterable[Singles]) -> Singles:
    """In all of them; nothing where there are none."""
    listed = list(several)
    return frozenset.intersection(*listed) if listed else frozenset()


def opened_now(reach: Reach) -> Iterator[tuple[Course, Value]]:
    """The courses that ask for something held, are not held, and whose outcome by plain holding is not NOT_MET."""
    for course in _asking(reach):
        value = reach.of_course(course)
        if value != NOT_MET:
            yield course, value


def one_more(reach: Reach, opened: Iterable[Course] = ()) -> Iterator[tuple[Course, Singles]]:
    """The courses that lack exactly one credential, with those of which one is enough.

    Looked for among those that ask for something held, or for one of the courses `opened` by it.
    """
    graph = reach.graph
    next_ones = [graph.courses[two] for one in opened for two in graph.dependents(one.id) if two not in reach.reached]
    for course in sorted({one.id: one for one in [*_asking(reach), *next_ones]}.values(), key=_BY_SLUG):
        lacking = [one.rule for one in course.hard if reach.value(one.rule) == NOT_MET]
        if lacking and (singles := _shared(reach.singles(rule) for rule in lacking) - reach.reached):
            yield course, singles


def _asking(reach: Reach) -> list[Course]:
    graph = reach.graph
    asking: set[str] = set()
    for one in reach.held:
        asking |= graph.dependents(one)
    for skill in reach.skills:
        asking |= graph.needed_by.get(skill, frozenset())
    return sorted((graph.courses[one] for one in asking if one not in reach.reached), key=_BY_SLUG)


_BY_SLUG = attrgetter("slug")
