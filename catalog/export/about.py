"""What every export says of itself: of which state it is, what was asked, where it comes from, how it may be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from catalog.model.history import load_sources

NO_LICENCE = "Not stated for the whole. Each record says what its provider allows (reuse); facts are their sources'."


@dataclass(frozen=True, slots=True)
class About:
    """`asked` is what was asked for, as JSON; `licence` the text or address of the installation's setting."""

    what: str
    at: datetime
    revision: int
    epoch: str
    asked: Mapping[str, Any]
    licence: str | None
    notes: Sequence[str] = field(default_factory=tuple)

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "at": self.at.isoformat(),
            "revision": self.revision,
            "epoch": self.epoch,
            "asked": dict(self.asked),
            "licence": self.licence or NO_LICENCE,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source of what is exported; `count` says for how many records it spoke."""

    key: str
    name: str
    kind: str
    url: str | None
    count: int


def source_uses(connection: Connection, counts: Mapping[str, int]) -> list[SourceUse]:
    """By name; `counts` are by key."""
    known = load_sources(connection, counts)
    found = [SourceUse(row.key, row.name, row.kind, row.url, counts[key]) for key, row in known.items()]
    return sorted(found, key=lambda one: (one.name, one.key))
