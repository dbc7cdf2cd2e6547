"""A CSV from its bytes to what is published: ours, against csv.DictReader and a loader that adds row by row with SQLModel.

The loader writes the very rows that ours writes (read back from a first run), so that it works nothing out: it only reads the
same file, checks each line into a Record, and adds what belongs to it, flushing after each credential.
"""

import csv
import io
import os
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bench.apply import opened, postgres_databases, sqlite_databases
from bench.measurement import ROUNDS, Measurement, interleave
from bench.moment import clock
from bench.records import records
from catalog.db.engine import Database
from catalog.formats.template.write import write_rows
from catalog.formats.template.write_plain import flatten, write_csv
from catalog.ingest.arrival import Arrival, Handling
from catalog.ingest.report import Report
from catalog.ingest.run import ingest
from catalog.model import tables
from catalog.model.bulk import table_of
from catalog.model.reading import held
from catalog.model.record import content, parse_record
from catalog.model.source import Source
from catalog.publishing.apply import apply_records
from catalog.publishing.derived import OWNED_BY

COUNT = 3_000
SOAKED = (30_000, 330_000)
"""Credentials of the soak: 90,000 and 990,000 rows."""
MEGABYTE = 1_000_000
SOURCE = Source.model_validate({"key": "bench/csv", "name": "Bench CSV", "kind": "PROVIDER"}, strict=False)
LOADED = tuple(getattr(tables, name) for name in tables.__all__)
OF_THING: dict[Any, str] = {**OWNED_BY, tables.ThingRow: "id", tables.ThingKeyRow: "thing", tables.ThingSlugRow: "thing",
            tables.StatementRow: "thing", tables.VersionRow: "thing"}  # fmt: skip
GOAL = ">= 5x"
AGAINST = "csv.DictReader and SQLModel, row by row, the same rows"


def csv_file(count: int) -> bytes:
    """Credentials with five skills and three offerings each, as the template's CSV: one line for each offering."""
    stated = [content(one) for one in records(count) if one.type == "credential"]
    return write_csv(flatten(write_rows(stated, "en")))


def measure_ingest() -> list[Measurement]:
    """Everything goes the way of large deliveries, in batches, however few credentials are measured."""
    held.MOST_HERE = min(held.MOST_HERE, COUNT // 3)
    data = csv_file(COUNT)
    found: list[Measurement] = [_measure_memory()] if os.environ.get("CATALOG_SOAK") else []
    with tempfile.TemporaryDirectory() as folder:
        found.append(_measure("SQLite", data, sqlite_databases(Path(folder))))
    with tempfile.TemporaryDirectory() as folder, postgres_databases(Path(folder)) as fresh:
        found.append(_measure("PostgreSQL", data, fresh))
        found.append(_measure_waiting(data, fresh))
    return found


def publish(database: Database, data: bytes) -> Report:
    handling = Handling(most_bytes=len(data))
    report = ingest(Arrival("bench.csv", data, SOURCE), database, clock, handling)
    assert report.applied is not None, [str(issue) for issue in report.issues[:3]]
    assert report.applied.revision is not None, "nothing was published"
    return report


def prepare(url: str) -> None:
    """The institutions that the credentials name."""
    with opened(url) as database:
        institutions = [one for one in records(0) if one.type == "institution"]
        apply_records(database, institutions, SOURCE.model_copy(update={"key": "bench/institutions"}), clock)


def _measure(name: str, data: bytes, fresh: Callable[[], str]) -> Measurement:
    url = fresh()
    prepare(url)
    rows = _rows_by_ref(url, data)

    urls = iter([_ready(fresh) for _ in range(2 * ROUNDS)])

    def ours() -> None:
        with opened(next(urls)) as database:
            publish(database, data)

    def reference() -> None:
        with opened(next(urls)) as database, Session(database.write) as session:
            _load(session, data, rows)

    made, loaded = interleave(ours, reference)
    work = f"CSV to published, {COUNT:,} credentials (5 skills, 3 offerings), {name}"
    note = "the issue asks for 100,000; a loader that takes longer than a minute is compared at fewer"
    return Measurement(work, made, loaded, AGAINST, GOAL, note)


def _ready(fresh: Callable[[], str]) -> str:
    """A database of its own for one round, made before any time is taken."""
    url = fresh()
    prepare(url)
    return url


def _load(session: Session, data: bytes, rows: dict[str, list[tuple[Any, dict[str, Any]]]]) -> None:
    last = None
    for line in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        if line["ref"] == last:
            continue
        last = line["ref"]
        checked = parse_record({"type": "credential", "ref": line["ref"], "title": line["title"], "kind": line["kind"]})
        assert not isinstance(checked, list)
        for row_class, row in rows[line["ref"]]:
            session.add(row_class(**row))
        session.flush()
    session.commit()


def _rows_by_ref(url: str, data: bytes) -> dict[str, list[tuple[Any, dict[str, Any]]]]:
    """What our run writes for each credential; what belongs to none of them comes with the first."""
    with opened(url) as database:
        with database.read.connect() as connection:
            before = {one: set(_keys(connection, one)) for one in LOADED}
        publish(database, data)
        with database.read.connect() as connection:
            refs = {row.thing: row.ref for row in connection.execute(select(table_of(tables.ThingKeyRow)))}
            found: dict[str, list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
            first = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))["ref"]
            for one in LOADED:
                if one in (tables.StateRow, tables.StagedRow, tables.SubmissionRow):
                    continue
                for key, row in _keyed(connection, one):
                    if key not in before[one]:
                        ref = refs.get(row.get(OF_THING.get(one, "thing"), ""), first)
                        found[ref if ref.startswith("c") else first].append((one, row))
            return found


