"""Finds whom a listing is worth comparing with: never everybody with everybody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil
from typing import TypeAlias

from catalog.ingest.likeness.listing import Listing
from catalog.ingest.likeness.scoring import LEAST_TITLE, Likeness, find_likeness
from catalog.ingest.likeness.title_words import TitleWords

WordKey: TypeAlias = tuple[str, str, frozenset[str], frozenset[str]]
"""Language, word, and what must be equal besides: the numbers and forms of the title."""
MOST_BY_WORD = 1_000
MOST_BY_SKILL = 100
"""What more listings than these share says too little by itself, or with another word of which the same is true."""
FEWEST_SKILLS = 2
"""In common, to be compared for them: it finds titles that are written differently."""


@dataclass
class Pool:
    """Listings by their words and skills. One thread's."""

    listings: dict[str, Listing] = field(default_factory=dict)
    _by_word: dict[WordKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_skill: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def update(self, things: Iterable[str], listings: Mapping[str, Listing]) -> None:
        """These things are now so; what is not among `listings` is no longer to be proposed."""
        for one in things:
            if (before := self.listings.pop(one, None)) is not None:
                self._forget(before)
        for listing in listings.values():
            self.listings[listing.id] = listing
            for key in _word_keys(listing):
                self._by_word[key].add(listing.id)
            for skill in listing.skills:
                self._by_skill[skill].add(listing.id)

    def find_alike(self, thing: str, known: Collection[str] = ()) -> dict[str, Likeness]:
        """Every other that is to be proposed with it, by id; `known` ones are compared whatever their words are."""
        own = self.listings.get(thing)
        if own is None:
            return {}
        others = self._candidates(own).union(one for one in known if one in self.listings)
        pairs = ((other, self._compared(own, other)) for other in others)
        return {other: likeness for other, likeness in pairs if likeness is not None}

    def _compared(self, one: Listing, other: str) -> Likeness | None:
        """The lesser id first, so that figures stand as the pair does."""
        first, second = sorted((one, self.listings[other]), key=lambda listing: listing.id)
        return find_likeness(first, second)

    def _candidates(self, own: Listing) -> set[str]:
        found: set[str] = set()
        for language, title in own.titles.items():
            found |= self._by_words(language, title)
        return (found | self._by_skills(own)) - {own.id}

    def _by_words(self, language: str, title: TitleWords) -> set[str]:
        """Who shares so many words as it takes shares two of the rarest, whichever of the others are missing."""
        size = len(title.words)
        needed = ceil(size * LEAST_TITLE / (2 - LEAST_TITLE))
        together = min(2, needed)
        sharing = sorted((self._by_word.get(key, set()) for key in _keys_of(language, title)), key=len)
        looked = combinations(sharing[: size - needed + together], together)
        return set().union(*(set.intersection(*own) for own in looked if min(map(len, own)) <= MOST_BY_WORD))

    def _by_skills(self, own: Listing) -> set[str]:
        shared: dict[str, int] = defaultdict(int)
        for skill in own.skills:
            teaching = self._by_skill.get(skill, set())
            for other in teaching if len(teaching) <= MOST_BY_SKILL else ():
                shared[other] += 1
        return {other for other, count in shared.items() if count >= FEWEST_SKILLS}

    def _forget(self, listing: Listing) -> None:
        for key in _word_keys(listing):
            self._by_word[key].discard(listing.id)
            if not self._by_word[key]:
                del self._by_word[key]
        for skill in listing.skills:
            self._by_skill[skill].discard(listing.id)
            if not self._by_skill[skill]:
                del self._by_skill[skill]


def _word_keys(listing: Listing) -> Iterator[WordKey]:
    for language, title in listing.titles.items():
        yield from _keys_of(language, title)


def _keys_of(language: str, title: TitleWords) -> list[WordKey]:
    return [(language, word, title.numbers, title.forms) for word in title.words]
