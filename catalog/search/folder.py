"""The folder of an embedded index: one generation is live, named by a pointer that is replaced in one step."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import orjson
from filelock import BaseFileLock, FileLock

from catalog.search.port import IndexPosition

POINTER = "current.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    generation: str
    position: IndexPosition

    @property
    def state(self) -> str:
        return f"{self.generation} {self.position.epoch} {self.position.revision}"


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
        """None: there is no index yet."""
        try:
            value = orjson.loads((self.path / POINTER).read_bytes())
        except FileNotFoundError:
            return None
        return Pointer(value["generation"], IndexPosition(value["epoch"], value["revision"]))

    def write(self, pointer: Pointer) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        position = pointer.position
        value = {"generation": pointer.generation, "epoch": position.epoch, "revision": position.revision}
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
