"""An answer, what is said of it in the log, and for how long it stays true."""

from dataclasses import dataclass
from datetime import datetime

from catalog.coverage.unmet import Unmet
from catalog.model.state import State
from catalog.schema.context import Touch


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the catalogue and its search index were when somebody last looked."""

    state: State
    index: str | None


@dataclass(frozen=True, slots=True)
class Validity:
    """What an answer hangs on: it stays true while none of that has moved."""

    state: State
    touched: frozenset[Touch]
    index: str | None
    since: datetime
    until: datetime | None
    """The next instant at which the clock alone changes something; None: it never does, or time was not touched."""

    def holds(self, seen: Seen, now: datetime) -> bool:
        own, current = self.state, seen.state
        return (
            own.content == current.content
            and own.confirmations == current.confirmations
            and (Touch.LIVE not in self.touched or own.revision == current.revision)
            and (Touch.INDEX not in self.touched or self.index == seen.index)
            and (Touch.TIME not in self.touched or (self.since <= now and (self.until is None or now < self.until)))
        )

    def is_older(self, other: State) -> bool:
        """Whether the snapshot was behind `other`, as that of a lagging replica; of another epoch counts as behind."""
        return self.state.epoch != other.epoch or self.state.revision < other.revision


@dataclass(frozen=True, slots=True)
class Facts:
    """What the log and the metrics may say of a request: never a document, a variable or a profile."""

    operation: str | None = None
    hash: str | None = None
    cost: int | None = None
    codes: tuple[str, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    """Searches that did not find what was looked for: counted for whoever asks, also of a kept answer; not logged."""


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is for clients that speak application/graphql-response+json; `executed` says whether execution began.

    Without `validity` it is for this one request only.
    """

    body: bytes
    executed: bool
    status: int = 200
    facts: Facts = NO_FACTS
    validity: Validity | None = None
