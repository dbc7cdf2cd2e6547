"""Alembic's environment: the caller hands over a connection, and holds the lock that keeps other processes out."""

from alembic import context
from sqlmodel import SQLModel

import catalog.model.tables  # noqa: F401 - fills the metadata


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
