"""Coverage against the same counts made from ORM objects, over 100,000 made-up credentials, on SQLite and PostgreSQL.

The service is asked without a server: GraphQL with all measures of every cell, from the text of the question to the bytes of
the answer. Nothing is kept from answer to answer but what a process keeps between changes (parsed documents of the query and
of the catalogue); before each cold answer the index counts as changed, so that everything is found and ordered anew.
"""

import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from graphql import GraphQLObjectType

from bench.coverage_data import BETWEEN, CHANGED, LISTED, MemoryEngine, make
from bench.coverage_records import OCCUPATIONS
from bench.measurement import ROUNDS, Measurement, interleave
from bench.moment import NOW
from bench.postgres import postgres
from bench.references.orm_coverage import TUNING, Key, Reference, Shown, by_selectinload
from catalog.app import make_service
from catalog.db.engine import Database, open_database
from catalog.db.types import to_microseconds
from catalog.http.messages import Question
from catalog.http.response_cache import ResponseCache
from catalog.http.service import GraphQLService
from catalog.model.viewer import Anonymous
from catalog.schema.build import build_schema
from catalog.search.columns.table import Columns
from catalog.search.finder import Finder
from catalog.settings import Settings

PAIR, TRIPLE = ("REGION", "SECTOR"), ("REGION", "SECTOR", "MODE")
PAGE, KEPT = 100, 10_000
COLLECT_AFTER = 50_000  # new objects, as `catalog serve` has it
HUGE_COPIES = 1_010
"""A million: of one hundredth of them and the 1,000 that changed."""
REFERENCE = "ORM objects, counted in Python"
MEASURES = """fragment M on CoverageMeasures {
  credentials offerings openOfferings institutions seats seatsUnknown seatsLeft seatsLeftUnknown hours hoursUnknown
  price { min { amount } max { amount } } medianPrice { amount } priceUnknown fundedAmount { amount } sharedAmount { amount }
  awards { id } awardsCount awardsUnknown amountPerSeat { amount } openingsPerYear openingsSharedBy { code } priceStated hoursStated }
"""
CELLS = "fragment C on CoverageCellConnection { totalCount edges { cursor node { keys { value } measures { ...M } } } }\n"
GAPS = (
    """{ gaps(by: OCCUPATION, first: 20) { totalCount edges { node { key { value label } openingsPerYear seatsPerYear ratio
  offered { ...M } throughSkills { ...M } startsUnknown teer regulated nearestKm nearestOnline nearestThrough unmetAskers } } } }
"""
    + MEASURES
)


@dataclass
class Asked:
    """One catalogue that can be asked."""

    service: GraphQLService
    engine: MemoryEngine

    def answer(self, text: str, variables: dict[str, Any] | None = None) -> bytes:
        answer = self.service.answer(Question(text, variables=variables or {}), Anonymous())
        assert answer.executed, answer.body[:1_000]
        assert not answer.facts.codes, answer.body[:1_000]
        return answer.body

    def question(self, by: Sequence[str]) -> str:
        """All cells on pages of 100 in one answer: each page has a name of its own, and they are counted once."""
        known: list[str] = []
        while True:
            text = f"query ($at: DateTime) {{ {_coverage(by, known, ', at: $at')} }}\n{CELLS}{MEASURES}"
            last = orjson.loads(self.answer(text))["data"]["coverage"][f"p{len(known)}"]
            if len(last["edges"]) < PAGE or (len(known) + 1) * PAGE == last["totalCount"]:
                return text
            known.append(last["edges"][-1]["cursor"])

    def cold(self, text: str, variables: dict[str, Any] | None = None) -> bytes:
        self.engine.changes += 1
        return self.answer(text, variables)


def _coverage(by: Sequence[str], cursors: Sequence[str], more: str = "") -> str:
    pages = [f"p0: cells(first: {PAGE}) {{ ...C }}"]
    pages += [f'p{number}: cells(first: {PAGE}, after: "{one}") {{ ...C }}' for number, one in enumerate(cursors, start=1)]
    return (
        f"coverage(by: [{', '.join(by)}], includeEmpty: false{more}) {{ revision at totals {{ ...M }} {' '.join(pages)} }}"
    )


