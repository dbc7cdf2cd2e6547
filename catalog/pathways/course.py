"""What rules need to know of a credential: what it asks for, and what holding it gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from catalog.model.render.rule import rule_of
from catalog.model.rule import AllOf, AnyOf, Holds, Rule
from catalog.model.vocabulary import RequirementKind, RequirementMoment, RequirementsStated, Visibility
from catalog.pathways.evaluation.moments import Run

HARD = frozenset({RequirementKind.PREREQUISITE, RequirementKind.COREQUISITE, RequirementKind.ADMISSION})
"""What must be met. RECOMMENDED need not be, and ADVANCED_STANDING only makes the way shorter."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement; its rule names things by id."""

    kind: RequirementKind
    at: RequirementMoment | None
    rule: Rule


@dataclass(frozen=True, slots=True)
class Course:
    """A credential as rules see it. `hours` are its least and greatest, `credit` its value and unit, where stated."""

    id: str
    slug: str = ""
    visibility: Visibility = Visibility.PUBLIC
    stated: RequirementsStated = RequirementsStated.NOT_STATED
    requirements: tuple[Requirement, ...] = ()
    skills: frozenset[str] = frozenset()
    valid_for: str | None = None
    credit: tuple[float, str] | None = None
    hours: tuple[float | None, float | None] = (None, None)
    runs: tuple[Run, ...] = ()
    listed: bool = True

    is_catalogued: bool = True
    """Whether anybody here offers it: outside qualifications are only held and required."""
    clauses: tuple[frozenset[str], ...] | None = field(init=False, compare=False)
    """Its hard rules where they ask for plain holdings alone: one of each of these. None where they ask for more."""
    is_whole: bool = field(init=False, compare=False)
    """Whether it says all that it asks: that it is nothing, or a list that is not empty."""

    def __post_init__(self) -> None:
        is_listed = self.stated is RequirementsStated.LISTED and bool(self.requirements)
        object.__setattr__(self, "is_whole", is_listed or self.stated is RequirementsStated.NONE)
        object.__setattr__(self, "clauses", plain_clauses(self.hard))

    def amount(self, unit: str) -> tuple[float | None, float | None]:
        """Its credit in that unit, or its hours: least and greatest. Units are never converted into each other."""
        if unit == "hours":
            return self.hours
        return (self.credit[0], self.credit[0]) if self.credit and self.credit[1] == unit else (None, None)

    @property
    def hard(self) -> tuple[Requirement, ...]:
        return tuple(one for one in self.requirements if one.kind in HARD) if self.requirements else ()


def plain_clauses(requirements: Iterable[Requirement]) -> tuple[frozenset[str], ...] | None:
    """A conjunction of choices among credentials, whenever they were completed and however well."""
    found: list[frozenset[str]] = []
    for one in requirements:
        for rule in one.rule.rules if isinstance(one.rule, AllOf) else (one.rule,):
            choices = rule.rules if isinstance(rule, AnyOf) else (rule,)
            held = [own for own in choices if isinstance(own, Holds) and own.within is None and own.min_grade is None]
            if len(held) < len(choices):
                return None
            found.append(frozenset(str(own.credential) for own in held))
    return tuple(found)


class Courses(Protocol):
    """Where courses are found."""

    def course(self, credential: str) -> Course | None: ...

    def same_as(self, credential: str) -> tuple[str, ...]:
        """What counts as this credential: itself, and what is reviewed as equivalent."""
        ...


def course_of(credential: str, slug: str, visibility: str, *, listed: bool, terms: Mapping[str, Any]) -> Course:
    """Reads what catalog.publishing writes into the column `credential.terms`."""
    credit = terms.get("credit")
    hours = terms.get("hours") or (None, None)
    return Course(
        credential,
        slug,
        Visibility(visibility),
        RequirementsStated(terms.get("stated", RequirementsStated.NOT_STATED)),
        tuple(
            Requirement(RequirementKind(one["kind"]), one["at"] and RequirementMoment(one["at"]), rule_of(one["rule"]))
            for one in terms.get("requirements", ())
        ),
        frozenset(terms.get("skills", ())),
        terms.get("validFor"),
        (credit[0], credit[1]) if credit else None,
        (hours[0], hours[1]),
        tuple(Run(*(one and date.fromisoformat(one) for one in run)) for run in terms.get("runs", ())),
        listed,
        is_catalogued=not terms.get("outside"),
    )
