"""Feeds, pulled from a server on 127.0.0.1: what is new is published once, what fails is tried ever more rarely."""

import json
from datetime import timedelta

import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import ArgumentInvalid
from catalog.ingest.deciding import discard_run, release_run, roll_back_run
from catalog.ingest.feeds.feed import FeedState, How, add_feed, claim_feed, due_feeds, remove_feed, set_state
from catalog.ingest.feeds.pulls import MOST_PULLS, Pull, load_pulls, note_pull
from catalog.ingest.feeds.schedule import due_after, due_after_failure
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.ingest.fetching.serving import reply
from tests.ingest.publishing_site import (
    Clock,
    add,
    count,
    delivery,
    feed,
    found_institution,
    outcomes,
    publishing,
    pulled,
    titles,
)
from tests.records import SOURCE, credential, institution

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def database(sqlite_url):
    opened = open_database(sqlite_url)
    found_institution(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server():
    with publishing({"/feed.json": reply(delivery("Welding"), headers=JSON)}) as found:
        yield found


def test_what_is_new_is_published_and_what_is_the_same_is_not(database, server, clock):
    add(database, server)
    report = pulled(database, server, clock)
    assert (report.name, report.state, report.records, report.source) == ("uni", "PUBLISHED", 1, "uni/feed")
    assert titles(database) == ["Welding"]
    for _ in range(3):
        clock.moved(hours=1)
        done = pulled(database, server, clock)
        assert (done.outcome, done.message) == ("SAME", None)
    clock.moved(hours=1)
    server.paths["/feed.json"] = reply(delivery("Welding", "Baking"), headers=JSON)
    assert pulled(database, server, clock).state == "PUBLISHED"
    assert titles(database) == ["Baking", "Welding"]
    assert outcomes(database) == ["PUBLISHED", "SAME", "SAME", "SAME", "PUBLISHED"]
    assert count(database, "submission") == 2


def test_the_history_keeps_run_and_size(database, server, clock):
    add(database, server)
    report = pulled(database, server, clock)
    with read_snapshot(database) as connection:
        (one,) = load_pulls(connection, "uni", 9)
    assert (one.submission, one.size, one.message) == (report.run, len(delivery("Welding")), None)


def test_a_server_is_asked_whether_there_is_anything_new(database, server, clock):
    def answer(asked):
        if asked.headers.get("if-none-match") == '"1"':
            return reply(b"", 304)
        return reply(delivery("Welding"), headers={**JSON, "ETag": '"1"'})

    server.paths["/feed.json"] = answer
    add(database, server)
    pulled(database, server, clock)
    assert feed(database).answered.etag == '"1"'
    for _ in range(2):
        assert pulled(database, server, clock).outcome == "NOT_MODIFIED"
    assert [one.headers.get("if-none-match") for one in server.asked] == [None, '"1"', '"1"']
    assert feed(database).answered.etag == '"1"'


def test_without_leave_no_address_inside_is_asked(database, server, clock):
    add(database, server)
    done = pulled(database, server, clock, hosts=frozenset())
    assert done.outcome == "ADDRESS_FORBIDDEN"
    assert "CATALOG_FEED_HOSTS" in done.message
    assert (outcomes(database), server.asked, titles(database)) == (["ADDRESS_FORBIDDEN"], [], [])
    assert (feed(database).failures, count(database, "submission")) == (1, 0)


def test_a_dry_run_says_all_and_writes_nothing(database, server, clock):
    before = add(database, server)
    report = pulled(database, server, clock, dry_run=True)
    assert report.applied.kinds == {"CREATED": 1}
    server.paths.clear()
    assert pulled(database, server, clock, dry_run=True).outcome == "FETCH_STATUS"
    assert (feed(database), outcomes(database), titles(database)) == (before, [], [])
    assert count(database, "submission") == count(database, "staged") == 0


def test_what_fails_is_tried_ever_more_rarely_and_what_works_at_its_pace(database, server, clock):
    working = server.paths.pop("/feed.json")
    add(database, server)
    waits = []
    for number in range(1, 12):
        done = pulled(database, server, clock)
        assert (done.outcome, feed(database).failures) == ("FETCH_STATUS", number)
        assert done.message == f"{server.at('/feed.json')}: it answered 404"
        waits.append((feed(database).due_at - clock.now) // timedelta(minutes=1))
        clock.moved(days=1)
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    server.paths["/feed.json"] = working
    assert pulled(database, server, clock).state == "PUBLISHED"
    assert feed(database).failures == 0
    assert timedelta(minutes=60) <= feed(database).due_at - clock.now <= timedelta(minutes=66)


@pytest.mark.parametrize(
    ("said", "minutes"), [("7200", 120), ("1", 5), ("Mon, 23 Nov 2026 13:00:00 GMT", 60), ("99999999", 1440), ("soon", 5)]
)
def test_a_server_says_when_it_may_be_asked_again(database, server, clock, said, minutes):
    server.paths["/feed.json"] = reply(b"", 503, {"Retry-After": said})
    add(database, server)
    pulled(database, server, clock)
    assert feed(database).due_at == NOW + timedelta(minutes=minutes)


def test_the_schedule_is_spread_by_name_and_is_always_the_same():
    found = {due_after(NOW, 60, f"feed-{number}") - NOW for number in range(50)}
    assert len(found) > 40
    assert all(timedelta(minutes=60) <= one <= timedelta(minutes=66) for one in found)
    assert due_after(NOW, 60, "a") == due_after(NOW, 60, "a")
    assert due_after_failure(NOW, 1_000, None) == NOW + timedelta(days=1)


def test_a_feed_that_is_refused_changes_nothing_and_says_why(database, server, clock):
    server.paths["/feed.json"] = reply(delivery("Welding").replace('"uni"', '"nowhere"'), headers=JSON | {"ETag": '"1"'})
    add(database, server)
    report = pulled(database, server, clock)
    assert report.state == "REFUSED"
    assert {one.code for one in report.issues} == {"REFERENCE_UNKNOWN"}
    with read_snapshot(database) as connection:
        (one,) = load_pulls(connection, "uni", 9)
    assert (one.outcome, one.submission) == ("REFUSED", report.run)
    assert "REFERENCE_UNKNOWN" in one.message
    assert (titles(database), feed(database).validators, feed(database).failures) == ([], None, 0)


def test_what_was_refused_is_tried_again_and_taken_when_the_catalogue_has_what_it_lacked(database, server, clock):
    server.paths["/feed.json"] = reply(delivery("Welding").replace('"uni"', '"nowhere"'), headers=JSON)
    add(database, server, source={"owner": "nowhere"})
    server.paths["/feed.json"] = reply(
        delivery("Welding", owner="nowhere").replace('"provider": "uni"', '"provider": "nowhere"')
    )
    first = pulled(database, server, clock)
    clock.moved(hours=1)
    again = pulled(database, server, clock)
    assert (again.outcome, again.submission) == ("REFUSED", first.run)
    assert count(database, "submission") == 1, "the same is not kept again"
    apply_records(database, [institution("nowhere")], SOURCE, clock)
    clock.moved(hours=1)
    assert pulled(database, server, clock).state == "PUBLISHED"
    assert (outcomes(database), titles(database)) == (["REFUSED", "REFUSED", "PUBLISHED"], ["Welding"])


def complete(*names):
    return reply(delivery(*names, complete=True), headers=JSON)


@pytest.fixture
def held(database, server, clock):
    """A feed that would withdraw eight of nine courses."""
    server.paths["/feed.json"] = complete(*(f"C{number}" for number in range(9)))
    add(database, server, source={"complete": True})
    pulled(database, server, clock)
    clock.moved(hours=1)
    server.paths["/feed.json"] = complete("C0")
    report = pulled(database, server, clock)
    assert report.is_held
    clock.moved(hours=1)
    return report


def test_what_is_held_waits_for_a_person_and_is_not_sent_again(database, server, clock, held):
    done = pulled(database, server, clock)
    run = held.run[:8]
    assert (done.outcome, done.submission) == ("HELD", held.run)
    assert done.message == f"run {run} waits for a person: catalog ingest show {run}, then release or discard"
    assert outcomes(database) == ["PUBLISHED", "HELD", "HELD"]
    assert (count(database, "submission"), len(titles(database))) == (2, 9)


def test_also_where_the_server_says_that_nothing_changed(database, server, clock):
    def answer(asked):
        tagged = {**JSON, "ETag": '"2"'}
        return (
            reply(b"", 304) if asked.headers.get("if-none-match") else reply(delivery("C0", complete=True), headers=tagged)
        )

    server.paths["/feed.json"] = complete(*(f"C{number}" for number in range(9)))
    add(database, server, source={"complete": True})
    pulled(database, server, clock)
    server.paths["/feed.json"] = answer
    clock.moved(hours=1)
    assert pulled(database, server, clock).is_held
    clock.moved(hours=1)
    assert pulled(database, server, clock).outcome == "HELD"


@pytest.mark.parametrize("decide", ["release", "discard"])
def test_what_was_decided_stands(database, server, clock, held, decide):
    if decide == "release":
        release_run(database, held.run, clock, may_break=False, most_bytes=1_000_000)
    else:
        discard_run(database, held.run, clock)
    assert pulled(database, server, clock).outcome == "SAME"
    assert len(titles(database)) == (1 if decide == "release" else 9)


def test_a_changed_file_is_looked_at_again_while_another_waits(database, server, clock, held):
    server.paths["/feed.json"] = complete(*(f"C{number}" for number in range(8)))
    assert pulled(database, server, clock).state == "PUBLISHED"
    assert len(titles(database)) == 8


def test_what_was_taken_back_does_not_come_back_by_itself(database, server, clock):
    add(database, server)
    report = pulled(database, server, clock)
    roll_back_run(database, report.run, clock)
    clock.moved(hours=1)
    assert pulled(database, server, clock).outcome == "SAME"
    assert titles(database) == []


def test_a_feed_that_was_removed_and_added_again_begins_anew(database, server, clock):
    add(database, server)
    pulled(database, server, clock)
    with write_transaction(database) as connection:
        remove_feed(connection, "uni")
    clock.moved(hours=1)
    again = add(database, server)
    with write_transaction(database) as connection:
        remove_feed(connection, "uni")
        add_feed(
            connection, type(again)(**{name: getattr(again, name) for name in again.__slots__} | {"added_at": clock.now})
        )
    assert pulled(database, server, clock).state == "UNCHANGED"
    assert outcomes(database) == ["UNCHANGED"]


def test_what_ended_half_way_is_taken_again(database, server, clock):
    add(database, server)
    pulled(database, server, clock)
    with write_transaction(database) as connection:
        connection.exec_driver_sql("UPDATE submission SET state = 'RECEIVED'")
    clock.moved(hours=1)
    assert pulled(database, server, clock).state == "UNCHANGED"


def test_of_the_history_only_so_much_is_kept(database, server):
    one = add(database, server)
    with write_transaction(database) as connection:
        for number in range(MOST_PULLS + 5):
            note_pull(connection, Pull.of(one, NOW + timedelta(minutes=number), f"NUMBER_{number}"), failures=0)
    assert outcomes(database) == [f"NUMBER_{number}" for number in range(5, MOST_PULLS + 5)]


def test_one_claims_a_feed_and_nobody_else_does(database, server, clock):
    add(database, server)
    longest = dict.fromkeys(How, timedelta(minutes=15))

    def claimed(now):
        with write_transaction(database) as connection:
            return claim_feed(connection, "uni", now, longest)

    assert claimed(NOW - timedelta(seconds=1)) is None
    assert claimed(NOW).name == "uni"
    assert claimed(NOW) is None
    assert claimed(NOW + timedelta(minutes=15)).name == "uni"
    with write_transaction(database) as connection:
        set_state(connection, "uni", FeedState.PAUSED, NOW)
    assert claimed(NOW + timedelta(days=9)) is None


def test_what_is_due_comes_by_how_long_it_has_waited(database, server):
    for name, minutes in (("b", 5), ("a", 10), ("c", -1), ("d", 20)):
        add(database, server, name=name)
        with write_transaction(database) as connection:
            set_state(
                connection, name, FeedState.PAUSED if name == "d" else FeedState.ACTIVE, NOW - timedelta(minutes=minutes)
            )
    with read_snapshot(database) as connection:
        assert [one.name for one in due_feeds(connection, NOW)] == ["a", "b"]


def test_names_are_given_once_and_known(database, server, clock):
    add(database, server)
    with pytest.raises(ArgumentInvalid) as twice:
        add(database, server)
    assert twice.value.code == "FEED_EXISTS"
    with pytest.raises(ArgumentInvalid) as unknown:
        feed(database, "other")
    assert unknown.value.code == "FEED_UNKNOWN"


def test_a_feed_that_is_removed_while_it_is_pulled_leaves_no_history(database, server, clock):
    def answer(_asked):
        with write_transaction(database) as connection:
            remove_feed(connection, "uni")
        return reply(delivery("Welding"), headers=JSON)

    server.paths["/feed.json"] = answer
    add(database, server)
    pulled(database, server, clock)
    assert count(database, "pull") == 0


def test_nobody_speaks_through_a_feed_as_somebody_else(database, server, clock):
    server.paths["/feed.json"] = reply(delivery("Welding", key="other/feed"), headers=JSON)
    add(database, server)
    assert [one.code for one in pulled(database, server, clock).issues] == ["SOURCE_OTHER"]


SECRET = "s3cr3t-of-the-college"


def everything(tmp_path):
    """All that stands in the files of the database."""
    return b"".join(path.read_bytes() for path in tmp_path.glob("catalog.db*"))


def test_a_secret_is_sent_and_stands_nowhere(database, server, clock, tmp_path):
    add(database, server, headers={"Authorization": "Bearer ${env:COLLEGE_TOKEN}"})
    assert pulled(database, server, clock).outcome == "SETTING_INVALID"
    clock.moved(hours=1)
    assert pulled(database, server, clock, environment={"COLLEGE_TOKEN": SECRET}).state == "PUBLISHED"
    clock.moved(hours=1)
    server.paths["/feed.json"] = reply(f"no {SECRET}", 401)
    done = pulled(database, server, clock, environment={"COLLEGE_TOKEN": SECRET})
    assert SECRET not in str(done)
    assert [one.headers["authorization"] for one in server.asked] == [f"Bearer {SECRET}"] * 2
    assert SECRET.encode() not in everything(tmp_path)
    assert b"COLLEGE_TOKEN" in everything(tmp_path)


def discovery(server, *names, following=None):
    courses = [
        {
            "key": f"UniX+{one}",
            "title": one,
            "owners": [{"key": "UniX", "name": "Institution uni"}],
            "marketing_url": f"https://uni.example/{one}",
            "course_runs": [{"key": f"course-v1:UniX+{one}+1", "start": "2027-01-10T00:00:00Z", "status": "published"}],
        }
        for one in names
    ]
    return json.dumps({"count": 9, "next": following and server.at(following), "previous": None, "results": courses})


def test_pages_of_open_edx_are_one_delivery(database, server, clock):
    server.paths["/api/v1/courses/"] = lambda asked: reply(
        discovery(server, "Rivets")
        if "page=2" in asked.target
        else discovery(server, "Welding", following="/api/v1/courses/?page=2"),
        headers=JSON,
    )
    add(database, server, "/api/v1/courses/", How.OPEN_EDX)
    report = pulled(database, server, clock)
    assert (report.state, report.records, report.format) == ("PUBLISHED", 2, "open-edx")
    assert titles(database) == ["Rivets", "Welding"]
    assert server.targets() == ["/api/v1/courses/", "/api/v1/courses/?page=2"]
    clock.moved(hours=1)
    assert pulled(database, server, clock).outcome == "SAME"


def test_a_page_that_fails_keeps_all_of_them_from_being_taken(database, server, clock):
    server.paths["/api/v1/courses/"] = lambda asked: (
        reply(b"", 500)
        if "page=2" in asked.target
        else reply(discovery(server, "Welding", following="/api/v1/courses/?page=2"))
    )
    add(database, server, "/api/v1/courses/", How.OPEN_EDX, source={"complete": True})
    assert pulled(database, server, clock).outcome == "FETCH_STATUS"
    assert titles(database) == []


def ooapi(number, *names):
    items = [
        {
            "courseId": f"0c1d1f4e-0000-4000-8000-0000000000{index:02}",
            "primaryCode": {"codeType": "identifier", "code": name},
            "name": [{"language": "en", "value": name}],
        }
        for index, name in enumerate(names, start=number * 10)
    ]
    return json.dumps(
        {"pageSize": 2, "pageNumber": number, "hasPreviousPage": number > 1, "hasNextPage": number < 2, "items": items}
    )


def test_pages_of_ooapi_are_one_delivery(database, server, clock):
    server.paths["/ooapi/courses"] = lambda asked: reply(
        ooapi(2, "Rivets") if "pageNumber=2" in asked.target else ooapi(1, "Welding", "Baking"), headers=JSON
    )
    add(database, server, "/ooapi/courses?pageSize=2", How.OOAPI)
    report = pulled(database, server, clock)
    assert (report.state, report.records, report.format) == ("PUBLISHED", 3, "ooapi"), report.issues
    assert titles(database) == ["Baking", "Rivets", "Welding"]
    assert server.targets() == ["/ooapi/courses?pageSize=2", "/ooapi/courses?pageSize=2&pageNumber=2"]


def test_what_a_community_governs_is_not_stated_by_others_and_not_withdrawn_by_them(database, server, clock):
    url = "https://nation.example/Teachings/"
    steward = {"community": "A Nation", "authority": "Its council", "consentOn": "2026-01-01"}
    server.paths["/feed.json"] = _speaking({"ref": "teachings", "url": url}, {"ref": "other"})
    add(database, server, source={"complete": True})
    assert pulled(database, server, clock).state == "PUBLISHED"
    assert len(titles(database)) == 2
    apply_records(
        database,
        [credential("teachings", title="Ours", url=url, stewardship=steward, slug="uni/teachings")],
        SOURCE.model_copy(update={"key": "nation", "kind": "PROVIDER", "precedence": 900}),
        clock,
    )
    clock.moved(hours=1)
    server.paths["/feed.json"] = _speaking(
        {"ref": "teachings", "url": url.rstrip("/"), "title": "Taken"}, {"ref": "other", "title": "New"}
    )
    report = pulled(database, server, clock)
    assert [one.code for one in report.issues if one.ref == "teachings"] == ["STEWARDED_SKIPPED"]
    assert titles(database) == ["New", "Ours", "T"]
    with read_snapshot(database) as connection:
        said = "SELECT count(*) FROM statement WHERE source = 'uni/feed' AND ref = 'teachings' AND until_commit IS NULL"
        assert connection.exec_driver_sql(said).scalar_one() == 1, "nor is what it said before withdrawn"


def _speaking(*courses):
    records = [{"type": "credential", "provider": "uni", "title": "T", "kind": "COURSE", **one} for one in courses]
    return reply(
        json.dumps({"format": "record/1", "source": json.loads(delivery(complete=True))["source"], "records": records})
    )


def test_who_says_that_a_community_governs_it_may_go_on_saying_so(database, server, clock):
    steward = {"community": "A Nation", "authority": "Its council", "consentOn": "2026-01-01"}
    course = {"ref": "teachings", "url": "https://nation.example/t", "stewardship": steward}
    server.paths["/feed.json"] = _speaking(course)
    add(database, server, source={"complete": True})
    pulled(database, server, clock)
    clock.moved(hours=1)
    server.paths["/feed.json"] = _speaking({**course, "title": "Teachings"})
    assert pulled(database, server, clock).state == "PUBLISHED"
    assert titles(database) == ["Teachings"]
