"""From a file that somebody sends to what is published: all of it or nothing, held, mended, taken back."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlmodel import SQLModel

from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError, RecordsRejected
from catalog.formats.template.write import write_rows
from catalog.formats.template.write_plain import OF_RUNS, flatten, write_csv, write_json
from catalog.formats.template.write_workbook import write_workbook
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.deciding import discard_run, release_run, roll_back_run
from catalog.ingest.report import differences_of, issues_of
from catalog.ingest.rollover import roll_over
from catalog.ingest.run import ingest
from catalog.ingest.staging import staged_bytes
from catalog.ingest.stated import stated_credentials
from catalog.ingest.submissions import find_submission, load_submissions
from catalog.model.bulk import table_of
from catalog.model.source import Source
from catalog.model.tables import DocumentRow, DraftRow, StagedRow, StatementRow, ThingRow
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from tests.conftest import NOW
from tests.records import credential, institution
from tests.records import source as source_of

STATES = Source.model_validate_json('{"key": "gov/list", "name": "Government", "kind": "GOVERNMENT"}')
UNI = Source.model_validate_json('{"key": "uni/listing", "name": "Uni", "kind": "PROVIDER", "owner": "uni"}')
WHOLE = UNI.model_copy(update={"complete": True})
THROUGH = Handling(on_error=OnError.REJECT_FAILED)
HEAD = "ref,title,kind,weeks\n"


@pytest.fixture
def catalogue(database, clock):
    """With the institution whose listings are sent."""
    apply_records(database, [institution()], STATES, clock)
    return database


def send(database, data, source=UNI, handling=None, name="uni.csv", **more):
    data = data.encode() if isinstance(data, str) else data
    return ingest(Arrival(name, data, source, **more), database, lambda: NOW, handling or Handling())


def lines(*rows):
    return HEAD + "".join(f"{ref},{title},COURSE,{weeks}\n" for ref, title, weeks in rows)


def some(count, weeks=6):
    return lines(*((f"c{number}", f"Course {number}", weeks) for number in range(count)))


def every_row(database):
    """Every row of every table, as text."""
    with read_snapshot(database) as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)))) for name, table in SQLModel.metadata.tables.items()
        }


def published(database):
    """What is said and shown now: things, statements in force, Documents."""
    with read_snapshot(database) as connection:
        thing, statement, document = (table_of(row).c for row in (ThingRow, StatementRow, DocumentRow))
        things = select(thing.type, thing.slug, thing.record_hash).where(thing.state == "ACTIVE")
        said = select(statement.source, statement.ref, statement.record).where(statement.until_commit.is_(None))
        shown = select(document.id, document.body)
        return [sorted(map(repr, connection.execute(query))) for query in (things, said, shown)]


def stated(database, source="uni/listing"):
    with read_snapshot(database) as connection:
        return {one["ref"]: one for one in stated_credentials(connection, source)}


def submission(database, run):
    with read_snapshot(database) as connection:
        return find_submission(connection, run)


def codes(report):
    return [issue.code for issue in report.issues]


def sound(database):
    with read_snapshot(database) as connection:
        return check(connection)


def test_the_bytes_are_kept_as_they_came(catalogue):
    data = b"\xef\xbb\xbf" + some(2).encode()
    report = send(catalogue, data)
    kept = submission(catalogue, report.run)
    assert (kept.hash, kept.size, kept.name) == (hashlib.sha256(data).hexdigest(), len(data), "uni.csv")
    assert (kept.state, kept.source, kept.format, kept.ended_at) == ("PUBLISHED", "uni/listing", "template", NOW)
    with read_snapshot(catalogue) as connection:
        assert staged_bytes(connection, kept.hash) == data
    send(catalogue, data)
    with read_snapshot(catalogue) as connection:
        assert len(connection.execute(select(table_of(StagedRow))).all()) == 1
        assert sorted(one.state for one in load_submissions(connection)) == ["PUBLISHED", "UNCHANGED"]
    assert sound(catalogue) == []


def test_what_is_refused_is_kept_with_every_issue(catalogue):
    before = published(catalogue)
    report = send(catalogue, lines(("a", "A", 6), ("b", "B", "'7,5'"), ("c", "", "8-Jun")))
    assert (report.state, report.is_refused, report.applied) == ("REFUSED", True, None)
    assert [(issue.code, issue.place) for issue in report.issues] == [
        ("ROW_RAGGED", "line 3"),
        ("CODE_BECAME_DATE", "line 4"),
    ]
    assert published(catalogue) == before
    kept = submission(catalogue, report.run)
    assert kept.state == "REFUSED"
    assert issues_of(kept.report) == list(report.issues)


def test_an_issue_names_row_place_path_value_and_what_to_do(catalogue):
    report = send(catalogue, 'ref,title,kind,weeks\na,A,COURSE,"7,5"\n')
    (issue,) = report.issues
    assert (issue.row, issue.place, issue.path, issue.field, issue.code) == (1, "line 2", "weeks", "weeks", "DECIMAL_COMMA")
    assert (issue.severity, issue.value, issue.hint) == ("ERROR", "7,5", "write numbers with a point, such as 7.5")


def test_what_apply_finds_is_said_of_the_row_of_the_file(catalogue):
    report = send(catalogue, "ref,title,kind,components\nx,X,COURSE,\na,A,COURSE,uni/nothing\nb,B,,\n")
    found = {(issue.code, issue.row, issue.place, issue.ref) for issue in report.issues}
    assert ("REFERENCE_UNKNOWN", 2, "line 3", "uni/a") in found
    assert ("FIELD_MISSING", 3, "line 4", "b") in found
    assert "uni/listing" not in str(published(catalogue)[1])


def test_differences_field_by_field(catalogue):
    send(catalogue, "ref,title,kind,weeks,offering_ref,offering_seats\na,A,COURSE,6,fall,10\n")
    report = send(catalogue, "ref,title,kind,weeks,offering_ref,offering_seats\na,B,COURSE,,fall,12\nnew,N,COURSE,1,,\n")
    assert [(one.ref, one.path, one.old, one.new) for one in report.differences] == [
        ("a", "offerings[fall].seats", "10", "12"),
        ("a", "title.en", "A", "B"),
        ("a", "weeks.basis", "STATED", None),
        ("a", "weeks.max", "6.0", None),
        ("a", "weeks.min", "6.0", None),
        ("new", "", None, "new"),
    ]
    assert differences_of(submission(catalogue, report.run).report) == list(report.differences)


@pytest.mark.parametrize("text", [some(3), lines(("a", "A", "x7")) + "bad\n,,,,,,9\n", HEAD, "nothing we know"])
def test_a_dry_run_writes_nothing_at_all(catalogue, text):
    send(catalogue, some(2))
    before = every_row(catalogue)
    for handling in (Handling(dry_run=True), Handling(dry_run=True, on_error=OnError.REJECT_FAILED)):
        send(catalogue, text, WHOLE, handling)
    assert every_row(catalogue) == before


def test_a_dry_run_says_what_would_happen(catalogue):
    report = send(catalogue, some(2), handling=Handling(dry_run=True))
    assert (report.state, report.applied.kinds) == ("PUBLISHED", {"CREATED": 2})
    send(catalogue, some(10))
    report = send(catalogue, some(1), WHOLE, Handling(dry_run=True))
    assert (report.state, codes(report)) == ("HELD", ["WITHDRAWALS_MANY"])


def test_the_same_again_changes_nothing(catalogue):
    send(catalogue, some(3))
    before = published(catalogue)
    head, *rows = some(3).splitlines()
    for text in (some(3), "\n".join([head, *reversed(rows)]), some(3).replace(",", ";")):
        report = send(catalogue, text)
        assert (report.state, report.applied.revision, report.differences) == ("UNCHANGED", None, ())
    assert published(catalogue) == before


def rejected_rows(report):
    return list(csv.DictReader(io.StringIO(report.rejected.decode("utf-8-sig"))))


def test_failed_rows_come_back_with_what_is_wrong_and_the_mended_file_works(catalogue):
    text = "ref,title,kind,weeks,summary\na,A,COURSE,6,x\nb,B,DIPLOM,5,\nc,C,COURSE,6,\n,D,COURSE,1,\n"
    report = send(catalogue, text, handling=THROUGH)
    assert (report.state, report.applied.kinds, len(report.rejected_rows)) == ("PUBLISHED", {"CREATED": 2}, 2)
    assert stated(catalogue).keys() == {"a", "c"}
    first, second = rejected_rows(report)
    assert list(first) == ["ref", "title", "kind", "weeks", "summary", "what_is_wrong"]
    assert first["what_is_wrong"].startswith("kind: VALUE_NOT_ALLOWED: kind is none of its words: 'DIPLOM' (one of ")
    assert second["what_is_wrong"] == "ref: REF_MISSING: the row has no ref"
    mended = report.rejected.decode().replace("DIPLOM,", "DIPLOMA,").replace("\r\n,D", "\r\nd,D")
    again = send(catalogue, mended, handling=THROUGH)
    assert (again.state, again.rejected) == ("PUBLISHED", None)
    assert stated(catalogue).keys() == {"a", "b", "c", "d"}
    assert sound(catalogue) == []


def test_failed_rows_that_are_sent_as_they_are_fail_again(catalogue):
    report = send(catalogue, "ref,title,kind\na,=A1,COURSE\nb,B,COURSE\n", handling=THROUGH)
    assert codes(report) == ["CELL_FORMULA"]
    again = send(catalogue, report.rejected, handling=THROUGH)
    assert codes(again) == ["CELL_FORMULA"]
    assert again.rejected == report.rejected


ROWS = {
    "Credentials": [
        {"ref": "a", "title": "A", "kind": "COURSE"},
        {"ref": "b", "title": "B", "title_fr": "Bé", "kind": "COURSE"},
    ],
    "Offerings": [
        {"credential": "a", "ref": "fall", "seats": 5},
        {"credential": "b", "ref": "fall", "seats": "half"},
        {"credential": "b", "ref": "spring", "seats": 7},
    ],
    "Fees": [{"credential": "b", "offering": "fall", "kind": "TUITION", "amount": "5.00"}],
    "Meetings": [],
}


@pytest.mark.parametrize(("form", "write"), [("uni.xlsx", write_workbook), ("uni.json", write_json)])
def test_failed_credentials_come_back_whole_in_the_same_form(catalogue, form, write):
    report = send(catalogue, write(ROWS), handling=THROUGH, name=form)
    assert (report.state, list(report.rejected_rows), stated(catalogue).keys()) == ("PUBLISHED", [2], {"a"})
    assert report.rejected[:2] == write(ROWS)[:2]
    again = send(catalogue, report.rejected, handling=THROUGH, name=form)
    assert [(one.code, one.path) for one in again.issues if one.severity == "ERROR"] == [("VALUE_UNREADABLE", "seats")]
    whole = {name: [row | {"what_is_wrong": "x"} for row in rows if "b" in row.values()] for name, rows in ROWS.items()}
    whole["Offerings"][0]["seats"] = 6
    mended = send(catalogue, write(whole), WHOLE, name=form)
    assert (mended.state, codes(mended)) == ("PUBLISHED", ["DELIVERY_PART"])
    b = stated(catalogue)["b"]
    assert [one["seats"] for one in b["offerings"]] == [6, 7]
    assert b["offerings"][0]["fees"][0]["amount"]["amount"] == "5.00"
    assert b["title"] == {"en": "B", "fr": "Bé"}
    assert stated(catalogue).keys() == {"a", "b"}


def test_rejected_files_keep_columns_that_are_blank(catalogue):
    send(catalogue, "ref,title,kind,weeks\nb,B,COURSE,6\n")
    report = send(catalogue, "ref,title,kind,weeks\nb,B,DIPLOM,\n", handling=THROUGH)
    send(catalogue, report.rejected.decode().replace("DIPLOM", "COURSE"))
    assert "weeks" not in stated(catalogue)["b"]
    rows = {"Credentials": [{"ref": "b", "title": "B", "kind": "DIPLOM", "summary": None}]}
    report = send(catalogue, json.dumps({"format": "template/1", **rows}), handling=THROUGH)
    assert json.loads(report.rejected)["Credentials"][0].keys() == {"ref", "title", "kind", "summary", "what_is_wrong"}


def test_what_refers_to_what_failed_fails_with_it(catalogue):
    text = "ref,title,kind,components\na,A,COURSE,uni/b\nb,B,DIPLOM,\nc,C,COURSE,\nd,D,COURSE,uni/a\n"
    report = send(catalogue, text, handling=THROUGH)
    assert list(report.rejected_rows) == [1, 2, 4]
    assert stated(catalogue).keys() == {"c"}
    assert [one["ref"] for one in rejected_rows(report)] == ["a", "b", "d"]


def test_what_is_wrong_with_the_file_lets_nothing_through(catalogue):
    before = published(catalogue)
    for text in ("ref,titel,kind\na,A,COURSE\n", 'ref,title,kind\na,A,COURSE\nb,"B,COURSE\n', HEAD.replace("ref", "reff")):
        report = send(catalogue, text, handling=THROUGH)
        assert (report.state, report.rejected) == ("REFUSED", None)
    assert published(catalogue) == before


def test_failed_rows_of_a_complete_source_are_not_withdrawn(catalogue):
    send(catalogue, some(4), WHOLE)
    text = some(4).replace("c1,Course 1,COURSE", "c1,Course 1,DIPLOM").replace("c2,Course 2,COURSE,6\n", "")
    report = send(catalogue, text, WHOLE, THROUGH)
    assert stated(catalogue).keys() == {"c0", "c1", "c2", "c3"}
    assert [one.code for one in report.issues] == ["WITHDRAWALS_SKIPPED", "VALUE_NOT_ALLOWED"]
    text = some(4).replace("c1,Course 1,COURSE,6", "c1,Course 1,COURSE,6,,,").replace("c2,Course 2,COURSE,6\n", "")
    text = text.replace("weeks", "weeks,components,cip", 1).replace("6,,,", "6,uni/nothing,")
    report = send(catalogue, text, WHOLE, THROUGH)
    assert stated(catalogue).keys() == {"c0", "c1", "c3"}
    assert (list(report.rejected_rows), report.withdrawn) == ([2], ["uni/course-2"])


def test_runs_of_a_complete_source_stay_while_a_row_of_nobody_fails(catalogue):
    head = "ref,title,kind,offering_ref,offering_mode\n"
    send(catalogue, f"{head}a,A,COURSE,x,ONLINE\na,,,y,ONLINE\n", WHOLE)
    send(catalogue, f"{head}a,A,COURSE,x,ONLINE\n,,,y,ONLINE\n", WHOLE, THROUGH)
    assert [one["ref"] for one in stated(catalogue)["a"]["offerings"]] == ["x", "y"]
    send(catalogue, f"{head}a,A,COURSE,x,ONLINE\n", WHOLE)
    assert [one["ref"] for one in stated(catalogue)["a"]["offerings"]] == ["x"]


def test_absence_withdraws_only_for_a_complete_source(catalogue):
    send(catalogue, some(3))
    assert send(catalogue, some(2)).state == "UNCHANGED"
    report = send(catalogue, some(2), WHOLE)
    assert (report.applied.kinds, report.withdrawn) == ({"WITHDRAWN": 1}, ["uni/course-2"])
    report = send(catalogue, some(1), WHOLE, is_part=True)
    assert (report.state, stated(catalogue).keys()) == ("UNCHANGED", {"c0", "c1"})


def test_a_mark_withdraws_always(catalogue):
    send(catalogue, some(3))
    report = send(catalogue, "ref,delete\nc1,YES\nnone,YES\n")
    assert report.applied.kinds == {"WITHDRAWN": 1}
    assert stated(catalogue).keys() == {"c0", "c2"}
    (issue,) = report.issues
    assert (issue.code, issue.severity, issue.value, issue.place) == ("DELETE_UNKNOWN", "WARNING", "none", "line 3")
    assert send(catalogue, "ref,delete\nc1,YES\n").state == "UNCHANGED"


def test_many_withdrawals_are_held_until_a_person_releases_them(catalogue):
    send(catalogue, some(20))
    for count, state in ((15, "PUBLISHED"), (20, "PUBLISHED")):  # five may go
        assert send(catalogue, some(count), WHOLE).state == state
    before = published(catalogue)
    report = send(catalogue, some(14), WHOLE)
    assert (report.state, report.is_held, codes(report)) == ("HELD", True, ["WITHDRAWALS_MANY"])
    assert report.issues[0].message.startswith("6 of 20 credentials of this source would be withdrawn: uni/course-14, ")
    assert published(catalogue) == before
    released = release_run(catalogue, report.run, lambda: NOW, may_break=False, most_bytes=10**6)
    assert (released.state, released.run, released.applied.kinds) == ("PUBLISHED", report.run, {"WITHDRAWN": 6})
    assert len(stated(catalogue)) == 14
    with pytest.raises(CatalogError) as ended:
        release_run(catalogue, report.run, lambda: NOW, may_break=False, most_bytes=10**6)
    assert ended.value.code == "RUN_ENDED"


def test_six_of_thirty_are_a_fifth_and_may_go(catalogue):
    send(catalogue, some(30))
    assert send(catalogue, some(24), WHOLE).state == "PUBLISHED"


def test_what_was_held_can_be_discarded(catalogue):
    send(catalogue, some(20))
    before = published(catalogue)
    report = send(catalogue, some(2), WHOLE)
    discard_run(catalogue, report.run[:8], lambda: NOW)
    assert (submission(catalogue, report.run).state, published(catalogue)) == ("DISCARDED", before)
    for decide in (discard_run, roll_back_run):
        with pytest.raises(CatalogError) as ended:
            decide(catalogue, report.run, lambda: NOW)
        assert ended.value.code == "RUN_ENDED"


def test_a_release_leaves_out_what_failed_as_the_delivery_was_meant(catalogue):
    send(catalogue, some(20))
    gone = "".join(f"c{number},Course {number},,,YES\n" for number in range(10))
    report = send(catalogue, f"ref,title,kind,weeks,delete\n{gone}x,X,DIPLOM,1,\n", handling=THROUGH)
    assert (report.state, {issue.code for issue in report.issues}) == ("HELD", {"WITHDRAWALS_MANY", "VALUE_NOT_ALLOWED"})
    released = release_run(catalogue, report.run, lambda: NOW, may_break=False, most_bytes=10**6)
    assert (released.state, released.applied.kinds, list(released.rejected_rows)) == ("PUBLISHED", {"WITHDRAWN": 10}, [11])
    assert rejected_rows(released)[0]["ref"] == "x"


def test_what_falls_outside_the_declared_counts_is_held(catalogue):
    few = UNI.model_validate(UNI.model_dump(by_alias=True) | {"expected": {"min": 3, "max": 5}})
    assert send(catalogue, some(3), few).state == "PUBLISHED"
    for count in (2, 6):
        report = send(catalogue, some(count), few)
        assert (report.state, codes(report)) == ("HELD", ["COUNT_UNEXPECTED"])
    assert len(stated(catalogue)) == 3
    assert release_run(catalogue, report.run, lambda: NOW, may_break=False, most_bytes=10**6).state == "PUBLISHED"
    assert len(stated(catalogue)) == 6
    assert send(catalogue, some(1), few, is_part=True).state == "UNCHANGED"


def test_nobody_speaks_as_another_source(catalogue):
    file = {"format": "template/1", "source": {"key": "other/x", "name": "Other", "kind": "PROVIDER"}, **ROWS}
    before = published(catalogue)
    report = send(catalogue, json.dumps(file), name="x.json")
    assert (report.state, codes(report)) == ("REFUSED", ["VALUE_UNREADABLE", "SOURCE_OTHER"][::-1])
    assert published(catalogue) == before
    report = send(catalogue, some(1), source=None)
    assert codes(report) == ["SOURCE_MISSING"]
    assert submission(catalogue, report.run).source is None


def test_unknown_and_broken_files(catalogue):
    for data, code in (
        (b"", "FILE_EMPTY"),
        (b"  \n", "FILE_EMPTY"),
        (b'{"format": ', "FILE_TRUNCATED"),
        (b"hello", "FORMAT_UNKNOWN"),
        (b"%PDF-1.7", "FORMAT_UNKNOWN"),
        (b"PK\x03\x04", "FORMAT_UNKNOWN"),
    ):
        report = send(catalogue, data)
        assert (report.state, codes(report)) == ("REFUSED", [code]), data


def test_a_rollback_restores_exactly_what_was(catalogue):
    send(catalogue, some(4), WHOLE)
    before = published(catalogue)
    text = lines(("c0", "Renamed", 9), ("c1", "Course 1", 6), ("new", "New", 1))
    report = send(catalogue, text, WHOLE)
    assert report.applied.kinds == {"CREATED": 1, "UPDATED": 1, "WITHDRAWN": 2}
    after = published(catalogue)
    assert roll_back_run(catalogue, report.run, lambda: NOW, dry_run=True).kinds == {
        "RESTORED": 2,
        "UPDATED": 1,
        "WITHDRAWN": 1,
    }
    assert published(catalogue) == after
    applied = roll_back_run(catalogue, report.run[:8], lambda: NOW)
    assert published(catalogue) == before
    assert submission(catalogue, report.run).state == "ROLLED_BACK"
    taken = submission(catalogue, applied.run)
    assert (taken.state, taken.format, taken.source) == ("PUBLISHED", "rollback", "uni/listing")
    assert sound(catalogue) == []
    roll_back_run(catalogue, applied.run, lambda: NOW)
    assert published(catalogue) == after
    assert sound(catalogue) == []


def test_a_slug_that_a_run_changed_comes_back(catalogue):
    one = {"format": "record/1", "source": json.loads(UNI.model_dump_json(by_alias=True, exclude_none=True))}
    record = {"type": "credential", "ref": "a", "provider": "uni", "title": "A", "kind": "COURSE", "slug": "uni/first"}
    send(catalogue, json.dumps(one | {"records": [record]}), source=None, name="a.json")
    before = published(catalogue)
    report = send(catalogue, json.dumps(one | {"records": [record | {"slug": "uni/second"}]}), source=None, name="a.json")
    assert report.state == "PUBLISHED"
    roll_back_run(catalogue, report.run, lambda: NOW)
    assert published(catalogue) == before
    assert sound(catalogue) == []


def test_a_rollback_that_was_overtaken_is_refused_and_says_by_what(catalogue):
    send(catalogue, some(3))
    report = send(catalogue, some(3, weeks=7))
    later = send(catalogue, lines(("c1", "Later", 8)))
    before = published(catalogue)
    with pytest.raises(RecordsRejected) as refused:
        roll_back_run(catalogue, report.run, lambda: NOW)
    assert [(one.code, one.value) for one in refused.value.issues] == [("RUN_OVERTAKEN", "uni/course-1")]
    assert published(catalogue) == before
    assert submission(catalogue, report.run).state == "PUBLISHED"
    roll_back_run(catalogue, later.run, lambda: NOW)
    assert roll_back_run(catalogue, report.run, lambda: NOW).kinds == {"UPDATED": 3}


def test_a_rollback_says_what_it_takes_from_others(catalogue):
    report = send(catalogue, some(1))
    other = source_of(key="test/other")
    apply_records(catalogue, [credential("x", components=["uni/course-0"])], other, lambda: NOW)
    applied = roll_back_run(catalogue, report.run, lambda: NOW)
    assert {(one.code, one.value, "uni/x" in one.message) for one in applied.warnings} == {
        (code, "uni/course-0", True) for code in ("STILL_REFERENCED", "COMPONENT_LOST")
    }


def test_an_institution_with_listings_is_not_rolled_back(catalogue):
    report = send(catalogue, json.dumps(FAR), PARTNER, name="b.json")
    apply_records(catalogue, [credential("x", provider="far-college")], source_of(key="test/other"), lambda: NOW)
    before = published(catalogue)
    with pytest.raises(RecordsRejected) as refused:
        roll_back_run(catalogue, report.run, lambda: NOW)
    assert [(one.code, one.value) for one in refused.value.issues] == [("STILL_REFERENCED", "far-college")]
    assert published(catalogue) == before


FAR = {
    "@context": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "type": ["Achievement"],
    "id": "https://far.example/a",
    "name": "Badge",
    "description": "D",
    "criteria": {"narrative": "N"},
    "creator": {"type": ["Profile"], "id": "https://far.example/", "name": "Far College"},
}
PARTNER = Source.model_validate_json('{"key": "p/badges", "name": "P", "kind": "PARTNER"}')


def test_institutions_that_are_only_named_are_made_once_and_never_changed(database):
    report = send(database, json.dumps(FAR), PARTNER, name="b.json")
    assert (report.state, codes(report)) == ("PUBLISHED", [])
    with read_snapshot(database) as connection:
        query = select(table_of(ThingRow).c.slug).where(table_of(ThingRow).c.type == "institution")
        assert connection.scalars(query).all() == ["far-college"]
    known = institution("far-college", name="Far College of BC")
    apply_records(database, [known], STATES, lambda: NOW)
    before = published(database)
    other = PARTNER.model_copy(update={"key": "q/badges", "precedence": 900})
    report = send(database, json.dumps(FAR | {"id": "https://far.example/b", "name": "Other"}), other, name="b.json")
    assert report.applied.kinds == {"CREATED": 1}
    named = [one for one in published(database)[0] if "institution" in one]
    assert named == [one for one in before[0] if "institution" in one]
    assert send(database, json.dumps(FAR), PARTNER, name="b.json").state == "UNCHANGED"
    assert sound(database) == []


def test_what_was_interrupted_can_be_released(catalogue, monkeypatch):
    def die(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr("catalog.ingest.publish.apply_records", die)
        send(catalogue, some(2))
    with read_snapshot(catalogue) as connection:
        (found,) = load_submissions(connection)
    assert (found.state, stated(catalogue)) == ("RECEIVED", {})
    report = release_run(catalogue, found.id, lambda: NOW, may_break=False, most_bytes=10**6)
    assert (report.state, stated(catalogue).keys()) == ("PUBLISHED", {"c0", "c1"})


def test_bytes_that_are_no_longer_kept_are_asked_for_again(catalogue):
    send(catalogue, some(10))
    report = send(catalogue, some(1), WHOLE)
    with write_transaction(catalogue) as connection:
        connection.execute(delete(table_of(StagedRow)))
    with pytest.raises(CatalogError) as missing:
        release_run(catalogue, report.run, lambda: NOW, may_break=False, most_bytes=10**6)
    assert missing.value.code == "STAGED_MISSING"


def test_a_run_is_named_by_its_first_digits(catalogue):
    report = send(catalogue, some(1))
    assert submission(catalogue, report.run[:8]).id == report.run
    for start in (report.run[:7], "ffffffff-", "%%%%%%%%%"):
        with pytest.raises(CatalogError) as unknown:
            submission(catalogue, start)
        assert unknown.value.code == "RUN_UNKNOWN"


RUNS = {
    "Credentials": [{"ref": "a", "title": "A", "kind": "COURSE"}],
    "Offerings": [
        {"credential": "a", "ref": "Fall-2026", "label": "Fall 2026 evening", "starts_on": "2026-09-08", "run": "CONFIRMED",
         "mode": "IN_PERSON", "seats": 12, "registration_closes": "2026-08-30"},
        {"credential": "a", "ref": "online", "label": "Fall 2026", "mode": "ONLINE"},
        {"credential": "a", "ref": "spring-2026", "mode": "ONLINE"},
    ],
    "Fees": [{"credential": "a", "offering": "Fall-2026", "kind": "TUITION", "amount": "5.00", "due_on": "2026-09-01"}],
    "Meetings": [{"credential": "a", "offering": "Fall-2026", "days": "MON", "starts_on": "2026-09-14"}],
}  # fmt: skip


def drafts(database):
    with read_snapshot(database) as connection:
        found = connection.scalars(select(table_of(DraftRow).c.record).order_by(table_of(DraftRow).c.id)).all()
    return sorted((offering for one in found for offering in one["offerings"]), key=lambda one: one["ref"])


def test_rollover_copies_a_term_as_drafts_without_dates(catalogue):
    send(catalogue, write_workbook(RUNS), name="uni.xlsx")
    before = published(catalogue)
    rolled = roll_over(catalogue, "uni/listing", "Fall 2026", "Winter 2027", lambda: NOW)
    assert (rolled.offerings, rolled.skipped) == (2, [])
    assert drafts(catalogue) == [
        {
            "ref": "winter-2027", "label": "Winter 2027 evening", "mode": "IN_PERSON", "seats": 12,
            "fees": [{"kind": "TUITION", "amount": {"amount": "5.00", "currency": "CAD"}}],
            "meetings": [{"days": ["MON"]}],
        },
        {"ref": "winter-2027-online", "label": "Winter 2027", "mode": "ONLINE"},
    ]  # fmt: skip
    assert published(catalogue) == before
    roll_over(catalogue, "uni/listing", "Fall 2026", "Winter 2027", lambda: NOW + timedelta(days=1))
    assert len(drafts(catalogue)) == 2


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_the_file_of_a_rollover_is_sent_with_dates(catalogue, form):
    send(catalogue, write_workbook(RUNS), name="uni.xlsx")
    rolled = roll_over(catalogue, "uni/listing", "Fall 2026", "Winter 2027", lambda: NOW)
    rows = write_rows(rolled.records, "en") | {"Credentials": []}
    rows["Offerings"][0]["starts_on"] = "2027-01-11"
    written = {
        "xlsx": lambda: write_workbook(rows),
        "json": lambda: write_json(rows),
        "csv": lambda: write_csv(flatten(rows), OF_RUNS),
    }
    report = send(catalogue, written[form](), name=f"next.{form}")
    assert (report.state, codes(report)) == ("PUBLISHED", [])
    found = {one["ref"]: one for one in stated(catalogue)["a"]["offerings"]}
    assert list(found) == ["Fall-2026", "online", "spring-2026", "winter-2027", "winter-2027-online"]
    new = found["winter-2027"]
    assert (new["startsOn"]["earliest"], new["seats"], new["meetings"]) == ("2027-01-11", 12, [{"days": ["MON"]}])
    assert new["fees"][0]["amount"]["amount"] == "5.00"
    assert stated(catalogue)["a"]["title"] == {"en": "A"}
    assert drafts(catalogue) == []
    again = roll_over(catalogue, "uni/listing", "Fall 2026", "Winter 2027", lambda: NOW)
    assert (again.offerings, again.skipped) == (0, [("a", "winter-2027"), ("a", "winter-2027-online")])


def test_a_rollover_of_nothing_says_so(catalogue):
    send(catalogue, some(1))
    for source, term, code in (("uni/listing", "Fall 1999", "TERM_UNKNOWN"), ("nobody", "Fall 2026", "SOURCE_UNKNOWN")):
        with pytest.raises(CatalogError) as unknown:
            roll_over(catalogue, source, term, "Winter 2027", lambda: NOW)
        assert unknown.value.code == code


def test_columns_that_a_file_does_not_have_stay(catalogue):
    send(catalogue, write_workbook(RUNS), name="uni.xlsx")
    before = stated(catalogue)["a"]
    report = send(catalogue, "ref,summary\na,Short\n")
    assert [(one.path, one.new) for one in report.differences] == [("summary.en", "Short")]
    assert stated(catalogue)["a"] == before | {"summary": {"en": "Short"}}


def test_what_fills_up_to_nonsense_is_refused_with_its_row(catalogue):
    send(catalogue, "ref,title,kind,offering_ref,offering_ends_on\na,A,COURSE,x,2027-01-01\n")
    before = published(catalogue)
    text = "ref,offering_ref,offering_starts_on\na,x,2027-06-01\n"
    report = send(catalogue, text)
    assert (report.state, [(one.code, one.place) for one in report.issues]) == ("REFUSED", [("VALUE_INVALID", "line 2")])
    report = send(catalogue, text, handling=THROUGH)
    assert (list(report.rejected_rows), published(catalogue)) == ([1], before)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_what_a_source_states_written_out_and_sent_again_changes_nothing(seeded_url, form):
    from catalog.db.engine import open_database
    from catalog.ingest.stated import known_source

    database = open_database(seeded_url)
    with read_snapshot(database) as connection:
        statement, thing = table_of(StatementRow), table_of(ThingRow)
        joined = statement.join(thing, statement.c.thing == thing.c.id)
        query = select(statement.c.source).select_from(joined).where(thing.c.type == "credential").distinct()
        keys = sorted(connection.scalars(query.order_by(statement.c.source)))
        known = {key: (known_source(connection, key), stated_credentials(connection, key)) for key in keys}
    assert len(known) > 20
    before = published(database)
    for key, (source, records) in list(known.items())[:: 1 if form == "json" else 6]:
        rows = write_rows(records, source.language)
        data = {"xlsx": write_workbook, "json": write_json, "csv": lambda own: write_csv(flatten(own))}[form](rows)
        report = send(database, data, source, name=f"{key}.{form}", is_part=True)
        assert (report.state, report.differences) == ("UNCHANGED", ()), (key, report.issues[:3])
    assert published(database) == before
    database.dispose()


def test_skills_that_others_mention_meanwhile_stay(catalogue):
    send(catalogue, some(1))
    before = published(catalogue)
    skilled = "ref,skills\nc0,knot tying; rope care\n"
    report = send(catalogue, skilled)
    other = credential("x", skills=[{"label": "knot tying"}])
    apply_records(catalogue, [other], source_of(key="test/other"), lambda: NOW)
    applied = roll_back_run(catalogue, report.run, lambda: NOW)
    skills = [one for one in published(catalogue)[0] if "'skill'" in one]
    assert ["knot-tying" in one for one in skills] == [True]
    assert applied.warnings == ()
    assert sound(catalogue) == []
    assert [one for one in published(catalogue)[0] if "course-0" in one] == [one for one in before[0] if "course-0" in one]
