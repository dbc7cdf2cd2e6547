"""When a requirement must be met: a claim about a span of days holds only where it holds on all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.model.vocabulary import RequirementKind, RequirementMoment


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that it may be.

    Where nothing says when it will be (`is_known` False), both are the day asked about: what holds on it is taken to hold,
    and what only time would bring is UNKNOWN.
    """

    earliest: date
    latest: date
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """The days of one offering, as far as its provider states them."""

    starts_earliest: date
    starts_latest: date
    ends_earliest: date | None = None
    ends_latest: date | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """The three moments at which requirements are asked for."""

    application: Span
    start: Span
    completion: Span

    def of(self, kind: RequirementKind, at: RequirementMoment | None) -> Span:
        """Where no moment is stated: admission at application, corequisites by completion, the rest at the start."""
        match at:
            case RequirementMoment.APPLICATION:
                return self.application
            case RequirementMoment.START:
                return self.start
            case RequirementMoment.COMPLETION:
                return self.completion
            case None if kind is RequirementKind.ADMISSION:
                return self.application
            case None:
                return self.completion if kind is RequirementKind.COREQUISITE else self.start


def moments(on: date, runs: Iterable[Run] = ()) -> Moments:
    """Those of somebody who applies `on` that day for the next of these runs that has not certainly begun."""
    coming = [one for one in runs if one.starts_latest >= on]
    if not coming:
        unknown = Span(on, on, is_known=False)
        return Moments(Span(on, on), unknown, unknown)
    return moments_of(on, min(coming, key=lambda one: (one.starts_latest, one.starts_earliest)))


def moments_of(on: date, run: Run) -> Moments:
    start = Span(max(on, run.starts_earliest), run.starts_latest)
    if run.ends_earliest is None or run.ends_latest is None:
        return Moments(Span(on, on), start, Span(start.earliest, start.latest, is_known=False))
    return Moments(Span(on, on), start, Span(max(start.earliest, run.ends_earliest), run.ends_latest))
