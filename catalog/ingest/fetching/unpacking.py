"""Bodies that were sent compressed, unpacked piece by piece, so that a bomb is stopped while it is small."""

import zlib
from collections.abc import Iterable
from time import monotonic
from typing import Protocol

from catalog.errors import FetchFailed
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.limits import FetchLimits

ACCEPTED = "gzip, deflate"
GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 4_096
_AT_ONCE = 262_144
_UNSUSPICIOUS = 1_000_000
"""Bytes that any body may have, however little was sent for them."""
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class _Unpacks(Protocol):
    def add(self, piece: bytes) -> None: ...

    def end(self) -> None: ...


class _Body:
    """Collects, and refuses what grows too large. `wire_bytes` counts what was sent."""

    def __init__(self, limits: FetchLimits) -> None:
        self.data = bytearray()
        self.wire_bytes = 0
        self._limits = limits

    def room(self) -> int:
        """How much more may come, with one byte that shows that there is more."""
        return min(self._limits.body_bytes + 1 - len(self.data), _AT_ONCE)

    def add(self, piece: bytes) -> None:
        self.data += piece
        size = len(self.data)
        if size > self._limits.body_bytes:
            raise FetchFailed(f"the answer exceeds {self._limits.body_bytes} bytes", code="FETCH_TOO_LARGE")
        if size > _UNSUSPICIOUS and size > self.wire_bytes * self._limits.ratio:
            message = f"the answer unpacks to more than {self._limits.ratio} times its length"
            raise FetchFailed(message, code="FETCH_TOO_LARGE")

    def end(self) -> None:
        return


class _Inflated:
    """gzip, of which several may follow one another, and deflate, which is sent with and without its frame."""

    def __init__(self, body: _Body, coding: str, deadline: Deadline) -> None:
        self._body = body
        self._coding = coding
        self._deadline = deadline
        self._inflater: zlib._Decompress | None = None
        self._began = False

    def add(self, piece: bytes) -> None:
        rest = piece
        while rest and not self._is_padding(rest):
            self._deadline.remaining_seconds()
            inflater = self._inflater or self._begun(rest)
            self._body.add(inflater.decompress(rest, self._body.room()))
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            self._inflater = None if inflater.eof else inflater

    def end(self) -> None:
        while self._inflater and not self._inflater.eof:
            piece = self._inflater.decompress(self._inflater.unconsumed_tail, self._body.room())
            if not piece:
                raise FetchFailed("the answer ends in the middle of its compression", code="FETCH_ENCODING")
            self._body.add(piece)

    def _is_padding(self, rest: bytes) -> bool:
        """Some programs write zeros behind the end."""
        return self._began and self._inflater is None and not rest.strip(b"\0")

    def _begun(self, rest: bytes) -> "zlib._Decompress":
        if self._began and self._coding == "deflate":
            raise FetchFailed("something follows the compressed answer", code="FETCH_ENCODING")
        self._began = True
        framed = rest[0] & 15 == zlib.DEFLATED
        return zlib.decompressobj(_GZIP if self._coding == "gzip" else _ZLIB if framed else _RAW)


def unpack(chunks: Iterable[bytes], coding: str, limits: FetchLimits, deadline: Deadline) -> tuple[bytes, int]:
    """The body, and how many bytes were sent of it. `coding` is what Content-Encoding says.

    Raises FetchFailed: FETCH_ENCODING, FETCH_TOO_LARGE, FETCH_TIMEOUT.
    """
    body = _Body(limits)
    way = _way(coding.strip().lower().removeprefix("x-"), body, deadline)
    try:
        for chunk in chunks:
            if body.wire_bytes + len(chunk) > limits.wire_bytes:
                raise FetchFailed(f"the answer exceeds {limits.wire_bytes} bytes", code="FETCH_TOO_LARGE")
            for start in range(0, len(chunk), _PIECE):
                piece = chunk[start : start + _PIECE]
                body.wire_bytes += len(piece)
                way.add(piece)
        way.end()
    except zlib.error:
        raise FetchFailed("the answer is not compressed as it says", code="FETCH_ENCODING") from None
    return bytes(body.data), body.wire_bytes


def unpacked_file(data: bytes, limits: FetchLimits) -> bytes:
    """What is in a file, which may be one of gzip as a whole. Raises FetchFailed as `unpack` does."""
    if not data.startswith(GZIP_MAGIC):
        return data
    return unpack([data], "gzip", limits, Deadline(limits.total_seconds, monotonic))[0]


def _way(coding: str, body: _Body, deadline: Deadline) -> _Unpacks:
    if coding in ("", "identity"):
        return body
    if coding in ("gzip", "deflate"):
        return _Inflated(body, coding, deadline)
    raise FetchFailed(f"the answer is compressed in a way that was not asked for: {coding[:20]!r}", code="FETCH_ENCODING")
