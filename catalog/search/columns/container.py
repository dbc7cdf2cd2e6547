"""One file for one batch of columns: a line of JSON that says what lies where, then the arrays as they are in memory."""

import mmap
import os
from pathlib import Path

import numpy as np
import orjson

from catalog.search.columns.batch import Batch, check_batch, column_kinds
from catalog.search.columns.ragged import Array

ALIGNMENT = 64
HEAD_BYTES = 16
"""The first bytes hold the length of the head, as decimal text."""


def write_batch(path: Path, batch: Batch) -> None:
    """On disk when it returns; never seen half written."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in batch.arrays.items():
        places[name] = (array.dtype.str, at, len(array))
        at += -(-array.nbytes // ALIGNMENT) * ALIGNMENT
    head = orjson.dumps({"arrays": places, "texts": {str(key): text for key, text in batch.texts.items()}})
    begin = -(-(HEAD_BYTES + len(head)) // ALIGNMENT) * ALIGNMENT
    temporary = path.with_name(f".{path.name}")
    with temporary.open("wb") as file:
        file.write(str(len(head)).encode().ljust(HEAD_BYTES) + head)
        for name, array in batch.arrays.items():
            file.seek(begin + places[name][1])
            file.write(np.ascontiguousarray(array).tobytes())
        file.truncate(begin + at)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_batch(path: Path) -> Batch:
    """The arrays are the file itself, mapped into memory: processes on one machine share it.

    Raises ValueError for what is no such file, or whose columns do not fit together.
    """
    with path.open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    try:
        length = int(bytes(mapped[:HEAD_BYTES]))
        head = orjson.loads(mapped[HEAD_BYTES : HEAD_BYTES + length])
        begin = -(-(HEAD_BYTES + length) // ALIGNMENT) * ALIGNMENT
        arrays: dict[str, Array] = {}
        for name, kind in column_kinds().items():
            stated, at, count = head["arrays"][name]
            if np.dtype(stated) != np.dtype(kind):
                raise ValueError(f"column {name} is {stated}, not {kind}")
            arrays[name] = np.frombuffer(mapped, dtype=kind, count=count, offset=begin + at)
        batch = Batch(arrays, {int(key): str(text) for key, text in head["texts"].items()})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name} is no file of columns: {error!r}") from error
    check_batch(batch)
    return batch
