"""What is planned: candidates to choose from, goals to reach, and limits to keep. Days are ordinals, money is dollars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.model.rule import Rule
from catalog.pathways.course import Courses
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.plans.clashes import Meeting


class PlanObjective(StrEnum):
    """What is best."""

    CHEAPEST = "CHEAPEST"
    FASTEST = "FASTEST"
    LEAST_TRAVEL = "LEAST_TRAVEL"
    FEWEST = "FEWEST"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to obtain a credential: an offering, or a step of typical length where nothing is dated.

    `starts` is its first and `ends` its last day. `cost` None: not known; `km` None: it is not known where it is taught;
    `hours` a week None: not known. `funded` is what each sure program would pay of it.
    """

    key: str
    credential: str
    offering: str | None
    starts: int
    ends: int
    cost: float | None = None
    funded: Mapping[str, float] = field(default_factory=dict)
    fees: Mapping[str, float] = field(default_factory=dict)
    """What is paid for each kind of fee, where programs cover some kinds alone."""
    hours: float | None = None
    km: float | None = 0.0
    is_preferred: bool = False
    meetings: tuple[Meeting, ...] = ()
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """So many of the items, counted in `amounts` (what each brings, at least); a rule besides, where there is one."""

    items: tuple[str, ...]
    least: float
    amounts: Mapping[str, float]
    is_fixed: bool = False
    within: str | None = None
    may_share: bool = False
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """Parts that all must be met."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fund:
    """What is left of a program for the learner (None: no cap), and what it is not paid beside and what it covers."""

    left: float | None
    excludes: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()
    """Kinds of fees; empty: the whole price."""


@dataclass(frozen=True, slots=True)
class Limits:
    """None: no limit. `hours` are those of a week."""

    budget: float | None = None
    hours: float | None = None
    at_once: int | None = None
    not_before: int = 0
    finish_by: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """`goals` are alternatives: one of the programs is enough. `made_of` says what a credential can be put together from."""

    candidates: Sequence[Candidate]
    goals: Sequence[Program]
    courses: Courses
    evaluator: Evaluator
    made_of: Mapping[str, Sequence[Program]] = field(default_factory=dict)
    funds: Mapping[str, Fund] = field(default_factory=dict)
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Solution:
    """Candidates in the order of their days. `value` is that of the objective, `gap` how far from the best it may be."""

    steps: tuple[Candidate, ...]
    value: float
    is_proven: bool
    gap: float | None


class PlanStatus(StrEnum):
    """Whether a plan is the best, one that will do, impossible, or not found in time."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    UNKNOWN = "UNKNOWN"
