"""Why there is no plan: conflicts equal brute force on small problems, and each relaxation is enough and the least."""

from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from random import Random

import pytest

from catalog.model.vocabulary import DeliveryMode
from catalog.pathways.plans.candidates import Found, kept
from catalog.pathways.plans.conflicts import Diagnosis
from catalog.pathways.plans.problem import Candidate, Limits
from catalog.pathways.plans.wishes import Wishes
from tests.pathways.planning import FIRST, every_plan, net, random_problem

BLOCKS, SIZE = 6, 60
LIMITS = {"budget": "budget", "hoursPerWeek": "hours", "atOnce": "at_once", "finishBefore": "finish_by"}


@dataclass
class Case:
    """A problem with several wishes, and every plan there would be without any of them."""

    seed: int

    def __post_init__(self):
        random = Random(self.seed)
        own = random_problem(random)
        self.limits = Limits(
            budget=random.choice([None, 100.0, 300.0]),
            hours=random.choice([None, 4.0, 5.0]),
            at_once=random.choice([None, 1]),
            not_before=FIRST,
            finish_by=random.choice([None, FIRST + 40, FIRST + 80]),
        )
        self.wants_mode = random.random() < 0.6
        self.found = [Found(one, self.fails(one, random)) for one in own.candidates]
        self.problem = replace(own, candidates=kept(self.found), limits=self.limits)
        self.everything = replace(own, limits=Limits(not_before=FIRST))
        self.fits = {one.candidate.key: "modes" not in one.fails for one in self.found}

    def fails(self, one: Candidate, random):
        late = {"finishBefore"} if self.limits.finish_by and one.ends > self.limits.finish_by else set()
        return frozenset(late | ({"modes"} if self.wants_mode and random.random() < 0.4 else set()))

    @property
    def wishes(self):
        return Wishes(
            hours_per_week=self.limits.hours,
            budget=self.limits.budget,
            modes=frozenset({DeliveryMode.IN_PERSON}) if self.wants_mode else None,
            finish_before=self.limits.finish_by and date.fromordinal(self.limits.finish_by),
            at_once=self.limits.at_once,
        )

    @property
    def asked(self):
        own = [name for name, field in LIMITS.items() if getattr(self.limits, field) is not None]
        return {*own, *(["modes"] if self.wants_mode else [])}

    def conflicts(self):
        return Diagnosis(self.problem, self.found, self.wishes, 60.0, lambda: None).find()

    def plans(self, dropped=(), **relaxed):
        """Those that keep every wish but the dropped ones."""
        own = {field: None if name in dropped else getattr(self.limits, field) for name, field in LIMITS.items()}
        limits = replace(self.limits, **(own | relaxed))
        candidates = [one.candidate for one in self.found if "modes" in dropped or self.fits[one.candidate.key]]
        return list(every_plan(replace(self.problem, candidates=candidates, limits=limits)))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_conflicts_equal_brute_force(block):
    seen = 0
    for seed in range(block * SIZE, block * SIZE + SIZE):
        case = Case(seed)
        if case.plans():
            continue
        found = case.conflicts()
        seen += 1
        if not list(every_plan(case.everything)):
            assert [one.constraints for one in found] == [()], seed
            continue
        together = [name for one in found for name in one.constraints]
        assert len(together) == len(set(together)) > 0, seed
        assert set(together) <= case.asked, seed
        assert case.plans(together), seed
        for one in found:
            check(one, case, [name for name in together if name not in one.constraints])
    assert seen > SIZE / 4


def check(conflict, case, elsewhere):
    others = [name for name in case.asked if name not in conflict.constraints]
    assert not case.plans(others), case.seed  # these alone leave nothing
    assert all(case.plans([*others, name]) for name in conflict.constraints), case.seed  # but all but one leave something
    for name in conflict.constraints:
        mine = [own for own in conflict.relaxations if is_of(own, name)]
        assert len(mine) == bool(case.plans([name, *elsewhere])), (case.seed, name)
        for own in mine:
            assert is_least(own, name, case, elsewhere), (case.seed, own)


def is_of(relaxation, name):
    starts = {"budget": "budget + ", "finishBefore": "finish by ", "modes": "without modes"}
    ends = {"hoursPerWeek": "hours a week", "atOnce": "at once"}
    return relaxation.startswith(starts[name]) if name in starts else relaxation.endswith(ends[name])


def is_least(relaxation, name, case, elsewhere):
    """By trying the plans that there are without the wish."""
    plans = case.plans([name, *elsewhere])
    match name:
        case "budget":
            least = min(net(one, case.problem) for one in plans)
            return relaxation == f"budget + {ceil(least - case.limits.budget)}"
        case "finishBefore":
            last = min(max(one.ends for one in own) for own in plans)
            return relaxation == f"finish by {date.fromordinal(last)}"
        case "hoursPerWeek" | "atOnce":
            field, number = LIMITS[name], int(relaxation.split()[0])
            other = {LIMITS[one]: None for one in elsewhere if one in LIMITS}
            dropped = [one for one in elsewhere if one == "modes"]
            assert not case.plans(dropped, **other, **{field: number - 1 + 1e-9 if field == "hours" else number - 1})
            return bool(case.plans(dropped, **other, **{field: number}))
        case _:
            return True
