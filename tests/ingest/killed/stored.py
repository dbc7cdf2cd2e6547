"""What stands in the tables in one snapshot, as it is stored: read once for all who look at it."""

import json
from datetime import date


class Stored:
    def __init__(self, connection):
        self.connection = connection
        self._tables = {}

    def rows(self, table):
        """All rows of a table, by column; the same values whatever the kind of database."""
        if table not in self._tables:
            found = self.connection.exec_driver_sql(f'SELECT * FROM "{table}"')
            names = list(found.keys())
            self._tables[table] = [dict(zip(names, map(_plain, row), strict=True)) for row in found]
        return self._tables[table]

    def runs_of(self, source):
        """The ids of the source's commits in their order, each with its run."""
        runs = {one["id"] for one in self.rows("run") if one["source"] == source}
        commits = [one for one in self.rows("commit") if one["run"] in runs]
        return {one["id"]: one["run"] for one in sorted(commits, key=lambda one: one["revision"])}


def told(submission):
    return json.loads(submission["told"])


def _plain(value):
    """SQLite knows neither days nor truth values."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
