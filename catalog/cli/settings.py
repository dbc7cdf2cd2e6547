"""Settings and what is opened with them, for commands."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from catalog.db.engine import Database
from catalog.opening import open_settings_database
from catalog.settings import Settings


def read_settings() -> Settings:
    """Ends the command with a message for each setting that cannot be read."""
    try:
        return Settings()
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            name = "CATALOG_" + "_".join(str(part) for part in detail["loc"]).upper()
            message = detail["msg"].removeprefix("Value error, ")
            print(f"catalog: SETTING_INVALID: {name}: {message}", file=sys.stderr)  # noqa: T201 - the command line speaks
        sys.exit(2)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    database = open_settings_database(settings)
    try:
        yield database
    finally:
        database.dispose()
