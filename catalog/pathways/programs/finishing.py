"""By when each item of a pathway can be finished at the earliest, one behind what it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from catalog.model.rule import AllOf, AnyOf, AtLeast, Holds, Rule
from catalog.model.vocabulary import RequirementKind
from catalog.pathways.course import HARD, Courses


@dataclass(frozen=True, slots=True)
class Run:
    """A run that can still be got into: its first possible day, and the day on which it is surely over."""

    starts: date
    ends: date


@dataclass
class Calendar:
    """`runs` are those of the items. What is asked for and is no item counts as there, since the day is the earliest."""

    runs: Mapping[str, Sequence[Run]]
    courses: Courses
    on: date
    _known: dict[str, date | None] = field(default_factory=dict)

    def finish(self, item: str, after: date | None = None) -> date | None:
        """The last day of its earliest run that begins when what it asks for is done; None where there is none."""
        if after is None and item in self._known:
            return self._known[item]
        self._known.setdefault(item, self._before)  # what goes in a circle counts as there
        ready = self._ready(item)
        end = None if ready is None else self._earliest(item, max(ready, after or self._before))
        if after is None:
            self._known[item] = end
        return end

    def in_order(self, items: Sequence[str]) -> tuple[date | None, str]:
        """Each behind the one before it. Also which is the last, or has no run."""
        day: date | None = self._before
        for item in items:
            day = self.finish(item, day)
            if day is None:
                return None, item
        return day, items[-1]

    @property
    def _before(self) -> date:
        """What begins on the day asked about begins behind it."""
        return self.on - timedelta(days=1)

    def _earliest(self, item: str, after: date) -> date | None:
        return min((run.ends for run in self.runs.get(item, ()) if run.starts > after), default=None)

    def _ready(self, item: str) -> date | None:
        course = self.courses.course(item)
        if course is None:
            return self._before
        asked = [one for one in course.requirements if one.kind in HARD and one.kind is not RequirementKind.COREQUISITE]
        return self._last([self._met(one.rule) for one in asked])

    def _met(self, rule: Rule) -> date | None:
        match rule:
            case AllOf(rules):
                return self._last([self._met(one) for one in rules])
            case AnyOf(rules):
                return self._several(rules, 1)
            case AtLeast(count, rules):
                return self._several(rules, count)
            case Holds(credential=credential):
                own = [one for one in self.courses.same_as(str(credential)) if one in self.runs]
                days = [self.finish(one) for one in own]
                return min((day for day in days if day is not None), default=None) if own else self._before
            case _:
                return self._before

    def _several(self, rules: Sequence[Rule], count: int) -> date | None:
        days = sorted(day for day in map(self._met, rules) if day is not None)
        return self._last([*days[:count]]) if len(days) >= count else None

    def _last(self, days: Sequence[date | None]) -> date | None:
        known = [day for day in days if day is not None]
        return max(known, default=self._before) if len(known) == len(days) else None
