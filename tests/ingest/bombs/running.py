"""Reads each bomb in a process of its own, forked from one that has imported everything, and says what it cost.

`python -m tests.ingest.bombs.running [parts of names]`: one line of JSON for each.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from catalog.ingest.formats import formats, read_delivery
from catalog.ingest.run import read_arrival
from catalog.model.reading.delivery import Told
from tests.ingest.bombs import texts, xml, zips
from tests.ingest.bombs.texts import Build

MOST_SECONDS, MOST_ADDRESSES = 30, 6_000_000_000
TOLD = Told(provider="uni")


@dataclass(frozen=True)
class Cost:
    """`codes` are those of errors; `crash` is what went wrong without a code."""

    name: str
    format: str = ""
    codes: list[str] = field(default_factory=list)
    warnings: int = 0
    records: int = 0
    seconds: float = 0.0
    megabytes: int = 0
    crash: str = ""


def bombs() -> dict[str, Build]:
    """All of them, by name."""
    found: dict[str, Build] = {}
    for unit_of in (texts.same_sign(), texts.beginnings(), xml.endless()):
        found |= {f"64 MB: {name}": partial(texts.filled, *pair) for name, pair in unit_of.items()}
    return (
        found | texts.rows_of_commas() | texts.nested() | texts.wrong_kinds() | xml.entities() | xml.many() | zips.ARCHIVES
    )


ALWAYS = frozenset(
    {"braces", "elements", "commas", "spaces", "one ref", "one row", "text in a course", "deep elements of a page"}
)
"""Of the files that are as large as may be, those that are read each time; all of them with CATALOG_SOAK."""


def chosen() -> list[str]:
    """The names of the bombs that are read now."""
    every = bombs()
    if os.environ.get("CATALOG_SOAK"):
        return list(every)
    return [name for name in every if not name.startswith("64 MB: ") or name.removeprefix("64 MB: ") in ALWAYS]


def _read(name: str, path: Path) -> Cost:
    data = read_arrival(path, texts.LARGEST + 10_000_000).data
    start = time.process_time()
    delivery = read_delivery(data, TOLD)
    seconds = time.process_time() - start
    errors = [one.code for one in delivery.issues if one.severity == "ERROR"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
    counts = (len(delivery.issues) - len(errors), len(delivery.records))
    return Cost(name, delivery.format, sorted(set(errors)), *counts, round(seconds, 2), peak)


def _forked(work: Callable[[], str]) -> str:
    """What `work` says, done elsewhere; empty where it died."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
            with os.fdopen(writable, "w") as out:
                out.write(work())
        finally:
            os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as said:
        text = said.read()
    os.waitpid(child, 0)
    return text


def _safely(work: Callable[[], Cost], name: str) -> str:
    try:
        return json.dumps(asdict(work()))
    except BaseException as error:  # noqa: BLE001 # that there is one is what is looked for
        return json.dumps(asdict(Cost(name, crash=repr(error)[:200])))


def run(names: list[str]) -> Iterator[Cost]:
    formats()
    made = bombs()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bomb"
        for name in names:
            _forked(lambda name=name: str(path.write_bytes(made[name]())))
            said = _forked(lambda name=name: _safely(lambda: _read(name, path), name))
            yield Cost(**json.loads(said)) if said else Cost(name, crash="the process died")


if __name__ == "__main__":
    words = sys.argv[1:]
    for cost in run([name for name in bombs() if any(word in name for word in words)] if words else chosen()):
        print(json.dumps(asdict(cost)), flush=True)  # noqa: T201 # read by the test
