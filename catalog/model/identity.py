"""Who a thing is: ids that a second machine would make alike, and slugs that people can read."""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha1
from uuid import UUID, uuid5

from catalog.model.vocabulary import RecordType

NAMESPACE = UUID("6f0c2a9e-4b7d-5c1e-9a53-2f8d1b6e7c40")
"""Drawn once for this catalogue; changing it would change every id."""
SLUG_LENGTH = 80
_VERSION_BITS = 0xF000 << 64 | 0xC000 << 48
_VERSION_5 = 0x5000 << 64 | 0x8000 << 48
_APOSTROPHE = re.compile("['\u2019]")
_ID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def thing_id(source: str, record_type: RecordType, ref: str) -> str:
    """The id of a thing at first sight: it follows from who named it how, so it survives a rebuild."""
    return str(uuid5(NAMESPACE, f"{source}/{record_type}/{ref}"))


@lru_cache(maxsize=50_000)
def part_id(parent: str, kind: str, ref: str) -> str:
    """The id of a campus or offering inside its parent: a UUID of version 5, worked out without the objects between."""
    digest = sha1(bytes.fromhex(parent.replace("-", "")) + f"{kind}/{ref}".encode(), usedforsecurity=False).digest()
    number = int.from_bytes(digest[:16]) & ~_VERSION_BITS | _VERSION_5
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Whether text has the form of an id; what has not leads to nothing and is never sent to a database."""
    return bool(_ID.match(text))


@lru_cache(maxsize=50_000)
def slugify(text: str) -> str:
    """ASCII words joined by hyphens; text without any ASCII letter keeps a short stable code instead."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text)).encode("ascii", "ignore").decode()
    slug = _NOT_WORD.sub("-", plain.lower()).strip("-")[:SLUG_LENGTH].strip("-")
    return slug or f"n-{uuid5(NAMESPACE, text).hex[:12]}"
