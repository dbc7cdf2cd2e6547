"""One figure: ours and its reference, interleaved in the same run, as medians."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.errors import NotBuilt

ROUNDS = 3
NOT_MEASURED = "NOT MEASURED"


@dataclass(frozen=True, slots=True)
class Measurement:
    """Seconds; `ratio` is how many times faster we are. `note` says what belongs to reading the figure."""

    work: str
    ours: float | None
    reference: float | None
    against: str
    goal: str
    note: str = ""
    tuning: tuple[str, ...] = ()
    """What was done to make the reference fast."""
    details: dict[str, Any] = field(default_factory=dict)
    command: str = ""
    error: str = ""
    """What kept it from being measured: the command, and what that wrote."""

    @property
    def ratio(self) -> float | None:
        return self.reference / self.ours if self.ours and self.reference else None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def not_measured(work: str, against: str, goal: str, why: NotBuilt) -> Measurement:
    return Measurement(work, None, None, against, goal, command=why.command, error=why.error)


def interleave(ours: Callable[[], None], reference: Callable[[], None], rounds: int = ROUNDS) -> tuple[float, float]:
    """Median seconds of each, one after the other in every round."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for own, work in zip(times, (ours, reference), strict=True):
            begun = time.perf_counter()
            work()
            own.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


def table(measured: list[Measurement]) -> str:
    rows = [("work", "ours", "reference", "ratio", "goal", "against")]
    for one in measured:
        ratio = f"{one.ratio:.2f}x" if one.ratio else "-" if one.ours else NOT_MEASURED
        rows.append((one.work, _shown(one.ours), _shown(one.reference), ratio, one.goal, one.against))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", *_notes(measured)])


def _notes(measured: list[Measurement]) -> list[str]:
    notes = [f"{one.work}: {one.note}" for one in measured if one.note]
    tuned = {one.against: one.tuning for one in measured if one.tuning}
    notes += [f"{against} is tuned: {'; '.join(tuning)}" for against, tuning in tuned.items()]
    missing = [one for one in measured if one.ours is None]
    return [*notes, *(f"{NOT_MEASURED}: {one.work} against {one.against}\n$ {one.command}\n{one.error}" for one in missing)]


def _shown(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds * 1e6:.1f} µs"
