"""What must be true of a catalogue at every moment, whoever was killed: each violation is one line."""

import hashlib
import zlib
from collections import Counter

from catalog.publishing.check import check
from tests.ingest.killed.stored import told

PUBLISHED = {"PUBLISHED", "ROLLED_BACK"}
ENDED = PUBLISHED | {"UNCHANGED"}
NAMING = {"statement": ("since_commit", "until_commit"), "version": ("commit_id",), "change": ("commit_id",)}


def violations(stored):
    """Of one snapshot."""
    yield from (str(one) for one in check(stored.connection))
    for rule in (_numbering, _changes, _commits, _runs, _submissions, _rollbacks, _statements, _staged):
        yield from rule(stored)


def _numbering(stored):
    """Revisions run without gaps or doubles, and who has the lower number came first."""
    (state,) = stored.rows("catalog_state")
    commits = sorted(stored.rows("commit"), key=lambda one: one["revision"])
    revisions, times = [one["revision"] for one in commits], [one["at"] for one in commits]
    if revisions != list(range(1, state["revision"] + 1)):
        yield f"NUMBERING: {revisions[-5:]} at revision {state['revision']}"
    if state["content_revision"] != state["revision"]:
        yield f"NUMBERING: content is at {state['content_revision']}, all at {state['revision']}"
    if times != sorted(times):
        yield "NUMBERING: a later number has an earlier time"
    most = max((one["confirmation"] or 0 for one in stored.rows("statement")), default=0)
    if most > state["confirmations"]:
        yield f"CONFIRMATIONS: {most} were moved, {state['confirmations']} are counted"


def _changes(stored):
    """Every commit says what changed, one after another."""
    ordinals = {one["id"]: [] for one in stored.rows("commit")}
    for change in stored.rows("change"):
        ordinals.setdefault(change["commit_id"], []).append(change["ordinal"])
    for commit, own in ordinals.items():
        if sorted(own) != list(range(len(own))) or not own:
            yield f"CHANGES: those of commit {commit} are {sorted(own)}"


def _commits(stored):
    """Whatever names a commit names one that is there."""
    commits = {one["id"] for one in stored.rows("commit")}
    for table, columns in NAMING.items():
        for row in stored.rows(table):
            for name in columns:
                if row[name] is not None and row[name] not in commits:
                    yield f"COMMIT_UNKNOWN: {table}.{name} of {row['thing']}"


def _runs(stored):
    """A run has one commit or none, and made as many statements as it says."""
    commits = {one["id"]: one["run"] for one in stored.rows("commit")}
    runs = {one["id"]: one for one in stored.rows("run")}
    for run, number in Counter(commits.values()).items():
        if number > 1:
            yield f"RUN_TWICE: {run} has {number} commits"
        if run not in runs:
            yield f"RUN_MISSING: {run} has a commit and no row"
    statements = stored.rows("statement")
    made = Counter(one["since_commit"] for one in statements)
    for one in statements:
        if commits.get(one["since_commit"]) != one["run"]:
            yield f"RUN_OTHER: the statement of {one['ref']} is of run {one['run']}"
    for commit, run in commits.items():
        if run in runs and made[commit] != runs[run]["changed"]:
            yield f"RUN_HALF: {run} made {runs[run]['changed']} statements, {made[commit]} are there"


def _submissions(stored):
    """Each delivery is published exactly if its commit is there."""
    commits, runs = ({one[name] for one in stored.rows(table)} for table, name in (("commit", "run"), ("run", "id")))
    submissions = {one["id"]: one for one in stored.rows("submission")}
    for run in (commits | runs) - submissions.keys():
        yield f"SUBMISSION_MISSING: of run {run}"
    for run, one in submissions.items():
        name, state = one["name"], one["state"]
        if (run in commits) != (state in PUBLISHED):
            yield f"SUBMISSION_STATE: {name} is {state}, its commit is {'there' if run in commits else 'not there'}"
        if (run in runs) != (state in ENDED):
            yield f"SUBMISSION_STATE: {name} is {state}, its run is {'there' if run in runs else 'not there'}"
        if state not in {*ENDED, "RECEIVED"} or (one["ended_at"] is None) != (state == "RECEIVED"):
            yield f"SUBMISSION_STATE: {name} is {state} and ended at {one['ended_at']}"


def _rollbacks(stored):
    """A run is rolled back exactly if the run that takes it back is there."""
    commits = {one["run"] for one in stored.rows("commit")}
    submissions = stored.rows("submission")
    back = {told(one)["rollsBack"] for one in submissions if one["format"] == "rollback" and one["id"] in commits}
    for one in submissions:
        if (one["id"] in back) != (one["state"] == "ROLLED_BACK"):
            yield f"SUBMISSION_STATE: {one['name']} is {one['state']}, {'but' if one['id'] in back else 'and not'} rolled back"


def _statements(stored):
    """A source says one thing at a time of each thing, under each ref."""
    types = {one["id"]: one["type"] for one in stored.rows("thing")}
    in_force = [one for one in stored.rows("statement") if one["until_commit"] is None]
    refs = Counter((one["source"], types.get(one["thing"]), one["ref"]) for one in in_force)
    things = Counter((one["source"], one["thing"]) for one in in_force)
    for key in (key for counted in (refs, things) for key, number in counted.items() if number > 1):
        yield f"STATED_TWICE: {key}"
    for thing in types.keys() - {one["thing"] for one in stored.rows("thing_key")}:
        yield f"THING_OF_NOBODY: {thing}"


def _staged(stored):
    """What was received is there as it came."""
    parts = {}
    for one in sorted(stored.rows("staged"), key=lambda row: row["part"]):
        parts.setdefault(one["hash"], []).append(bytes(one["content"]))
    for one in stored.rows("submission"):
        if one["format"] == "rollback":
            continue
        try:
            data = zlib.decompress(b"".join(parts[one["hash"]]))
        except (KeyError, zlib.error):
            yield f"STAGED_MISSING: the file of {one['name']}"
            continue
        if (hashlib.sha256(data).hexdigest(), len(data)) != (one["hash"], one["size"]):
            yield f"STAGED_OTHER: the file of {one['name']}"
