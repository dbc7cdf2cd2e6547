"""Whole answers, kept while they stay true; bounded in bytes, the least recently used forgotten first."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from catalog.http.answers import Answer, Facts, Seen, Validity
from catalog.http.exchange import Headers

Key: TypeAlias = tuple[str, str | None, bytes, str]
"""Document, operation name, variables as sorted JSON, audience."""
LEAST_COMPRESSED = 1_000  # bytes; below that compression costs more than it saves
LEVEL = 5
LONGEST_ASKED = 4_000  # bytes of a request that is remembered
MOST_ASKED = 5_000
OVERHEAD = 1_500  # bytes of an entry besides its text


Asked: TypeAlias = tuple[bool, bytes, str]
"""A request as it came: whether by GET, its query string or body, and the audience that it came from."""


@dataclass(slots=True)
class Entry:
    """One answer, with its compressed twin once somebody has asked for it."""

    body: bytes
    etag: bytes
    facts: Facts
    validity: Validity
    compressed: bytes | None = None
    headers: dict[tuple[str, bool, bool], Headers] = field(default_factory=dict)
    """By media type, whether it came by GET, and whether it is compressed."""
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = len(self.body) + (len(self.compressed) if self.compressed else 0) + OVERHEAD


class ResponseCache:
    """Used by one event loop; not safe for threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._keys: OrderedDict[Asked, Key] = OrderedDict()
        self.bytes = 0

    def key_of(self, asked: Asked) -> Key | None:
        """What the same bytes were about before, so that they need not be read again."""
        return self._keys.get(asked)

    def remember(self, asked: Asked, key: Key) -> None:
        """Only for what was kept: an answer with a profile in its question never is."""
        if key not in self._entries or len(asked[1]) > LONGEST_ASKED or asked in self._keys:
            return
        self._keys[asked] = key
        if len(self._keys) > MOST_ASKED:
            self._keys.popitem(last=False)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, key: Key, seen: Seen, now: datetime) -> Entry | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        if not entry.validity.holds(seen, now):
            if entry.validity.is_older(seen.state):  # else it may be newer than what was seen
                self._forget(key)
            return None
        self._entries.move_to_end(key)
        return entry

    def keep(self, key: Key, answer: Answer, etag: bytes, seen: Seen) -> Entry | None:
        """An answer from an older snapshot than the newest seen is not kept, nor one that would replace a newer one."""
        validity = answer.validity
        if validity is None or validity.is_older(seen.state):
            return None
        present = self._entries.get(key)
        if present is not None and validity.is_older(present.validity.state):
            return None
        entry = Entry(answer.body, etag, answer.facts, validity)
        if self._cost(key, entry) > self._most // 10:
            return None
        if present is not None:
            self._forget(key)
        self._entries[key] = entry
        self.bytes += self._cost(key, entry)
        while self.bytes > self._most:
            self._forget(next(iter(self._entries)))
        return entry

    def add_compressed(self, key: Key, entry: Entry, compressed: bytes) -> None:
        """The compressed twin counts too, while the entry is there."""
        if entry.compressed is None and self._entries.get(key) is entry:
            entry.compressed = compressed
            entry.size += len(compressed)
            self.bytes += len(compressed)

    def _forget(self, key: Key) -> None:
        self.bytes -= self._cost(key, self._entries.pop(key))

    def _cost(self, key: Key, entry: Entry) -> int:
        return entry.size + len(key[0]) + len(key[2])


def compress(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
