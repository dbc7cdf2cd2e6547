"""Who is looking. Asked in one place, before any read of what is not public."""

from dataclasses import dataclass
from typing import Protocol

from catalog.model.vocabulary import Visibility


class Viewer(Protocol):
    """What may be seen; `audience` tells viewers apart whose answers may differ."""

    @property
    def audience(self) -> str: ...

    def readable(self) -> frozenset[Visibility]:
        """What may be read by somebody who knows its id or slug."""
        ...

    def listed(self) -> frozenset[Visibility]:
        """What may appear in lists, search and changes."""
        ...


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Anybody: sees what is public, and what is unlisted by its address; never what needs a referral."""

    audience: str = "public"

    def readable(self) -> frozenset[Visibility]:
        return frozenset({Visibility.PUBLIC, Visibility.UNLISTED})

    def listed(self) -> frozenset[Visibility]:
        return frozenset({Visibility.PUBLIC})


@dataclass(frozen=True, slots=True)
class Everything:
    """The catalogue itself: its worker, checks and rebuilds."""

    audience: str = "system"

    def readable(self) -> frozenset[Visibility]:
        return frozenset(Visibility)

    def listed(self) -> frozenset[Visibility]:
        return frozenset(Visibility)
