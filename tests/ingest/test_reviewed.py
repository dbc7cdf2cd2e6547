"""What a review found: two deliveries at once, decisions crossing each other, and what comes back to be mended."""

import csv
import io
import json

import pytest

from catalog.errors import CatalogError, Issue, RecordsRejected, Severity
from catalog.formats.template.write_plain import write_csv
from catalog.ingest import publish, run
from catalog.ingest.arrival import Arrival, Handling, OnError
from catalog.ingest.deciding import discard_run, release_run, roll_back_run
from catalog.ingest.formats import read_delivery
from catalog.ingest.run import ingest
from catalog.model.reading import held
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from catalog.publishing import apply
from catalog.publishing.apply import apply_records
from catalog.publishing.check import check
from catalog.publishing.tally import MOST_ISSUES, Tally
from tests.conftest import NOW
from tests.records import credential, institution, source

OWN = source(key="test/csv", owner="uni")


def clock():
    return NOW


def send(database, text, own=OWN, **more):
    return ingest(Arrival("sent.csv", text.encode(), own), database, clock, Handling(**more))


def stated(database):
    from catalog.ingest.stated import stated_credentials

    with database.read.connect() as connection:
        return {one["ref"]: one for one in stated_credentials(connection, OWN.key)}


@pytest.fixture
def ready(database):
    apply_records(database, [institution()], source(), clock)
    return database


def test_an_error_behind_ten_thousand_warnings_is_not_forgotten():
    tally = Tally()
    tally.note([Issue("OFFERING_REF_DERIVED", "x", severity=Severity.WARNING)] * (MOST_ISSUES + 5))
    assert not tally.is_refused
    tally.note([Issue("REFERENCE_UNKNOWN", "y")])
    assert tally.is_refused
    assert tally.issues[-1].code == "REFERENCE_UNKNOWN"


def test_of_two_deliveries_at_once_neither_undoes_what_the_other_says(ready, monkeypatch):
    send(ready, "ref,title,kind,weeks,summary\na,A,COURSE,3,old\n")
    compare, meanwhile = publish.Publishing._compare, []

    def compare_then_another(self):
        compare(self)
        if not meanwhile:
            meanwhile.append(True)
            assert send(ready, "ref,summary\na,new\n").state == "PUBLISHED"

    monkeypatch.setattr(publish.Publishing, "_compare", compare_then_another)
    assert send(ready, "ref,weeks\na,9\n").state == "PUBLISHED"
    found = stated(ready)["a"]
    assert (found["summary"], found["weeks"]["min"]) == ({"en": "new"}, 9)


def test_a_source_that_is_believed_otherwise_voids_plans_of_others(ready, monkeypatch):
    low, mid = source(key="test/low", precedence=700), source(key="test/mid", precedence=600)
    apply_records(ready, [credential("c", weeks=1)], low, clock)
    apply_records(ready, [credential("c", weeks=2)], mid, clock)
    require, meanwhile = apply._Run._require, []

    def after_another(self, connection, plan):
        return require(self, connection, plan)

    plan_of = apply._Run._plan

    def plan_then_another(self):
        plan = plan_of(self)
        if not meanwhile:
            meanwhile.append(True)
            apply_records(
                ready, [credential("c", weeks=1), credential("d")], low.model_copy(update={"precedence": 10}), clock
            )
        return plan

    monkeypatch.setattr(apply._Run, "_require", after_another)
    monkeypatch.setattr(apply._Run, "_plan", plan_then_another)
    apply_records(ready, [credential("c", weeks=5)], mid, clock)
    with ready.read.connect() as connection:
        assert check(connection) == []


def test_the_share_that_goes_is_of_what_was_stated_before_also_in_batches(ready, monkeypatch):
    monkeypatch.setattr(held, "MOST_HERE", 5)
    monkeypatch.setattr(publish, "BATCH", 7)
    own = OWN.model_copy(update={"complete": True})
    rows = [f"c{n},C {n},COURSE" for n in range(40)]
    send(ready, "ref,title,kind\n" + "\n".join(rows), own)
    other = [f"n{n},N {n},COURSE" for n in range(30)]
    report = send(ready, "ref,title,kind\n" + "\n".join([*rows[:30], *other]), own)
    assert (report.state, [one.code for one in report.issues]) == ("HELD", ["WITHDRAWALS_MANY"])
    assert "10 of 40" in report.issues[0].message


def held_run(ready):
    own = OWN.model_copy(update={"complete": True})
    rows = [f"c{n},C {n},COURSE" for n in range(20)]
    send(ready, "ref,title,kind\n" + "\n".join(rows), own)
    return send(ready, "ref,title,kind\n" + "\n".join(rows[:5]), own), own, rows


def test_what_one_person_discards_another_does_not_publish(ready, monkeypatch):
    found, _, _ = held_run(ready)
    handle = run._Flow._once

    def discarded_meanwhile(self):
        discard_run(ready, found.run, clock)
        return handle(self)

    monkeypatch.setattr(run._Flow, "_once", discarded_meanwhile)
    with pytest.raises(CatalogError) as error:
        release_run(ready, found.run, clock, may_break=False, most_bytes=10_000)
    assert error.value.code == "RUN_ENDED"
    assert len(stated(ready)) == 20