def _keys(connection: Any, row_class: Any) -> Iterator[tuple[Any, ...]]:
    return (key for key, _ in _keyed(connection, row_class))


def _keyed(connection: Any, row_class: Any) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    table = table_of(row_class)
    names = [column.name for column in table.primary_key]
    for row in connection.execute(select(table)).mappings():
        yield tuple(row[name] for name in names), dict(row)


def _measure_memory() -> Measurement:
    """What a delivery of eleven times the rows takes, without the file itself, which is held twice: as sent, and as text."""
    with tempfile.TemporaryDirectory() as folder:
        fresh, file = sqlite_databases(Path(folder)), Path(folder) / "bench.csv"
        taken = [_memory_of(count, fresh, file) for count in SOAKED]
    work = f"memory without the file, {SOAKED[1]:,} credentials against {SOAKED[0]:,}, SQLite"
    return Measurement(work, taken[1], taken[0], "a tenth of the rows", "about the same", "megabytes, not seconds")


def _memory_of(count: int, fresh: Callable[[], str], file: Path) -> float:
    """In megabytes, of a process of its own that only publishes."""
    url = fresh()
    prepare(url)
    _alone(lambda: str(file.write_bytes(csv_file(count))))

    def work() -> str:
        with opened(url) as database:
            publish(database, file.read_bytes())
        return str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)

    return (int(_alone(work)) - 2 * file.stat().st_size) / MEGABYTE


def _alone(work: Callable[[], str]) -> str:
    """What it says, done in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, work().encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return said.read()


def _measure_waiting(data: bytes, fresh: Callable[[], str]) -> Measurement:
    """The longest that another publisher's write takes in a process of its own, while the file is published."""
    url = fresh()
    prepare(url)
    with tempfile.TemporaryDirectory() as folder:
        done = Path(folder) / "done"
        thread = ThreadPoolExecutor(1)
        others = thread.submit(_alone, lambda: _write_until(done, url))
        with opened(url) as database:
            publish(database, data)
        done.touch()
        longest = float(others.result())
        thread.shutdown()
    work = f"another publisher's write meanwhile, the longest, PostgreSQL, {COUNT:,} credentials"
    return Measurement(work, longest, 1.0, "one second", ">= 1x")


def _write_until(done: Path, url: str) -> str:
    longest, number = 0.0, 0
    own = SOURCE.model_copy(update={"key": "bench/others"})
    with opened(url) as database:
        while not done.exists():
            number += 1
            skill = parse_record(
                {"type": "skill", "ref": f"w{number}", "scheme": "bench", "code": f"w{number}", "labels": "Waiting"}
            )
            assert not isinstance(skill, list)
            begun = time.perf_counter()
            apply_records(database, [skill], own, clock)
            longest = max(longest, time.perf_counter() - begun)
            time.sleep(0.05)
    return str(longest)
