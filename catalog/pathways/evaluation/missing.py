"""The smallest sets of credentials, skills and facts that would meet a rule.

Worked out from the leaves up: each way to meet a node is a set of atoms, AnyOf unites the ways of its children, AllOf and
AtLeast combine them. What an atom also brings (a credential counts as its equivalents and gives its skills) is offered at
every leaf that it would meet, so no smallest set is overlooked; at the end every set is held to being smallest.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import TypeAlias

from catalog.model.rule import AllOf, AnyOf, AtLeast, Condition, CreditSum, HasSkill, Holds, Rule, TextRule, credentials_in
from catalog.pathways.course import Courses
from catalog.pathways.evaluation.evaluator import Evaluator, alike
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET

MOST_SETS = 100
"""Kept at each node, those of least weight; where there are more, the answer says that it is not complete."""
MOST_WAYS = 60_000
"""Looked at in all; then every node is given only as many as it may keep."""
MOST_SUMS = 400
"""Likewise of the partial sums of one CreditSum."""


@dataclass(frozen=True, slots=True)
class Credential:
    """Obtained anew, so with whatever grade and recency is asked for."""

    id: str


@dataclass(frozen=True, slots=True)
class Skill:
    id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A condition, or words on which a person decides."""

    rule: Condition | TextRule


Atom: TypeAlias = Credential | Skill | Fact
Atoms: TypeAlias = frozenset[Atom]
Weigh: TypeAlias = Callable[[Atoms], tuple[float, ...]]
"""Never more for fewer atoms."""
NOTHING: Atoms = frozenset()


def by_size(atoms: Atoms) -> tuple[float, ...]:
    return (len(atoms),)


@dataclass(frozen=True, slots=True)
class Missing:
    """The sets in the order of their weight; `is_complete` where there are no others."""

    sets: tuple[Atoms, ...]
    is_complete: bool


def find_missing(
    asked: Sequence[tuple[Rule, Span]],
    evaluator: Evaluator,
    weigh: Weigh = by_size,
    check: Callable[[], None] = lambda: None,
) -> Missing:
    """What would meet all of these rules, each at its time. One empty set where nothing is missing.

    `check` raises where the time is up.
    """
    search = _Search(asked, evaluator, weigh, check)
    ways = search.together([search.ways(rule, span) for rule, span in asked])
    smallest = {search.reduce(one) for one in ways}
    return Missing(tuple(sorted(smallest, key=lambda one: (*weigh(one), _name(one)))), not search.is_cut)


def _name(atoms: Atoms) -> str:
    return repr(sorted(map(repr, atoms)))