def measure_coverage() -> list[Measurement]:
    """CATALOG_SOAK adds a million, and the reference as it is written first."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as data, postgres(Path(data)) as fresh:
        begun, url = time.monotonic(), fresh()
        made = make(Path(name), url)
        engine = MemoryEngine(made.columns(), made.position)
        seconds = time.monotonic() - begun
        print(f"made {LISTED:,} credentials with {_offerings(engine.columns):,} offerings twice in {seconds:.0f} s")
        file = f"sqlite:///{made.file}"
        with _as_served():
            found = [*_measure("SQLite", file, engine, is_whole=True), *_measure("PostgreSQL", url, engine, is_whole=False)]
            if os.environ.get("CATALOG_SOAK"):
                huge = MemoryEngine(made.columns(HUGE_COPIES), made.position)
                found.append(_growth(file, engine, huge))
        return found


@contextmanager
def _as_served() -> Iterator[None]:
    """The garbage collector as `catalog serve` sets it."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _offerings(columns: Columns) -> int:
    return int(columns.to_batch().arrays["delivery.is_offering"].sum())


def _open(url: str, engine: MemoryEngine) -> tuple[Database, Asked]:
    database = open_database(url)
    settings = Settings(now=NOW, request_seconds=300)
    return database, Asked(make_service(settings, database, Finder(engine, Path("none.json"))), engine)


def _measure(name: str, url: str, engine: MemoryEngine, *, is_whole: bool) -> list[Measurement]:
    """The database says little of what is counted from columns, so that not all is measured on both."""
    database, asked = _open(url, engine)
    try:
        text = asked.question(PAIR)
        found = [_against_orm(name, asked, Reference(database.read), text)]
        if os.environ.get("CATALOG_SOAK"):
            found.append(_against_selectinload(name, asked, Reference(database.read, by_selectinload), text))
        if is_whole:
            found += [_kept(asked, text), _triple(asked), _gaps(asked)]
        return [*found, _past(name, asked, text)]
    finally:
        database.dispose()


def _check(body: bytes, reference: Reference) -> int:
    """Equal numbers in every cell; how many cells."""
    cells, totals = _read(body)
    measures = build_schema().type_map["CoverageMeasures"]
    assert isinstance(measures, GraphQLObjectType), "measures are an object"
    assert totals.keys() == measures.fields.keys(), "every measure is asked for"
    same_cells, same_totals = reference.count(to_microseconds(NOW))
    assert totals == same_totals, _differing(totals, same_totals)
    assert cells.keys() == same_cells.keys(), cells.keys() ^ same_cells.keys()
    for key, own in cells.items():
        assert own == same_cells[key], (key, _differing(own, same_cells[key]))
    return len(cells)


def _read(body: bytes) -> tuple[dict[Key, Shown], Shown]:
    found = orjson.loads(body)["data"]["coverage"]
    pages = [one["edges"] for name, one in found.items() if name.startswith("p")]
    nodes = [edge["node"] for edges in pages for edge in edges]
    assert len(nodes) == found["p0"]["totalCount"], "every cell is shown"
    cells = {tuple(own["value"] for own in one["keys"]): _plain(one["measures"]) for one in nodes}
    assert len(cells) == len(nodes), "each cell stands once"
    return cells, _plain(found["totals"])


def _plain(measures: dict[str, Any]) -> Shown:
    """Money as its amount, awards as their ids in order."""
    awards = sorted(one["id"] for one in measures["awards"])
    return {name: _amount(value) for name, value in measures.items()} | {"awards": awards}


