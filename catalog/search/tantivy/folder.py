"""The folder of an embedded index: one generation is live, named by a pointer that is replaced in one step."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import orjson
from filelock import BaseFileLock, FileLock

from catalog.errors import StorageError
from catalog.search.columns.layout import FORMAT
from catalog.search.port import IndexPosition

POINTER = "current.json"
PRIVATE = 0o700
COLUMNS = "columns-{first:012}-{count}.bin"


@dataclass(frozen=True, slots=True)
class ColumnFile:
    """Columns of `count` rows from `first`."""

    path: Path
    first: int
    count: int

    @property
    def end(self) -> int:
        return self.first + self.count


@dataclass(frozen=True, slots=True)
class Pointer:
    generation: str
    position: IndexPosition
    is_pending: bool = False
    """Words are being written: what a reader opens now may be of before or after."""
    written: str = field(default_factory=lambda: uuid4().hex[:8])

    @property
    def state(self) -> str:
        """Another one after every write."""
        at = self.position
        return f"{self.generation} {at.epoch} {at.revision} {at.confirmations} {self.written}"


@dataclass(frozen=True, slots=True)
class IndexFolder:
    path: Path

    def stamp(self) -> tuple[int, int] | None:
        """Another one whenever the pointer was replaced; None: there is no index yet."""
        try:
            found = (self.path / POINTER).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def read(self) -> Pointer | None:
        """None: there is no index yet, none that can be read, or one of another release; the worker builds one anew."""
        try:
            value = orjson.loads((self.path / POINTER).read_bytes())
            if value["format"] != FORMAT:
                return None
            position = IndexPosition(str(value["epoch"]), int(value["revision"]), int(value["confirmations"]))
            return Pointer(str(value["generation"]), position, bool(value["pending"]), str(value["written"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, pointer: Pointer) -> None:
        """Under the lock."""
        at = pointer.position
        value = {"format": FORMAT, "generation": pointer.generation, "epoch": at.epoch, "revision": at.revision}
        value |= {"confirmations": at.confirmations, "pending": pointer.is_pending, "written": pointer.written}
        temporary = self.path / f".{POINTER}.{uuid4().hex}"
        with temporary.open("wb") as file:
            file.write(orjson.dumps(value))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path / POINTER)

    def lock(self) -> BaseFileLock:
        """Held by whoever writes. Raises StorageError (INDEX_UNUSABLE)."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
            self.path.chmod(PRIVATE)
        except OSError as error:
            message = f"{self.path} cannot hold the search index ({error.strerror}); set CATALOG_SEARCH_URL"
            raise StorageError(message, code="INDEX_UNUSABLE") from error
        return FileLock(self.path / "write.lock")

    def generation_path(self, generation: str) -> Path:
        return self.path / generation

    def make_generation(self) -> str:
        generation = f"generation-{uuid4().hex[:12]}"
        self.generation_path(generation).mkdir(parents=True)
        return generation

    def remove_but(self, *generations: str) -> None:
        """The generation before the live one stays: a reader may have read the pointer and be about to open it."""
        for path in self.path.glob("generation-*"):
            if path.name not in generations:
                shutil.rmtree(path, ignore_errors=True)

    def column_files(self, generation: str) -> list[ColumnFile]:
        """In the order of their rows, without those whose rows a longer file holds too."""
        found = [_column_file(path) for path in self.generation_path(generation).glob("columns-*.bin")]
        kept: list[ColumnFile] = []
        for one in sorted(found, key=lambda file: (file.first, -file.end)):
            if not kept or one.end > kept[-1].end:
                kept.append(one)
        return kept

    def column_path(self, generation: str, first: int, count: int) -> Path:
        return self.generation_path(generation) / COLUMNS.format(first=first, count=count)


def _column_file(path: Path) -> ColumnFile:
    _, first, count = path.stem.split("-")
    return ColumnFile(path, int(first), int(count))