class _Search:
    def __init__(
        self, asked: Sequence[tuple[Rule, Span]], evaluator: Evaluator, weigh: Weigh, check: Callable[[], None]
    ) -> None:
        self.asked, self.evaluator, self.weigh, self.check = asked, evaluator, weigh, check
        self.courses: Courses = evaluator.courses
        named = dict.fromkeys(one for rule, _ in asked for one in credentials_in(rule))
        self.named = tuple(dict.fromkeys([*named, *(other for one in named for other in self.courses.same_as(one))]))
        """With what counts as them: it may be cheaper."""
        self.is_cut = False
        self.left = MOST_WAYS
        self._options: dict[tuple[CreditSum, Span], list[dict[Atoms, float]]] = {}
        self._gains: dict[tuple[CreditSum, Span], tuple[float, dict[Atom, list[tuple[int, float]]]]] = {}

    def ways(self, rule: Rule, span: Span) -> list[Atoms]:
        if self.evaluator.value(rule, span) == MET:
            return [NOTHING]
        match rule:
            case AllOf(rules):
                return self.together([self.ways(one, span) for one in rules])
            case AnyOf(rules):
                return self.kept(way for one in rules for way in self.ways(one, span))
            case AtLeast(count, rules):
                return self.some([self.ways(one, span) for one in rules], count)
            case CreditSum():
                return self.sums(rule, span)
            case Holds(credential):
                return [frozenset({Credential(one)}) for one in self.meeting(str(credential))]
            case HasSkill(skill):
                taught = [one for one in self.named if self._teaches(one, skill)]
                return [frozenset({Skill(skill)}), *(frozenset({Credential(one)}) for one in taught)]
            case Condition() | TextRule():
                return [frozenset({Fact(rule)})]

    def meeting(self, credential: str) -> list[str]:
        """What counts as this credential."""
        same = self.courses.same_as(credential)
        return [one for one in self.named if one in same]

    def _teaches(self, credential: str, skill: str) -> bool:
        course = self.courses.course(credential)
        return course is not None and skill in course.skills

    def together(self, ways: Iterable[list[Atoms]]) -> list[Atoms]:
        return reduce(lambda left, right: self.kept(a | b for a in left for b in right), ways, [NOTHING])

    def some(self, ways: list[list[Atoms]], count: int) -> list[Atoms]:
        """So many of them: `reached[n]` are the ways to meet n of those looked at so far."""
        reached: list[list[Atoms]] = [[NOTHING], *([] for _ in range(count))]
        for own in ways:
            for number in range(count, 0, -1):
                grown = (a | b for a in reached[number - 1] for b in own)
                reached[number] = self.kept([*reached[number], *grown])
        return reached[count]

    def sums(self, rule: CreditSum, span: Span) -> list[Atoms]:
        """Credentials whose amounts reach the minimum; of those that count once, the greatest counts."""
        reached: dict[Atoms, float] = {NOTHING: 0.0}
        for own in self.options(rule, span):
            grown: dict[Atoms, float] = {}
            for atoms, total in reached.items():
                for more, amount in own.items():
                    key = atoms | more
                    grown[key] = max(grown.get(key, 0.0), min(total + amount, rule.minimum))
            self.check()
            reached = self._undominated(grown)
        return self.kept(atoms for atoms, total in reached.items() if total >= rule.minimum)

    def _undominated(self, reached: dict[Atoms, float]) -> dict[Atoms, float]:
        """Of those with one amount only the smallest; where there are too many, those that are nearest to being enough."""
        by_amount: dict[float, list[Atoms]] = {}
        for atoms, total in reached.items():
            by_amount.setdefault(total, []).append(atoms)
        pairs = [(total, atoms) for total, several in by_amount.items() for atoms in self.kept(several)]
        if len(pairs) > MOST_SUMS:
            self.is_cut = True
            pairs = sorted(pairs, key=lambda pair: (-pair[0], self.weigh(pair[1])))[:MOST_SUMS]
        return {atoms: total for total, atoms in pairs}

    def options(self, rule: CreditSum, span: Span) -> list[dict[Atoms, float]]:
        """By what counts once: what it adds as it is, and with each credential that would add more."""
        known = self._options.get((rule, span))
        if known is None:
            groups = alike(rule.credentials, self.courses)
            known = self._options[rule, span] = [self._amounts(group, rule.unit, span) for group in groups]
        return known

    def _amounts(self, group: list[str], unit: str, span: Span) -> dict[Atoms, float]:
        found = {NOTHING: max(self._amount(one, unit) if self.evaluator.holds(one, span) == MET else 0.0 for one in group)}
        for one in dict.fromkeys(other for member in group for other in self.meeting(member)):
            amount = max(self._amount(member, unit) for member in group if one in self.courses.same_as(member))
            if amount > found[NOTHING]:
                found[frozenset({Credential(one)})] = amount
        return found

    def _amount(self, credential: str, unit: str) -> float:
        course = self.courses.course(credential)
        return (course.amount(unit)[0] if course else None) or 0.0

    def kept(self, ways: Iterable[Atoms]) -> list[Atoms]:
        """Without those that hold another, which comes before them; at most MOST_SETS."""
        self.check()
        smallest: list[Atoms] = []
        looked = set(islice(ways, max(self.left, MOST_SETS)))
        self.left -= len(looked)
        if self.left <= 0:
            self.is_cut = True
        for one in sorted(looked, key=lambda way: (*self.weigh(way), len(way))):
            size = len(one)
            if any(len(other) < size and other <= one for other in smallest):
                continue
            if len(smallest) == MOST_SETS:
                self.is_cut = True
                break
            smallest.append(one)
        return smallest

    def reduce(self, atoms: Atoms) -> Atoms:
        """Without what is not needed: by way of each other atoms may bring more than they were chosen for."""
        self.check()
        for one in sorted(atoms, key=repr):
            fewer = atoms - {one}
            if all(self.is_met_with(rule, span, fewer) for rule, span in self.asked):
                return self.reduce(fewer)
        return atoms

    def is_met_with(self, rule: Rule, span: Span, atoms: Atoms) -> bool:
        match rule:
            case AllOf(rules):
                return all(self.is_met_with(one, span, atoms) for one in rules)
            case AnyOf(rules):
                return any(self.is_met_with(one, span, atoms) for one in rules)
            case AtLeast(count, rules):
                return sum(self.is_met_with(one, span, atoms) for one in rules) >= count
            case _ if self.evaluator.value(rule, span) == MET:
                return True
            case Holds(credential):
                return self._brings(str(credential), atoms)
            case HasSkill(skill):
                return Skill(skill) in atoms or any(isinstance(a, Credential) and self._teaches(a.id, skill) for a in atoms)
            case CreditSum():
                return self._sum_with(rule, span, atoms) >= rule.minimum
            case Condition() | TextRule():
                return Fact(rule) in atoms

    def _brings(self, credential: str, atoms: Atoms) -> bool:
        return any(Credential(one) in atoms for one in self.courses.same_as(credential))

    def _sum_with(self, rule: CreditSum, span: Span, atoms: Atoms) -> float:
        base, gains = self._known_gains(rule, span)
        best: dict[int, float] = {}
        for one in atoms:
            for group, gain in gains.get(one, ()):
                best[group] = max(best.get(group, 0.0), gain)
        return base + sum(best.values())

    def _known_gains(self, rule: CreditSum, span: Span) -> tuple[float, dict[Atom, list[tuple[int, float]]]]:
        """What is reached already, and by how much each credential raises what its groups add."""
        known = self._gains.get((rule, span))
        if known is None:
            gains: dict[Atom, list[tuple[int, float]]] = {}
            options = self.options(rule, span)
            for group, own in enumerate(options):
                for atoms, amount in own.items():
                    for one in atoms:
                        gains.setdefault(one, []).append((group, amount - own[NOTHING]))
            known = self._gains[rule, span] = (sum(own[NOTHING] for own in options), gains)
        return known
