"""What the catalogue asks of a search engine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one credential; texts of all languages together."""

    id: str
    title: str
    provider: str
    skills: str
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class After:
    """The place behind a hit in the order of falling score, then id."""

    score: float
    id: str


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` counts all matches; `revision` is the last one that the index has taken in; `state` as the engine's."""

    hits: Sequence[Hit]
    total: int
    revision: int
    state: str


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """How far the index has followed the change log of which epoch."""

    epoch: str
    revision: int


class SearchEngine(Protocol):
    """Reading; any number of processes."""

    def search(self, query: str, limit: int, after: After | None = None) -> Hits:
        """Raises SearchUnavailable."""
        ...

    def position(self) -> IndexPosition | None: ...

    def state(self) -> str | None:
        """While it stays the same, so does every answer. None: there is no index."""
        ...


class SearchWriter(Protocol):
    """Writing; the worker alone."""

    def position(self) -> IndexPosition | None: ...

    def apply(self, changed: Iterable[Entry], gone: Iterable[str], position: IndexPosition) -> None:
        """Makes the entries findable and remembers the position, both or neither."""
        ...

    def rebuild(self, entries: Iterable[Entry], position: IndexPosition) -> int:
        """Builds a new index beside the live one and puts it in its place; how many entries it holds."""
        ...
