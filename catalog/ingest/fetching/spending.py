"""Bytes and seconds that many requests share."""

from collections.abc import Callable
from dataclasses import replace

from catalog.errors import FetchFailed
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.limits import FetchLimits


class Spending:
    """What is left of `total_bytes`, unpacked, and of `total_seconds`."""

    def __init__(self, total_bytes: int, total_seconds: float, clock: Callable[[], float]) -> None:
        self._total = total_bytes
        self._left = total_bytes
        self._deadline = Deadline(total_seconds, clock, f"not everything had come within {total_seconds:g} s")

    def left_of(self, limits: FetchLimits) -> FetchLimits:
        """For the next request. Raises FetchFailed: FETCH_TIMEOUT, FETCH_TOO_LARGE."""
        self.check()
        return replace(
            limits,
            total_seconds=min(limits.total_seconds, self.remaining_seconds()),
            wire_bytes=min(limits.wire_bytes, self._left),
            body_bytes=min(limits.body_bytes, self._left),
        )

    def check(self) -> None:
        """Raises FetchFailed: FETCH_TIMEOUT, FETCH_TOO_LARGE, when nothing is left."""
        self.remaining_seconds()
        if self._left <= 0:
            raise FetchFailed(f"the answers exceed {self._total} bytes together", code="FETCH_TOO_LARGE")

    def is_short_of(self, limits: FetchLimits) -> bool:
        """Whether the next answer may be shorter than any answer may."""
        return self._left < max(limits.body_bytes, limits.wire_bytes)

    def remaining_seconds(self) -> float:
        return self._deadline.remaining_seconds()

    def paid(self, fetched: Fetched) -> Fetched:
        self._left -= len(fetched.data)
        return fetched
