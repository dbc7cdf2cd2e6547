"""Keeps files as they came, before anything is made of them: compressed, under the SHA-256 of their bytes."""

import hashlib
import zlib
from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from catalog.errors import StorageError
from catalog.model.bulk import chunks, insert_rows, table_of
from catalog.model.tables import StagedRow, SubmissionRow

STAGED = table_of(StagedRow)
SUBMISSION = table_of(SubmissionRow).c
PART_BYTES = 1_000_000
LEVEL = 3


def content_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stage(connection: Connection, data: bytes) -> str:
    """The hash under which the bytes are kept; the same file is kept once."""
    digest = content_digest(data)
    if connection.execute(select(STAGED.c.part).where(STAGED.c.hash == digest).limit(1)).first() is None:
        packed = zlib.compress(data, LEVEL)
        parts = range(0, len(packed), PART_BYTES)
        for number, start in enumerate(parts):
            row = {"hash": digest, "part": number, "content": packed[start : start + PART_BYTES]}
            insert_rows(connection, StagedRow, [row])
    return digest


def staged_bytes(connection: Connection, digest: str) -> bytes:
    """Raises StorageError (STAGED_MISSING) for what was erased or has grown too old to be kept."""
    query = select(STAGED.c.content).where(STAGED.c.hash == digest).order_by(STAGED.c.part)
    parts = connection.scalars(query).all()
    if not parts:
        raise StorageError("the file itself is no longer kept: send it again", code="STAGED_MISSING")
    return zlib.decompress(b"".join(parts))


def forget_files(connection: Connection, submissions: Collection[str]) -> None:
    """Removes the bytes of these submissions, also where another one came with the same."""
    for chunk in chunks(submissions):
        hashes = select(SUBMISSION.hash).where(SUBMISSION.id.in_(chunk))
        connection.execute(delete(STAGED).where(STAGED.c.hash.in_(hashes)))
