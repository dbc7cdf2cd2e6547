"""What people looked for and did not find: counts of distinct askers, and nothing else of them.

An asker is a hash of the client's address under a key that lives in this process's memory for one day. Of the hash a sketch
keeps how many leading zeros a tenth of its bits began with, so that neither askers nor hashes can be read back. A topic is
counted in memory; it is told to anyone, and written down, only once ten distinct askers had it on one day.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from math import log
from threading import Lock

from catalog.search.text.folding import words_of
from catalog.search.text.stems import stem

FEWEST_ASKERS = 10
MOST_TOPICS = 5_000
"""Counted in one day by one process; each takes up to a kilobyte. A further one takes the place of one with few askers."""
MOST_WORDS = 4
"""Of a topic: whoever writes sentences may say more than what they look for."""
SHORTEST, LONGEST = 3, 24
"""Characters of the words that are taken."""
ADDRESSES = "@/\\"
KEY_BYTES = 32
SAMPLED = 16
LINEAR = 2.5
REGISTERS = 1024
REGISTER_BITS = 10
HASH_BITS = 64


class UnmetKind(StrEnum):
    """What was not found."""

    NOTHING = "NOTHING"
    NOTHING_OPEN = "NOTHING_OPEN"
    NOTHING_ELIGIBLE = "NOTHING_ELIGIBLE"


@dataclass(frozen=True, slots=True)
class Unmet:
    """One search. `topic` are stems, sorted; `words` the same as typed, folded; `region` a code, where one was asked."""

    kind: UnmetKind
    topic: str
    words: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A topic of one day with so many distinct askers, ten or more."""

    day: date
    kind: UnmetKind
    topic: str
    words: str
    region: str | None
    askers: int


def topic_of(text: str) -> tuple[str, str] | None:
    """Stems and words of what was typed, in one order; None for what is no topic: numbers, addresses, sentences."""
    words = dict.fromkeys(words_of(text))
    if not words or len(words) > MOST_WORDS or any(sign in text for sign in ADDRESSES):
        return None
    if not all(one.isalpha() and len(one) <= LONGEST for one in words) or all(len(one) < SHORTEST for one in words):
        return None
    stems = sorted((stem(one, "en"), one) for one in words)
    return " ".join(own for own, _ in stems), " ".join(one for _, one in stems)


class Sketch:
    """HyperLogLog (Flajolet and others, 2007) with linear counting below its range, which few askers never leave.

    Of up to some forty it never says more than were added, rounded: ten are never told of fewer than ten.
    """

    __slots__ = ("_registers",)

    def __init__(self) -> None:
        self._registers = bytearray(REGISTERS)

    def add(self, hashed: int) -> None:
        """`hashed` are 64 evenly spread bits."""
        place, rest = hashed & (REGISTERS - 1), hashed >> REGISTER_BITS
        rank = HASH_BITS - REGISTER_BITS - rest.bit_length() + 1
        self._registers[place] = max(self._registers[place], rank)

    @property
    def estimate(self) -> int:
        empty = self._registers.count(0)
        if empty and (few := REGISTERS * log(REGISTERS / empty)) <= LINEAR * REGISTERS:
            return int(few)
        return int(0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS**2 / sum(2.0**-one for one in self._registers))

    @property
    def filled(self) -> int:
        """Registers that anybody has touched: grows with the askers."""
        return REGISTERS - self._registers.count(0)


@dataclass
class _Topic:
    words: str
    sketch: Sketch = field(default_factory=Sketch)
    told: int = 0


class UnmetCounter:
    """Of one process. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: date | None = None
        self._key = b""
        self._topics: dict[tuple[UnmetKind, str, str | None], _Topic] = {}
        self._ended: list[Counted] = []
        """Of days that are over and were not written yet."""

    def note(self, asker: str, unmet: Iterable[Unmet], day: date) -> None:
        with self._lock:
            self._turn(day)
            hashed = int.from_bytes(blake2b(asker.encode(), digest_size=8, key=self._key).digest(), "little")
            for one in unmet:
                key = (one.kind, one.topic, one.region)
                if key not in self._topics and len(self._topics) >= MOST_TOPICS:
                    self._forget_one()
                self._topics.setdefault(key, _Topic(one.words)).sketch.add(hashed)

    def _forget_one(self) -> None:
        """Of some taken at random the topic with the fewest askers: whoever makes up topics pushes out their own."""
        keys = secrets.SystemRandom().sample(list(self._topics), min(SAMPLED, len(self._topics)))
        del self._topics[min(keys, key=lambda one: self._topics[one].sketch.filled)]

    def take(self, day: date) -> list[Counted]:
        """What has grown since it was last taken and may be told, and what is left of days that are over."""
        with self._lock:
            self._turn(day)
            found = [*self._ended, *self._grown()]
            self._ended = []
            return found

    def _grown(self) -> Iterator[Counted]:
        assert self._day is not None, "a day has begun before anything is taken"
        for (kind, topic, region), own in self._topics.items():
            askers = own.sketch.estimate
            if askers >= FEWEST_ASKERS and askers > own.told:
                own.told = askers
                yield Counted(self._day, kind, topic, own.words, region, askers)

    def _turn(self, day: date) -> None:
        """A new day: another key, and nothing kept of those who asked."""
        if day == self._day:
            return
        if self._day is not None:
            self._ended += self._grown()
        self._day, self._key, self._topics = day, secrets.token_bytes(KEY_BYTES), {}
