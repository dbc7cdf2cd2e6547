"""A file that appears whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

READABLE = 0o644


@contextmanager
def whole_file(path: Path, prefix: str) -> Iterator[IO[bytes]]:
    """On disk under its name when the block ends; `prefix` begins the name that it has until then, beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=prefix, delete=False) as file:
        written = Path(file.name)
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            written.chmod(READABLE)
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
