"""Keeps files as they came, before anything is made of them: compressed, under the SHA-256 of their bytes."""

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy import Connection, select

from catalog.errors import StorageError
from catalog.model.bulk import table_of, upsert_rows
from catalog.model.tables import StagedRow

STAGED = table_of(StagedRow)
PART_BYTES = 1_000_000
LEVEL = 3


def content_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it is kept: made before a database is asked to keep it."""

    digest: str
    content: bytes


def pack(data: bytes) -> Packed:
    return Packed(content_digest(data), zlib.compress(data, LEVEL))


def stage(connection: Connection, packed: Packed) -> None:
    """Keeps the file under its hash; the same file is kept once."""
    if connection.execute(select(STAGED.c.part).where(STAGED.c.hash == packed.digest).limit(1)).first() is not None:
        return
    for number, start in enumerate(range(0, len(packed.content), PART_BYTES)):
        row = {"hash": packed.digest, "part": number, "content": packed.content[start : start + PART_BYTES]}
        upsert_rows(connection, StagedRow, [row])  # somebody else may keep the same file meanwhile


def staged_bytes(connection: Connection, digest: str) -> bytes:
    """Raises StorageError (STAGED_MISSING) for what was erased or has grown too old to be kept."""
    query = select(STAGED.c.content).where(STAGED.c.hash == digest).order_by(STAGED.c.part)
    parts = connection.scalars(query).all()
    if not parts:
        raise StorageError("the file itself is no longer kept: send it again", code="STAGED_MISSING")
    return zlib.decompress(b"".join(parts))
