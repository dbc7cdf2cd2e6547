"""Why an address of a sitemap was not handed on."""

from collections import Counter
from enum import StrEnum


class Skipped(StrEnum):
    INVALID = "INVALID"
    OTHER_HOST = "OTHER_HOST"
    NOT_CHOSEN = "NOT_CHOSEN"
    """The pattern does not fit."""
    LEFT_OUT = "LEFT_OUT"
    """Whoever reads the site did not ask for it."""
    ROBOTS = "ROBOTS"
    NOINDEX = "NOINDEX"
    NOFOLLOW = "NOFOLLOW"
    """A sitemap whose addresses its owner does not want to be followed."""
    FAILED = "FAILED"
    OVER_CAP = "OVER_CAP"
    """There was at least one more, and reading ended there."""


Tally = Counter[Skipped]
