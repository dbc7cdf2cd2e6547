"""What the catalogue asks of a search engine: which rows hold the words, what a word may have meant, what could be typed.

Everything else (filters, facets, sorts, pages, highlights) is worked out from the columns of those rows, the same for
every engine: catalog.search.narrowing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from catalog.search.columns.ragged import Rows
from catalog.search.columns.table import Columns
from catalog.search.entry import Entry, Label
from catalog.search.text.query import TextQuery


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """How far the index has followed the change log of which epoch, and how many moved confirmations."""

    epoch: str
    revision: int
    confirmations: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """Rows of `columns` that hold the words, rising, with their scores; `state` names the index as it was."""

    columns: Columns
    rows: Rows
    scores: NDArray[Any]
    position: IndexPosition
    state: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name that goes on from what was typed; `text` as it is shown."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index holds: the hash of each credential's entry, and each labelled thing's kind and texts as shown."""

    hashes: dict[str, int]
    labels: dict[str, frozenset[str]]


class SearchEngine(Protocol):
    """Reading; any number of processes. Every verb raises SearchUnavailable."""

    def match(self, query: TextQuery, *, is_strict: bool = True) -> Matches:
        """Rows in which every required clause is found; not strict: most of them."""
        ...

    def correct(self, query: TextQuery) -> str | None:
        """The query with each word that nobody knows replaced by the nearest known one, where there is any."""
        ...

    def suggest(self, words: Sequence[str], limit: int) -> list[Suggested]:
        """Names that hold all words, the last one perhaps unfinished, and that lead to something; best first."""
        ...

    def position(self) -> IndexPosition | None:
        """As last seen. None: there is no index, or it cannot be reached."""
        ...

    def state(self) -> str | None:
        """As last seen, never long ago: while it stays the same, so does every answer. None: as for `position`."""
        ...

    def look(self) -> str:
        """The state now."""
        ...


class SearchWriter(Protocol):
    """Writing; the worker alone."""

    def position(self) -> IndexPosition | None:
        """None: there is no index that this release can follow; build it anew."""
        ...

    def linked(self, ids: Iterable[str]) -> set[str]:
        """The credentials whose entries were made with any of these things."""
        ...

    def apply(self, changed: Sequence[Entry], gone: Iterable[str], labels: Sequence[Label], position: IndexPosition) -> None:
        """Makes the entries findable instead of older ones, and remembers the position: never half of it for long.

        `gone` are ids of credentials and of labelled things.
        """
        ...

    def rebuild(self, entries: Iterable[Entry], labels: Iterable[Label], position: IndexPosition) -> int:
        """Builds a new index beside the live one and puts it in its place; how many entries it holds."""
        ...

    def count(self) -> int:
        """Credentials in the live index; 0 where there is none."""
        ...

    def read(self) -> Indexed:
        """Everything that the live index holds, for comparison with the database."""
        ...

    def is_worn(self) -> bool:
        """Whether so much of the live index was replaced that it is better built anew."""
        ...

    def drift(self) -> list[str]:
        """Settings of the engine that are not as this release wants them, in words."""
        ...
