"""One figure: ours and its reference, interleaved in the same run, as medians."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Measurement:
    """Seconds; `ratio` is how many times faster we are. `note` says what belongs to reading the figure."""

    work: str
    ours: float | None
    reference: float | None
    against: str
    goal: str
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.reference / self.ours if self.ours and self.reference else None

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


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
        ratio = f"{one.ratio:.2f}x" if one.ratio else "NOT MEASURED"
        rows.append((one.work, _seconds(one.ours), _seconds(one.reference), ratio, one.goal, one.against))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"{one.work}: {one.note}" for one in measured if one.note]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], "", *notes])


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s"
