"""A reader that follows the change log and looks at Documents and tables: it must never see a part of a run."""

import time
from pathlib import Path

from sqlalchemy import select

from catalog.db.transactions import read_snapshot
from catalog.model.bulk import table_of
from catalog.model.changes import Position, read_changes
from catalog.model.documents import load_documents
from catalog.model.state import read_state
from catalog.model.tables import CredentialRow, StatementRow
from catalog.model.viewer import Everything
from tests.ingest.killed.deliveries import credentials_after, marker_after
from tests.ingest.killed.stepping import steps_of

PAUSE_SECONDS = 0.004
MOST_NAMED = 20
STATEMENT = table_of(StatementRow).c
CREDENTIAL = table_of(CredentialRow).c


def follow(database, sources, stop):
    """Until the file `stop` is there: how many snapshots, the revisions seen, and every half-applied run."""
    position, seen, snapshots, found = Position(), 0, 0, []
    while True:
        last = Path(stop).exists()
        with read_snapshot(database) as connection:
            revision = read_state(connection).revision
            changes = read_changes(connection, position, 1_000_000, Everything())
            found += _of_log(seen, revision, changes)
            found += _documents_of(connection, changes)
            for source in sources:
                found += _of_source(connection, source)
        seen, snapshots = revision, snapshots + 1
        position = changes[-1].position if changes else position
        if last or len(found) > MOST_NAMED:
            return {"snapshots": snapshots, "revision": seen, "found": found[:MOST_NAMED]}
        time.sleep(PAUSE_SECONDS)


def _of_log(seen, revision, changes):
    """Every number that is new is announced once, in order, and none comes late."""
    announced = list(dict.fromkeys(one.revision for one in changes))
    if announced != list(range(seen + 1, revision + 1)):
        yield f"FOLLOWED: after revision {seen} up to {revision} came {announced}"


def _documents_of(connection, changes):
    latest = {one.thing: one for one in changes}
    documents = load_documents(connection, latest, Everything())
    for thing, change in latest.items():
        if change.kind == "WITHDRAWN":
            if thing in documents:
                yield f"HALF_SEEN: {change.slug} is withdrawn and shown"
        elif thing not in documents or documents[thing]["version"] != change.version:
            version = documents[thing]["version"] if thing in documents else None
            yield f"HALF_SEEN: {change.slug} is announced as version {change.version}, shown as {version}"


def _of_source(connection, source):
    """One marker in all that the source says, shows and is found by: that of its last step."""
    step = steps_of(connection, source)
    own = CREDENTIAL.slug.startswith(source.rpartition("/")[2] + "/")
    hours = connection.execute(select(CREDENTIAL.id, CREDENTIAL.hours_min).where(own)).all()
    shown = load_documents(connection, [row.id for row in hours], Everything())
    titles = [one["title"]["en"] for one in shown.values()]
    in_force = select(STATEMENT.record).where(STATEMENT.source == source, STATEMENT.until_commit.is_(None))
    said = [one["title"]["en"] for one in connection.scalars(in_force) if one["type"] == "credential"]
    number = credentials_after(step) if step else 0
    expected = [f"Marker {marker_after(step)}"] * number
    if titles != expected:
        yield f"HALF_SEEN: after step {step} of {source} its Documents show {sorted(titles)}"
    if said != expected:
        yield f"HALF_SEEN: after step {step} of {source} its statements say {sorted(said)}"
    if [row.hours_min for row in hours] != [marker_after(step)] * number:
        yield f"HALF_SEEN: after step {step} of {source} its tables have {sorted(row.hours_min for row in hours)}"
