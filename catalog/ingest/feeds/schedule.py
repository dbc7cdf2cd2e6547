"""When a feed is pulled again: at its own pace, and ever more rarely while it fails."""

from datetime import datetime, timedelta
from hashlib import sha256

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=24)
MOST_DOUBLINGS = 12
SPREAD = 0.1
"""Of the pace: feeds with the same pace do not all come at once."""


def due_after(now: datetime, every_minutes: int, name: str) -> datetime:
    """After a pull that worked."""
    pace = timedelta(minutes=every_minutes)
    share = int.from_bytes(sha256(name.encode()).digest()[:2]) / 0xFFFF
    return now + pace + pace * SPREAD * share


def due_after_failure(now: datetime, failures: int, retry_after: float | None) -> datetime:
    """5 minutes, then twice as long each time, at most a day; never before the server said that it may be asked again."""
    wait = min(FIRST_WAIT * (1 << min(failures - 1, MOST_DOUBLINGS)), LONGEST_WAIT)
    asked = timedelta(seconds=min(retry_after or 0.0, LONGEST_WAIT.total_seconds()))
    return now + max(wait, asked)
