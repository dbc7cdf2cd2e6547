"""The catalogue that coverage is counted of, as a SQLite file, the same in PostgreSQL, and its columns in memory.

Some 2,000 credentials are published as a source would; the last 1,000 of them change once. The rest are copies of the others
under ids of their own, made by statements in the tables and the same way in the columns. Records, statements and Documents of
copies are empty, and tables that coverage does not read hold none of them: no number comes from there. No words are indexed.
"""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase, digits
from typing import Any
from uuid import uuid4

import numpy as np
import psycopg
from psycopg import sql
from sqlalchemy import Boolean, Connection, Engine, Table, create_engine, event, func, insert, select, text

from bench.coverage_records import credentials, surroundings
from bench.moment import NOW
from bench.postgres import plain_address
from bench.records import SOURCE
from bench.references.orm_coverage import (
    Award,
    Base,
    Cover,
    Credential,
    Institution,
    Offering,
    Openings,
    Same,
    Sector,
    credential_institution,
    credential_sector,
)
from catalog.db.engine import Database, is_sqlite, open_database
from catalog.db.migrate import migrate
from catalog.db.transactions import read_snapshot
from catalog.db.types import to_microseconds
from catalog.model import tables
from catalog.model.bulk import chunks, insert_rows, table_of
from catalog.model.documents import load_documents
from catalog.model.state import ensure_state, read_state
from catalog.model.status import Timeline
from catalog.model.viewer import Everything
from catalog.publishing.apply import apply_records
from catalog.search.collecting.entries import load_entries
from catalog.search.columns.batch import Batch, make_batch
from catalog.search.columns.keys import key_of
from catalog.search.columns.ragged import Array
from catalog.search.columns.table import Columns
from catalog.search.port import IndexPosition, Matches, Suggested
from catalog.search.text.query import TextQuery

PUBLISHED, CHANGED = 990, 1_000
COPIES = 100
"""The published ones and their copies; with the changed ones 100,000 credentials and 300,000 offerings."""
LISTED = PUBLISHED * COPIES + CHANGED
FIRST, BETWEEN, LAST = NOW - timedelta(days=30), NOW - timedelta(days=2), NOW - timedelta(days=1)
"""When all were published, a moment after that, and when the last 1,000 changed."""
PREFIX = 3  # characters of an id that tell copies apart; no id begins with a z
DIGITS = digits + ascii_lowercase

OWNED: dict[Table, tuple[str, Sequence[str]]] = {
    table_of(tables.CredentialRow): ("id", ["id"]),
    table_of(tables.CredentialInstitutionRow): ("credential", ["credential"]),
    table_of(tables.OfferingRow): ("credential", ["id", "credential"]),
    table_of(tables.DeliveryRow): ("credential", ["id", "credential"]),
    table_of(tables.DocumentRow): ("id", ["id"]),
    table_of(tables.ThingRow): ("id", ["id"]),
    table_of(tables.StatementRow): ("thing", ["id", "thing"]),
    table_of(tables.VersionRow): ("thing", ["thing"]),
    table_of(tables.ChangeRow): ("thing", ["thing"]),
    Base.metadata.tables["ref_credential"]: ("id", ["id"]),
    Base.metadata.tables["ref_offering"]: ("credential_id", ["id", "credential_id"]),
    credential_institution: ("credential_id", ["credential_id"]),
    credential_sector: ("credential_id", ["credential_id"]),
    Base.metadata.tables["ref_same"]: ("whole_id", ["whole_id", "part_id"]),
}
"""Tables that have rows of credentials: whose, and the columns that hold ids of what is copied."""
FILLED = [*(table_of(getattr(tables, name)) for name in tables.__all__), *Base.metadata.sorted_tables]


@dataclass
class MemoryEngine:
    """Answers as an index of the catalogue would, but knows no words: every row holds the empty text."""

    columns: Columns
    position_: IndexPosition
    changes: int = 0
    """Raised by whoever wants everything found anew, as after a change of an index."""
    rows: Array = field(init=False)

    def __post_init__(self) -> None:
        self.rows = np.arange(self.columns.rows)

    def match(self, query: TextQuery, *, is_strict: bool = True) -> Matches:
        assert query.is_empty or not is_strict, "there are no words"
        return Matches(self.columns, self.rows, np.zeros(len(self.rows)), self.position_, self.state())

    def correct(self, query: TextQuery) -> str | None:  # noqa: ARG002 - there are no words
        return None

    def suggest(self, words: Sequence[str], limit: int) -> list[Suggested]:  # noqa: ARG002 - there are no words
        return []

    def position(self) -> IndexPosition:
        return self.position_

    def state(self) -> str:
        return f"{self.position_.revision}.{self.changes}"

    def look(self) -> str:
        return self.state()


