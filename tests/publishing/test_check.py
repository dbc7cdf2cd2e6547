"""`check` names what a hand has changed; `rebuild` mends what can be mended."""

import pytest
from sqlalchemy import text

from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import RecordsRejected
from catalog.model.changes import Position, read_changes
from catalog.model.viewer import Everything
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from catalog.publishing.erase import erase
from catalog.publishing.rebuild import rebuild
from tests.conftest import NOW
from tests.records import SOURCE, credential, institution


def clock():
    return NOW


@pytest.fixture
def filled(database):
    campus = {"ref": "main", "name": "Main", "city": "Victoria"}
    apply_records(
        database,
        [
            institution(campuses=[campus]),
            credential("a", skills=[{"label": "SEO"}], offerings=[{"ref": "x", "startsOn": "2027-01-11"}]),
        ],
        SOURCE,
        clock,
    )
    return database


def findings(database):
    with read_snapshot(database) as connection:
        return [(one.thing, one.code) for one in check(connection)]


def edit(database, statement):
    with write_transaction(database) as connection:
        connection.execute(text(statement))


def test_a_catalogue_that_nobody_touched_is_consistent(filled):
    assert findings(filled) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE credential SET kind = 'COURSE'", [("uni/a", "TABLE_DIFFERS")]),
        ("DELETE FROM offering", [("uni/a", "TABLE_DIFFERS")]),
        ("UPDATE campus SET city = 'Nanaimo'", [("uni", "TABLE_DIFFERS")]),
        ("UPDATE document SET body = '{}' WHERE slug = 'uni/a'", [("uni/a", "DOCUMENT_DIFFERS")]),
        ("DELETE FROM document WHERE slug = 'uni'", [("uni", "DOCUMENT_DIFFERS")]),
        ("DELETE FROM boundary", [("uni/a", "TABLE_DIFFERS")]),
        ("DELETE FROM reference WHERE path = 'provider'", [("uni/a", "TABLE_DIFFERS")]),
        ("INSERT INTO credential_skill VALUES ('nobody', 'nothing')", [("nobody", "TABLE_DIFFERS")]),
    ],
)
def test_derived_rows_changed_by_hand_are_named_and_mended(filled, statement, found):
    edit(filled, statement)
    assert findings(filled) == found
    rebuild(filled, clock)
    assert findings(filled) == []


def test_a_rebuild_announces_documents_that_came_out_otherwise_and_makes_no_version(filled):
    assert rebuild(filled, clock) == 0
    edit(filled, "UPDATE document SET body = '{}' WHERE slug = 'uni/a'")
    assert rebuild(filled, clock) == 1
    with read_snapshot(filled) as connection:
        last = read_changes(connection, Position(), 100, Everything())[-1]
    assert (last.kind, last.slug, last.version, last.revision) == ("UPDATED", "uni/a", 1, 2)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            'UPDATE statement SET record = \'{"type": "institution", "ref": "uni", "slug": "uni", "name": {"en": "X"}, "kind": "OTHER"}\' WHERE ref = \'uni\'',
            "STATEMENT_ALTERED",
        ),
        ("UPDATE version SET record = '{}' WHERE version = 1", "VERSION_ALTERED"),
        ("DELETE FROM statement WHERE ref = 'a'", "STATEMENT_MISSING"),
        ('DELETE FROM "commit"', "REVISION_GAP"),
        ("UPDATE catalog_state SET revision = 7", "REVISION_GAP"),
        ("DELETE FROM thing WHERE slug = 'uni/a'", "THING_MISSING"),
        ("DELETE FROM thing_slug WHERE slug = 'uni/a'", "SLUG_MISSING"),
        ("DELETE FROM thing_key WHERE ref = 'a'", "KEY_MISSING"),
        ("DELETE FROM version", "VERSION_MISSING"),
        ("DELETE FROM change", "CHANGE_MISSING"),
        ("UPDATE thing SET slug = 'uni/z' WHERE slug = 'uni/a'", "THING_ALTERED"),
        ("UPDATE thing SET visibility = 'UNLISTED' WHERE slug = 'uni/a'", "THING_ALTERED"),
        ("UPDATE thing SET state = 'WITHDRAWN' WHERE slug = 'uni/a'", "STATE_DIFFERS"),
    ],
)
def test_what_was_said_and_published_cannot_be_changed_unseen(filled, statement, code):
    edit(filled, statement)
    assert code in {found for _, found in findings(filled)}


def test_erasing_leaves_hash_and_tombstone_and_no_text(filled):
    with read_snapshot(filled) as connection:
        thing = connection.execute(text("SELECT id FROM thing WHERE slug = 'uni/a'")).scalar_one()
        provider = connection.execute(text("SELECT id FROM thing WHERE slug = 'uni'")).scalar_one()
    with pytest.raises(RecordsRejected) as refused:
        erase(filled, provider, clock)
    assert refused.value.issues[0].code == "STILL_REFERENCED"
    erase(filled, thing, clock)
    with read_snapshot(filled) as connection:
        for table in ("statement", "version"):
            rows = connection.execute(text(f"SELECT record FROM {table} WHERE thing = '{thing}'")).scalars().all()
            assert rows == [None]
        assert connection.execute(text(f"SELECT hash FROM statement WHERE thing = '{thing}'")).scalar_one()
        assert connection.execute(text("SELECT count(*) FROM document WHERE slug = 'uni/a'")).scalar_one() == 0
        last = read_changes(connection, Position(), 100, Everything())[-1]
    assert (last.kind, last.slug, last.changed_fields) == ("ERASED", None, [])
    assert findings(filled) == []


def test_what_was_erased_stays_out_when_a_feed_still_carries_it(filled):
    with read_snapshot(filled) as connection:
        thing = connection.execute(text("SELECT id FROM thing WHERE slug = 'uni/a'")).scalar_one()
    erase(filled, thing, clock)
    for _ in range(2):
        applied = apply_records(filled, [credential("a", title="Again"), credential("other")], SOURCE, clock)
        assert [(issue.code, issue.severity) for issue in applied.warnings] == [("THING_ERASED", "WARNING")]
    with read_snapshot(filled) as connection:
        assert connection.execute(text("SELECT slug FROM document WHERE type = 'credential'")).scalars().all() == [
            "uni/other"
        ]
        assert connection.execute(text("SELECT count(*) FROM statement WHERE record LIKE '%Again%'")).scalar_one() == 0
    assert findings(filled) == []
