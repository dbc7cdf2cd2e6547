"""What a source has in a catalogue, whatever ids and times were made for it: two ways there can be compared.

Commits are counted from one for each source, and stand for their runs; so the form does not depend on what others published
in between, nor on the kind of database.
"""

import hashlib

from catalog.db.types import write_json
from catalog.model.bulk import table_of
from catalog.publishing.derived import OWNED_BY

MADE = {
    "statement": {"id", "confirmation"},  # the count of confirmations goes over all sources
    "commit": {"revision", "at"},
    "document": {"updated_at"},
    "run": {"started_at", "finished_at"},
}
COMMITS, RUNS = {"commit_id", "since_commit", "until_commit"}, {"run"}
OF_THINGS = {"thing": "id", "thing_slug": "thing", "version": "thing", "change": "thing"}
OF_THINGS |= {table_of(one).name: owner for one, owner in OWNED_BY.items()}
OF_SOURCES = {"statement": "source", "thing_key": "source", "source": "key"}


def canonical(stored, source):
    """The rows of every content table by its name, each as text, in their order."""
    own = stored.runs_of(source)
    commits = {commit: number for number, commit in enumerate(own, start=1)}
    runs = {run: number for number, run in enumerate(own.values(), start=1)}
    things = {one["thing"] for one in stored.rows("thing_key") if one["source"] == source}
    tables = [
        *((name, owner, things) for name, owner in OF_THINGS.items()),
        *((name, owner, {source}) for name, owner in OF_SOURCES.items()),
        ("commit", "id", commits),
        ("run", "id", runs),
    ]
    return {
        name: sorted(_row(name, row, commits, runs) for row in stored.rows(name) if row[owner] in owners)
        for name, owner, owners in tables
    }


def digests(stored, source):
    """A digest of the rows of every table."""
    rows = canonical(stored, source)
    return {name: hashlib.sha256("\n".join(own).encode()).hexdigest()[:16] for name, own in rows.items()}


def _row(table, row, commits, runs):
    commit_columns = COMMITS | ({"id"} if table == "commit" else set())
    run_columns = RUNS | ({"id"} if table == "run" else set())
    values = {name: value for name, value in row.items() if name not in MADE.get(table, ())}
    for columns, numbers in ((commit_columns, commits), (run_columns, runs)):
        for name in columns & values.keys():
            values[name] = numbers.get(values[name], "?") if values[name] is not None else None
    return write_json(values)
