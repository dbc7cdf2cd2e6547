"""A moment after which nothing is waited for."""

from collections.abc import Callable

from catalog.errors import FetchFailed


class Deadline:
    """`said` is the time that was given, in words of the message."""

    def __init__(self, seconds: float, clock: Callable[[], float], said: str | None = None) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._said = said or f"the answer was not complete within {seconds:g} s"

    def remaining_seconds(self) -> float:
        """More than nothing. Raises FetchFailed (FETCH_TIMEOUT) when the time is over."""
        left = self._end - self._clock()
        if left <= 0:
            raise self.missed()
        return left

    def within(self, seconds: float, said: str) -> "Deadline":
        """An earlier one, or this one if it is earlier."""
        if seconds >= self._end - self._clock():
            return self
        return Deadline(seconds, self._clock, said)

    def missed(self) -> FetchFailed:
        return FetchFailed(self._said, code="FETCH_TIMEOUT")
