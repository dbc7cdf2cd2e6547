"""The garbage collector, out of the way of large calls."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 500  # records; a smaller call is over before the collector matters


@contextmanager
def without_collecting(records: int) -> Iterator[None]:
    """A plan grows steadily and holds no cycles, so that looking through all of it again and again frees nothing."""
    if records < LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
