"""What is indexed of one credential: its words, and what filters, facets and sorts ask of it and of its deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from catalog.search.columns.keys import number_of

FIELDS = ("title", "provider", "partners", "skills", "topics", "composition", "place", "body")
"""Where words are found: `partners` are all others by name, `topics` occupations, sectors and themes, `composition` the
titles of pathways and menus that name the credential, `place` where and how ONE delivery is taught."""
OF_DELIVERY = "place"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An offering, `usual`, or (`is_delivery` false) the row of a credential that has neither."""

    facts: Mapping[str, Any]
    """By the names of the columns in catalog.search.columns.layout."""
    place: Sequence[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Texts as they are shown, in every language; `french` holds those that are French once more."""

    id: str
    texts: Mapping[str, Sequence[str]]
    french: Sequence[str]
    deliveries: Sequence[Delivery]
    facts: Mapping[str, Any] = field(default_factory=dict)
    links: Sequence[str] = ()
    """Ids of everything that it was made of besides the credential: whatever changes among them makes it old."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a suggestion shows: the name of a credential, skill, occupation or institution in every language."""

    id: str
    kind: str
    texts: Sequence[str]

    @property
    def shown(self) -> list[str]:
        """Each text behind its kind."""
        return [f"{self.kind}\t{text}" for text in self.texts]


def entry_label(entry: Entry) -> Label:
    """Of a credential: its title in every language."""
    return Label(entry.id, "CREDENTIAL", entry.texts["title"])


def hash_of(parts: Any) -> int:
    """64 bits of everything that is indexed of a credential: equal content, equal hash."""
    return number_of(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS))
