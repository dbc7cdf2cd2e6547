"""The records of a delivery: in memory, and from some thousands on in a file of their own, so that memory does not grow."""

import pickle
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, overload

from catalog.model.record import Record

MOST_HERE = 5_000
"""Records that are held in memory; one takes some 30 kB there."""


class HeldRecords(Sequence[Record]):
    """A list to which records are added; each can be replaced."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._here: list[Record] = []
        self._places = array("Q")
        self._file: IO[bytes] | None = None
        for one in records:
            self.append(one)

    @property
    def is_large(self) -> bool:
        """Whether they are too many to be held at once."""
        return self._file is not None

    def append(self, record: Record) -> None:
        if self._file is None and len(self._here) < MOST_HERE:
            self._here.append(record)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="catalog-records-")  # noqa: SIM115 - closed with the records
            weakref.finalize(self, self._file.close)
            for one in self._here:
                self._places.append(self._write(one))
            self._here = []
        self._places.append(self._write(record))

    def __len__(self) -> int:
        return len(self._places) if self._file else len(self._here)

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...

    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return self._read(self._places[index]) if self._file else self._here[index]

    def __setitem__(self, index: int, record: Record) -> None:
        if self._file:
            self._places[index] = self._write(record)
        else:
            self._here[index] = record

    def __iter__(self) -> Iterator[Record]:
        return (self[index] for index in range(len(self))) if self._file else iter(self._here)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment] # as of any list

    def _write(self, record: Record) -> int:
        assert self._file is not None, "only records that are many are written"
        place = self._file.seek(0, 2)
        pickle.dump(record, self._file, pickle.HIGHEST_PROTOCOL)
        return place

    def _read(self, place: int) -> Record:
        assert self._file is not None, "only records that are many are read"
        self._file.seek(place)
        found: Record = pickle.load(self._file)  # noqa: S301 - a file without a name, which this process alone has written
        return found