@dataclass(frozen=True, slots=True)
class Made:
    """The batches are those of the columns of what was published."""

    file: Path
    published: Batch
    changed: Batch
    position: IndexPosition

    def columns(self, copies: int = COPIES) -> Columns:
        found = Columns(self.published)
        found.append(self.changed)
        for number in range(1, copies):
            found.append(_copied(self.published, _prefix(number)))
        return found


def make(folder: Path, postgres: str) -> Made:
    """Into a file, and into the empty PostgreSQL of this address."""
    file, small = folder / "large.db", folder / "small.db"
    database = open_database(f"sqlite:///{file}")
    migrate(database, prepare=ensure_state)
    around, lasting = list(surroundings(PUBLISHED)), list(credentials(0, PUBLISHED, seed=1))
    first, then = (list(credentials(PUBLISHED, CHANGED, seed)) for seed in (2, 3))
    apply_records(database, [*around, *lasting, *first], SOURCE, lambda: FIRST)
    apply_records(database, then, SOURCE, lambda: LAST)
    changed, published = _ids(database)
    _count_seats(database)
    with read_snapshot(database) as connection:
        batches = [make_batch(list(load_entries(connection, own, NOW))) for own in (published, changed)]
        state = read_state(connection)
    _fill_reference(database)
    _copy_file(database, file, small)
    database.dispose()
    with ThreadPoolExecutor(2) as together:
        for one in [together.submit(_copy_in_file, file), together.submit(_copy_to_postgres, small, postgres)]:
            one.result()
    return Made(file, batches[0], batches[1], IndexPosition(state.epoch, state.revision, state.confirmations))


def _ids(database: Database) -> tuple[list[str], list[str]]:
    """The changed credentials, and the others; each in the order of the index."""
    change, commit = table_of(tables.ChangeRow).c, table_of(tables.CommitRow).c
    last = select(commit.id).order_by(commit.revision.desc()).limit(1).scalar_subquery()
    with read_snapshot(database) as connection:
        changed = set(connection.scalars(select(change.thing).where(change.commit_id == last)))
        row = table_of(tables.CredentialRow).c
        listed = list(connection.scalars(select(row.id).where(row.listed).order_by(row.id)))
    found = [one for one in listed if one in changed], [one for one in listed if one not in changed]
    assert [len(one) for one in found] == [CHANGED, PUBLISHED], "the last 1,000 have changed, and nothing else"
    return found


def _count_seats(database: Database) -> None:
    """Of a third of the offerings, twice."""
    chance = Random(11)
    row = table_of(tables.OfferingRow).c
    with database.write.begin() as connection:
        runs = connection.execute(select(row.id, row.credential).order_by(row.ref, row.credential)).all()
        events = [
            {"id": str(uuid4()), "commit_id": "seats", "credential": run.credential, "offering": run.id, "at": at}
            | {"seats_left": chance.choice([0, *range(12)]), "source": SOURCE.key}
            for run in runs
            if chance.random() < 0.33
            for at in (FIRST + timedelta(days=3), FIRST + timedelta(days=9))
        ]
        insert_rows(connection, tables.SeatEventRow, events)


def _copy_file(database: Database, file: Path, small: Path) -> None:
    database.dispose()
    with sqlite3.connect(file) as source, sqlite3.connect(small) as target:
        source.backup(target)


# ---- copies


