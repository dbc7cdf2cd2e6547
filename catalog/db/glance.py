"""Whether a database may have changed, where that can be seen without asking it anything."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from catalog.db.engine import is_sqlite


class Glance:
    """Looks at the file of an SQLite database in a few microseconds. Used by one thread."""

    def __init__(self, engine: Engine) -> None:
        self._path = engine.url.database if is_sqlite(engine) else None
        self._connection: sqlite3.Connection | None = None
        self._opened = 0

    def look(self) -> tuple[int, int] | None:
        """Moves with every commit of anybody else; None where the database must be asked."""
        if self._path is None:
            return None
        try:
            if self._connection is None:
                address = f"{Path(self._path).resolve().as_uri()}?mode=ro"
                self._connection = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=0)
                self._opened += 1  # a new connection counts from the beginning
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:  # whoever asks the database itself says what is wrong with it
            self.close()
            return None
        return self._opened, int(version)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