def test_a_held_delivery_is_not_released_over_a_later_one(ready):
    found, own, rows = held_run(ready)
    later = ingest(Arrival("later.csv", ("ref,title,kind\n" + "\n".join([*rows, "z,Z,COURSE"])).encode(), own), ready,
                   lambda: NOW.replace(hour=23), Handling())  # fmt: skip
    assert later.state == "PUBLISHED"
    with pytest.raises(CatalogError) as error:
        release_run(ready, found.run, clock, may_break=False, most_bytes=10_000)
    assert error.value.code == "RUN_OVERTAKEN"


def test_a_run_that_only_declared_its_source_has_nothing_to_roll_back(ready):
    send(ready, "ref,title,kind\na,A,COURSE\n")
    report = send(ready, "ref,title,kind\na,A,COURSE\n", OWN.model_copy(update={"name": "Another name"}))
    assert report.state == "PUBLISHED"
    with pytest.raises(CatalogError) as error:
        roll_back_run(ready, report.run, clock)
    assert error.value.code == "RUN_UNKNOWN"


def test_after_too_many_issues_the_file_as_a_whole_is_refused(ready, monkeypatch):
    from catalog.model.reading import delivery

    monkeypatch.setattr(delivery, "MOST_ISSUES", 5)
    rows = ["g,Good,COURSE", *(f"b{n},B,NONSENSE" for n in range(9)), "h,Also good,COURSE"]
    report = send(ready, "ref,title,kind\n" + "\n".join(rows), on_error=OnError.REJECT_FAILED)
    assert (report.state, report.applied, "TOO_MANY_ISSUES" in {one.code for one in report.issues}) == (
        "REFUSED",
        None,
        True,
    )


def test_cells_that_a_spreadsheet_would_run_are_marked_and_read_back_as_they_were():
    for title in ("+1", "-cmd", "@SUM(1)", "'=quoted", "plain", "'s-Gravenhage"):
        data = write_csv([{"ref": "a", "title": title, "kind": "COURSE"}])
        cell = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))["title"]
        assert not cell.startswith(("=", "+", "-", "@"))
        delivery = read_delivery(data, Told(provider="uni"))
        assert [content(one)["title"] for one in delivery.records] == [{"en": title}]


def test_items_of_any_format_come_back_so_that_they_can_be_sent_again(ready):
    badges = [{"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": f"https://uni.example/b{n}", "name": name,
               "description": "d", "criteria": {"narrative": "n"}} for n, name in enumerate(["Good", ""])]  # fmt: skip
    data = json.dumps(badges).encode()
    report = ingest(Arrival("badges.json", data, OWN), ready, clock, Handling(on_error=OnError.REJECT_FAILED))
    assert (report.state, len(report.rejected_rows)) == ("PUBLISHED", 1)
    given_back = json.loads(report.rejected)
    assert given_back["rejected"][0]["error"]
    given_back["rejected"][0]["item"]["name"] = "Mended"
    again = ingest(Arrival("again.json", json.dumps(given_back).encode(), OWN), ready, clock, Handling())
    assert (again.state, again.format) == ("PUBLISHED", "open-badges")
    assert {one["title"]["en"] for one in stated(ready).values()} == {"Good", "Mended"}


def test_rows_of_a_strangers_table_come_back_as_a_table(ready):
    text = "Course Code,Course Title,Weeks\nA1,Good,3\n,No id,4\n"
    report = ingest(Arrival("t.csv", text.encode(), OWN), ready, clock, Handling(on_error=OnError.REJECT_FAILED))
    assert report.rejected, [str(one) for one in report.issues]
    (row,) = csv.DictReader(io.StringIO(report.rejected.decode("utf-8-sig")))
    assert (row["Course Title"], "REF_MISSING" in row["what_is_wrong"]) == ("No id", True)
    assert read_delivery(report.rejected, Told()).is_mended


def test_nothing_is_written_where_records_are_refused_by_a_race(ready):
    with pytest.raises(RecordsRejected):
        apply_records(ready, [credential("a", provider="nobody")], OWN, clock)


def test_runs_are_rolled_back_one_after_the_other_the_last_one_first(ready):
    first = send(ready, "ref,title,kind,weeks\na,A,COURSE,1\n")
    second = send(ready, "ref,title,kind,weeks\na,A,COURSE,2\nb,B,COURSE,2\n")
    third = send(ready, "ref,title,kind,weeks\na,A,COURSE,3\n")
    with pytest.raises(RecordsRejected) as error:
        roll_back_run(ready, second.run, clock)
    assert [one.value for one in error.value.issues] == ["uni/a"]
    roll_back_run(ready, third.run, clock)
    assert (stated(ready)["a"]["weeks"]["min"], stated(ready)["b"]["weeks"]["min"]) == (2, 2)
    roll_back_run(ready, second.run, clock)
    assert {ref: one["weeks"]["min"] for ref, one in stated(ready).items()} == {"a": 1}
    roll_back_run(ready, first.run, clock)
    assert stated(ready) == {}
    with ready.read.connect() as connection:
        assert check(connection) == []


def test_a_code_that_nobody_knows_yet_is_left_out_and_said(ready):
    report = send(ready, "ref,title,kind,occupations\na,A,COURSE,22301\n")
    assert (report.state, [(one.code, one.value, one.place) for one in report.issues]) == (
        "PUBLISHED",
        [("CODE_UNKNOWN", "22301", "line 2")],
    )
    assert "occupations" not in stated(ready)["a"]


def test_a_mistake_in_a_csv_names_the_column_as_it_is_called_there():
    text = b"ref,title,kind,offering_ref,offering_starts_on\na,A,COURSE,fall,03/04/2027\n"
    assert [one.path for one in read_delivery(text, Told(provider="uni")).issues] == ["offering_starts_on"]
