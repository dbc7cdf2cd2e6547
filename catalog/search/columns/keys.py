"""Texts as 64-bit numbers, so that columns hold ids, codes and words of a vocabulary without a dictionary of their own."""

from functools import lru_cache
from hashlib import blake2b

UNKNOWN = 0
"""Stands for what is not stated."""


def key_of(text: str | None) -> int:
    """The same in every process; two texts share a key once in billions of catalogues. Nothing is remembered."""
    if not text:
        return UNKNOWN
    return number_of(text.encode("utf-8", "surrogatepass"))


def number_of(content: bytes) -> int:
    """64 bits that hang on every byte, never UNKNOWN."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little") or 1


remembered_key_of = lru_cache(200_000)(key_of)
"""For what the catalogue itself holds, never for what somebody sends."""
