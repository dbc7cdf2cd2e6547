"""Time between two requests to one site."""

from collections.abc import Callable


class Pace:
    """`delay_seconds` may be raised when the site asks for it."""

    def __init__(self, delay_seconds: float, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self.delay_seconds = delay_seconds
        self._clock = clock
        self._sleep = sleep
        self._next = clock()

    def wait(self, longest_seconds: float) -> None:
        """Until it is time for the next request; not longer than there is time at all."""
        pause = self._next - self._clock()
        if pause > 0:
            self._sleep(min(pause, longest_seconds))
        self._next = self._clock() + self.delay_seconds

    def ended(self) -> None:
        """A slow site gets its pause after its answer."""
        self._next = self._clock() + self.delay_seconds
