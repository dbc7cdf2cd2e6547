"""What a plan may not break: looked for in what comes out, and then forbidden for good.

Meetings, weekly hours and how many at once rarely bind, and there are too many of them to write down beforehand.
"""

from collections.abc import Callable, Iterator, Sequence

from catalog.pathways.plans.clashes import clash
from catalog.pathways.plans.problem import Candidate, Limits
from catalog.pathways.plans.program import Written
from catalog.pathways.plans.solver import Row
from catalog.pathways.plans.terms import Sum

NO_END = float("inf")
EPSILON = 1e-6
AROUND = 28
MANY = 4
SMALL = 400
"""So many candidates may have all that could clash or crowd written down at once."""


def clashes(
    written: Written, steps: Sequence[Candidate], known: set[frozenset[str]], check: Callable[[], None]
) -> Iterator[Row]:
    """For each two steps that clash: no two runs of their credentials that do. `check` raises where the time is up.

    Where the problem is small, or clashes keep coming, all is forbidden in which any two credentials of the plan clash: else
    the next one comes with the next answer. `known` are the pairs that were looked at before.
    """
    pairs = [(one, other) for number, one in enumerate(steps) for other in steps[:number]]
    if not any(clash(one.meetings, other.meetings) for one, other in pairs):
        return
    is_eager = len(written.taken) <= SMALL or len(known) >= MANY
    for one, other in pairs:
        pair = frozenset((one.credential, other.credential))
        if pair not in known and (is_eager or clash(one.meetings, other.meetings)):
            known.add(pair)
            yield from _apart(written, one.credential, other.credential, check)


def _apart(written: Written, left: str, right: str, check: Callable[[], None]) -> Iterator[Row]:
    for place in written.of[left]:
        check()
        own = written.candidate(place).meetings
        clashing = [written.taken[other] for other in written.of[right] if clash(own, written.candidate(other).meetings)]
        if clashing:
            yield dict.fromkeys(clashing, 1.0) | {written.taken[place]: 1.0}, -NO_END, 1.0


def crowds(written: Written, steps: Sequence[Candidate], limits: Limits) -> Iterator[Row]:
    """Where more runs than is allowed, or for more hours a week, all days around it: else the crowd only moves by a week."""
    broken = [day for day in {one.starts for one in steps} if _is_broken(steps, day, limits)]
    if not broken:
        return
    around = NO_END if len(written.taken) <= SMALL else AROUND
    first, last = min(broken) - around, max(broken) + around
    for day in sorted({one.starts for one in written.problem.candidates if first <= one.starts <= last}):
        if limits.at_once is not None:
            yield _running(written, day), -NO_END, float(limits.at_once)
        if limits.hours is not None:
            yield _load(written, day), -NO_END, limits.hours


def _is_broken(steps: Sequence[Candidate], day: int, limits: Limits) -> bool:
    """It grows only where something begins."""
    running = [one for one in steps if one.starts <= day <= one.ends]
    if limits.at_once is not None and len(running) > limits.at_once:
        return True
    return limits.hours is not None and sum(one.hours or 0.0 for one in running) > limits.hours + EPSILON


def _running(written: Written, day: int) -> Sum:
    """All that runs on a day."""
    taken = zip(written.taken, written.problem.candidates, strict=True)
    return {column: 1.0 for column, one in taken if one.starts <= day <= one.ends}


def _load(written: Written, day: int) -> Sum:
    """The weekly hours of all that runs on a day; hours that are not stated count as none, and are named in the plan."""
    taken = zip(written.taken, written.problem.candidates, strict=True)
    return {column: one.hours for column, one in taken if one.hours and one.starts <= day <= one.ends}
