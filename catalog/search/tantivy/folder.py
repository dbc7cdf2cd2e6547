"""The folder of an embedded index: one generation is live, named by a pointer that is replaced in one step."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import orjson
from filelock import BaseFileLock, FileLock

from catalog.search.columns.layout import FORMAT
from catalog.search.port import IndexPosition

POINTER = "current.json"
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
    format: int = FORMAT

    @property
    def state(self) -> str:
        position = self.position
        return f"{self.generation} {position.epoch} {position.revision} {position.confirmations}"


@dataclass(frozen=True, slots=True)
class IndexFolder:
    path: Path

    def stamp(self) -> tuple[int, int] | None:
        """Another one whenever the pointer was replaced; None: there is no index yet."""
        try:
            found = (self.path / POINTER).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def read(self) -> Pointer | None:
        """None: there is no index yet, or one of another release."""
        try:
            value = orjson.loads((self.path / POINTER).read_bytes())
        except FileNotFoundError:
            return None
        if value.get("format") != FORMAT:
            return None
        return Pointer(value["generation"], IndexPosition(value["epoch"], value["revision"], value["confirmations"]))

    def write(self, pointer: Pointer) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        at = pointer.position
        value = {"format": pointer.format, "generation": pointer.generation, "epoch": at.epoch}
        value |= {"revision": at.revision, "confirmations": at.confirmations}
        temporary = self.path / f".{POINTER}.{uuid4().hex}"
        with temporary.open("wb") as file:
            file.write(orjson.dumps(value))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path / POINTER)

    def lock(self) -> BaseFileLock:
        """Held by whoever writes."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
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
