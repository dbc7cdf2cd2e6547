"""The clock of a filter."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """`confirmation_days`: how long a confirmation speaks."""

    now: datetime
    confirmation_days: int
