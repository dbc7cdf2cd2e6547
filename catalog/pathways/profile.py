"""What a learner tells about themselves. Never stored, logged or cached; what is not told is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A credential held, or one in progress: then `expected_on` says when it will be."""

    credential: str
    completed_on: date | None = None
    grade: str | None = None
    expected_on: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LanguageTest:
    language: str
    test: str
    score: float


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """None is not told; a list that is told is told whole. `on` is the day asked about, and that of `age`."""

    on: date
    held: tuple[Held, ...] | None = None
    skills: frozenset[str] | None = None
    age: int | None = None
    birth_year: int | None = None
    bc_resident: bool | None = None
    citizenship: str | None = None
    education: str | None = None
    high_school_graduate: bool | None = None
    licences: frozenset[str] | None = None
    years_of_experience: float | None = None
    employment: str | None = None
    language_tests: tuple[LanguageTest, ...] | None = None
    grade_average: float | None = None
    benefits: frozenset[str] | None = None
    region: str | None = None
    hours_per_week: float | None = None
    budget: Decimal | None = None
    cash_now: Decimal | None = None
    funding_used: Mapping[str, Decimal] | None = None
    """What was received so far, by the id of the program."""
    funding_slugs: Mapping[str, str] = field(default_factory=dict)
    """By which other name rules may call these programs."""
    holdings: Mapping[str, tuple[Held, ...]] = field(init=False)
    """What is held, by credential."""

    def __post_init__(self) -> None:
        found: dict[str, tuple[Held, ...]] = {}
        for one in self.held or ():
            found[one.credential] = (*found.get(one.credential, ()), one)
        object.__setattr__(self, "holdings", found)

    def __repr__(self) -> str:
        return "Profile(...)"  # a learner's own: it must not reach a log by way of a message
