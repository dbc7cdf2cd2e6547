"""What stands in a catalogue, without what differs between two that say the same: ids of runs and commits."""

import json

from sqlalchemy import select

from catalog.model import tables
from catalog.model.bulk import table_of

HISTORY = {"RunRow", "CommitRow", "SubmissionRow", "StagedRow", "LeaseRow", "StateRow", "PullRow", "FeedRow"}
DIFFERENT = ("commit_id", "since_commit", "until_commit", "run", "ordinal", "updated_at")


def contents(database):
    """The rows of every table of content, as sorted text."""
    found = {}
    with database.read.connect() as connection:
        for name in sorted(set(tables.__all__) - HISTORY):
            rows = [dict(row) for row in connection.execute(select(table_of(getattr(tables, name)))).mappings()]
            found[name] = sorted(json.dumps(_bare(name, row), sort_keys=True, default=str) for row in rows)
    return found


def _bare(name, row):
    if name == "StatementRow":
        del row["id"]
    return {key: (value is not None if key in DIFFERENT else value) for key, value in row.items()}