def _amount(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return value["amount"] if "amount" in value else {name: own["amount"] for name, own in value.items()}


def _differing(one: Shown, other: Shown) -> dict[str, tuple[object, object]]:
    return {name: (value, other[name]) for name, value in one.items() if value != other[name]}


def _against_orm(name: str, asked: Asked, reference: Reference, text: str) -> Measurement:
    cells, now = _check(asked.cold(text), reference), to_microseconds(NOW)
    ours, theirs = interleave(lambda: _drop(asked.cold(text)), lambda: _drop(reference.count(now)))
    note = f"{cells} cells with every measure, and totals, equal in both; the index counts as changed before each answer"
    return Measurement(f"coverage by region and sector, {name}", ours, theirs, REFERENCE, ">= 5x", note, TUNING)


def _against_selectinload(name: str, asked: Asked, reference: Reference, text: str) -> Measurement:
    """As the reference is written first."""
    _check(asked.cold(text), reference)
    now = to_microseconds(NOW)
    ours, theirs = interleave(lambda: _drop(asked.cold(text)), lambda: _drop(reference.count(now)))
    return Measurement(f"coverage by region and sector, {name}", ours, theirs, "the same by selectinload", ">= 5x")


def _drop(_value: object) -> None:
    """What was answered is not looked at here."""


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _kept(asked: Asked, text: str) -> Measurement:
    cache, seen = ResponseCache(64_000_000), asked.service.look()
    key = (text, None, b"{}", "anonymous")
    answer = asked.service.answer(Question(text), Anonymous())
    assert cache.keep(key, answer, b"etag", seen) is not None, "the answer is kept"

    def find() -> None:
        for _ in range(KEPT):
            assert cache.find(key, seen, NOW) is not None

    note = f"{len(answer.body) / 1e3:.0f} kB found in the cache of answers; HTTP takes what it takes for each kept answer"
    return Measurement("the same again at one state", _median(find) / KEPT, None, "-", "-", note)


def _triple(asked: Asked) -> Measurement:
    text = "{ " + _coverage(TRIPLE, []) + " }\n" + CELLS + MEASURES
    body = b""

    def ask() -> None:
        nonlocal body
        body = asked.cold(text)

    seconds = _median(ask)
    note = f"{orjson.loads(body)['data']['coverage']['p0']['totalCount']:,} cells counted with all measures, the first {PAGE} shown"
    return Measurement("coverage by region, sector and mode", seconds, None, "-", "-", note)


def _gaps(asked: Asked) -> Measurement:
    body = b""

    def ask() -> None:
        nonlocal body
        body = asked.cold(GAPS)

    seconds = _median(ask)
    note = f"{orjson.loads(body)['data']['gaps']['totalCount']} of {OCCUPATIONS} occupations, the first 20 shown"
    return Measurement("gaps by occupation", seconds, None, "-", "-", note)


def _past(name: str, asked: Asked, text: str) -> Measurement:
    bodies: list[bytes] = []
    seconds = _median(lambda: bodies.append(asked.cold(text, {"at": BETWEEN.isoformat()})))
    (_, then), (_, now) = _read(bodies[0]), _read(asked.answer(text))
    assert then != now, "the changed ones are as they were"
    note = f"{CHANGED:,} of {LISTED:,} credentials have changed since"
    return Measurement(f"coverage(at), {name}", seconds, None, "-", "<= 5 s", note)


def _growth(url: str, engine: MemoryEngine, huge: MemoryEngine) -> Measurement:
    """Each for one credential; the ratio is how much cheaper one is among a million, so that more is better."""
    (database, small), (other, large) = _open(url, engine), _open(url, huge)
    try:
        asked, counted = small.question(PAIR), large.question(PAIR)
        totals = _read(large.answer(counted))[1]
        small_seconds, large_seconds = _median(lambda: small.cold(asked)), _median(lambda: large.cold(counted))
    finally:
        database.dispose()
        other.dispose()
    size = int(str(totals["credentials"]))
    note = f"{large_seconds:.2f} s for all {size:,}; only their columns are made, what is around them is that of {LISTED:,}"
    work = "coverage of a million, for one credential"
    return Measurement(
        work, large_seconds / size, small_seconds / LISTED, f"the same of {LISTED:,}", "no dearer (>= 1x)", note
    )