def _copy_in_file(file: Path) -> None:
    """Without waiting for the disk; then the log is folded, and the planner has its statistics."""
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-500000")

    _copy_credentials(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _prefix(number: int) -> str:
    first, second = divmod(number, len(DIGITS))
    return f"z{DIGITS[first]}{DIGITS[second]}"


def _copy_credentials(engine: Engine) -> None:
    """In every table that has rows of them; those that changed are not copied."""
    change, commit = table_of(tables.ChangeRow), table_of(tables.CommitRow)
    with engine.begin() as connection:
        if not is_sqlite(connection):
            connection.exec_driver_sql(
                "SET LOCAL session_replication_role = replica"
            )  # foreign keys hold in copies as in the others
        connection.exec_driver_sql("CREATE TABLE bench_whole (id TEXT PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE bench_copy (prefix TEXT, number INTEGER)")
        connection.execute(text("INSERT INTO bench_copy VALUES (:prefix, :number)"), _numbered())
        last = select(func.max(commit.c.revision)).scalar_subquery()
        late = select(change.c.thing).join(commit, commit.c.id == change.c.commit_id).where(commit.c.revision == last)
        ids = select(table_of(tables.CredentialRow).c.id).where(table_of(tables.CredentialRow).c.id.not_in(late))
        whole = list(connection.scalars(ids))
        connection.execute(text("INSERT INTO bench_whole VALUES (:id)"), [{"id": one} for one in whole])
        size = connection.scalar(select(func.max(change.c.ordinal))) or 0
        for table, (owner, columns) in OWNED.items():
            _copy_rows(connection, table, owner, set(columns), size + 1)


def _numbered() -> list[dict[str, Any]]:
    return [{"prefix": _prefix(number), "number": number} for number in range(1, COPIES)]


def _copy_rows(connection: Connection, table: Table, owner: str, ids: set[str], size: int) -> None:
    """Copy by copy, so that what belongs together stands together; slugs and the order of changes stay distinct."""
    shown = {one: f"prefix || substr(own.{one}, {PREFIX + 1})" for one in ids}
    if table.name == "ref_same":
        joined = "JOIN ref_offering run ON run.id = own.whole_id JOIN bench_whole ON bench_whole.id = run.credential_id"
    else:
        joined = f"JOIN bench_whole ON bench_whole.id = own.{owner}"
    if "slug" in table.c:
        shown["slug"] = "own.slug || '-' || prefix"
    shown |= {one: content for one, content in (("body", "'{}'"), ("record", "NULL")) if one in table.c}
    if table.name == "change":
        shown["ordinal"] = f"own.ordinal + number * {size}"
    names = [column.name for column in table.columns]
    chosen = ", ".join(shown.get(one, f'own."{one}"') for one in names)
    into = ", ".join(f'"{one}"' for one in names)
    from_ = f'FROM "{table.name}" own {joined} CROSS JOIN bench_copy'
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({into}) SELECT {chosen} {from_} ORDER BY number')


def _copied(batch: Batch, prefix: str) -> Batch:
    """The same in columns: ids, and the keys of components."""
    arrays, texts = dict(batch.arrays), dict(batch.texts)
    for name in ("credential.id", "delivery.id"):
        arrays[name] = _renamed(arrays[name], prefix)
    renamed = {key: prefix + texts[key][PREFIX:] for key in np.unique(arrays["credential.components"]).tolist()}
    texts |= {key_of(one): one for one in renamed.values()}
    keys = [key_of(renamed[key]) for key in arrays["credential.components"].tolist()]
    arrays["credential.components"] = np.array(keys, dtype=np.uint64)
    for name in ("delivery.includes", "delivery.seats_shared"):
        assert not len(arrays[name]), "runs name no other runs"
    return Batch(arrays, texts)


def _renamed(ids: Array, prefix: str) -> Array:
    found = ids.copy()
    letters = found.view(np.uint8).reshape(len(found), -1)
    letters[letters[:, 0] != 0, :PREFIX] = np.frombuffer(prefix.encode(), dtype=np.uint8)
    return found


# ---- the tables of the reference


def _fill_reference(database: Database) -> None:
    """From Documents and seat events: what the columns of the index were not made of."""
    with database.write.begin() as connection:
        Base.metadata.create_all(connection)
        of = {
            kind: _documents(connection, kind) for kind in ("region", "sector", "institution", "credential", "fundingAward")
        }
        regions = {one["id"]: one["code"] for one in of["region"]}
        codes = {one["id"]: one["code"] for one in of["sector"]}
        rows: dict[Any, list[dict[str, Any]]] = {
            Institution: [
                {"id": one["id"], "name": one["slug"], "region": regions[one["region"]]} for one in of["institution"]
            ],
            Sector: [{"id": one, "code": code} for one, code in codes.items()],
            Credential: [_credential(one) for one in of["credential"]],
            credential_institution: [row for one in of["credential"] for row in _institutions(one)],
            credential_sector: [
                {"credential_id": one["id"], "sector_id": sector} for one in of["credential"] for sector in one["sectors"]
            ],
            Offering: _offerings(of["credential"], _seats_left(connection)),
            Same: _same(of["credential"]),
            Award: [_award(one) for one in of["fundingAward"]],
            Cover: [_cover(one, cover) for one in of["fundingAward"] for cover in one["covers"]],
            Openings: _openings(_documents(connection, "demand"), regions, codes),
        }
        for table, own in rows.items():
            for chunk in chunks(own):
                connection.execute(insert(table), chunk)


def _documents(connection: Connection, kind: str) -> list[dict[str, Any]]:
    row = table_of(tables.DocumentRow).c
    ids = list(connection.scalars(select(row.id).where(row.type == kind)))
    return list(load_documents(connection, ids, Everything()).values())


def _credential(one: dict[str, Any]) -> dict[str, Any]:
    hours = one["totalHours"] or {}
    exact = hours.get("min") if hours.get("min") == hours.get("max") else None
    return {"id": one["id"], "title": one["slug"], "provider_id": one["provider"], "hours": exact}


def _institutions(one: dict[str, Any]) -> list[dict[str, str]]:
    together = {own["institution"] for own in one["partnerships"] if own["role"] == "CO_PROVIDER"}
    return [{"credential_id": one["id"], "institution_id": own} for own in sorted({one["provider"], *together})]


def _seats_left(connection: Connection) -> dict[str, int]:
    row = table_of(tables.SeatEventRow).c
    events = connection.execute(select(row.offering, row.seats_left).where(row.at <= NOW).order_by(row.at))
    return dict(events.tuples().all())


def _runs(one: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(run["id"], run) for run in one["offerings"]] or ([(one["id"], one["usual"])] if one["usual"] else [])


def _offerings(documents: Sequence[dict[str, Any]], left: dict[str, int]) -> list[dict[str, Any]]:
    found = []
    for one in documents:
        for key, run in _runs(one):
            times = Timeline.from_json(run["_times"]) if "_times" in run else None
            opens, closes = times.windows[0] if times and times.windows else (None, None)
            price = run["price"] and round(float(run["price"]["amount"]) * 100)
            found.append(
                {"id": key, "credential_id": one["id"], "is_offering": "id" in run, "mode": run["mode"], "price": price}
                | {"seats": run.get("seats"), "seats_left": left.get(key), "opens_at": _at(opens), "closes_at": _at(closes)}
                | {"is_cancelled": bool(times and times.cancelled), "started_at": _at(times.started_at if times else None)}
                | {"ended_at": _at(times.ended_at if times else None)}
            )
    return found


def _at(moment: datetime | None) -> int | None:
    return None if moment is None else to_microseconds(moment)


def _same(documents: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """A program's runs with those of what is bought with it."""
    runs = {one["id"]: [key for key, _ in _runs(one)] for one in documents}
    programs = [one for one in documents if one["registration"] == "TOGETHER"]
    return [
        {"whole_id": whole, "part_id": part}
        for one in programs
        for own in one["components"]
        for part in runs[own]
        for whole in runs[one["id"]]
    ]


def _award(one: dict[str, Any]) -> dict[str, Any]:
    amount, buys = one["amount"], one["purpose"] in {"SEATS", "DELIVERY"}
    cents = None if amount is None else round(float(amount["amount"]) * 100)
    shared = one["allocation"] == "SHARED_NOT_SPLIT"
    return {"id": one["id"], "amount": cents, "seats": one["seatsFunded"] if buys else None, "is_shared": shared}


def _cover(award: dict[str, Any], cover: dict[str, Any]) -> dict[str, str]:
    assert cover["offering"] is None, "awards of the bench pay for whole credentials"
    return {"award_id": award["id"], "credential_id": cover["credential"]}


def _openings(demand: Sequence[dict[str, Any]], regions: dict[str, str], codes: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "region": regions[region],
            "sector": codes[one["sector"]],
            "per_year": round(one["value"] / (one["to"] - one["from"]), 2),
        }
        for one in demand
        if one["sector"]
        for region in one["regions"]
    ]


# ---- PostgreSQL


def _copy_to_postgres(small: Path, url: str) -> None:
    """What was published by COPY, then its copies by the same statements."""
    database = open_database(url)
    _hurry(url)
    migrate(database, prepare=ensure_state)
    Base.metadata.create_all(database.write)
    with sqlite3.connect(f"file:{small}?mode=ro", uri=True) as rows, psycopg.connect(plain_address(url)) as target:
        target.execute("DELETE FROM catalog_state")
        for table in FILLED:
            _copy_table(rows, target, table)
    _copy_credentials(database.write)
    with psycopg.connect(plain_address(url), autocommit=True) as target:
        target.execute("VACUUM (ANALYZE)")
    database.dispose()


def _hurry(url: str) -> None:
    """The server is this measurement's own: while it is filled, nothing waits for the disk. Reading is as ever."""
    with psycopg.connect(plain_address(url), autocommit=True) as server:
        for setting in ("fsync = off", "full_page_writes = off", "max_wal_size = '8GB'"):
            server.execute(f"ALTER SYSTEM SET {setting}".encode())
        server.execute("SELECT pg_reload_conf()")


def _copy_table(rows: sqlite3.Connection, target: psycopg.Connection[Any], table: Table) -> None:
    """Booleans are 0 and 1 in SQLite."""
    names = [column.name for column in table.columns]
    flags = {column.name for column in table.columns if isinstance(column.type, Boolean)}
    shown = [f"CASE \"{one}\" WHEN 1 THEN 't' WHEN 0 THEN 'f' END" if one in flags else f'"{one}"' for one in names]
    into = sql.SQL(", ").join(map(sql.Identifier, names))
    with (
        target.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), into)) as copy,
    ):
        for row in rows.execute(f'SELECT {", ".join(shown)} FROM "{table.name}"'):
            copy.write_row(row)
