"""GET /export/*: what is refused and how, headers, ETags, limits, and no file that is half of one."""

import io
import shutil
import threading
import zipfile
from datetime import timedelta
from tempfile import TemporaryFile
from types import SimpleNamespace

import httpx
import openpyxl
import pytest

from catalog.db.engine import open_database
from catalog.db.transactions import read_snapshot
from catalog.http import exports as module
from catalog.http.exports import AT_ONCE, OF_ONE, WAITING, Exports
from catalog.publishing.apply import apply_records
from catalog.publishing.seats import record_seats
from tests.conftest import NOW
from tests.export.asking import ENDINGS, coverage, csv_rows, export, ids, listed, offering_ids
from tests.export.serving import exporting, problem, refused
from tests.processes import environment, free_port, running, wait_until_ready
from tests.records import SOURCE, credential, institution, source
from tests.served import serve

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "xlsx": SHEET,
    "jsonld": "application/ld+json",
    "ctdl.json": "application/ld+json",
}
WINDOW = {"opensAt": "2026-11-01", "closesAt": "2026-12-01"}
RUN = {"ref": "fall", "startsOn": "2027-01-04", "seats": 5, "registrationWindows": [WINDOW]}


@pytest.fixture(scope="module")
def template(sqlite_template, tmp_path_factory):
    """Three listings of one institution, published and indexed."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("exports") / "catalog.db")
    database = open_database(f"sqlite:///{path}")
    served = serve(database, path.parent / "index", NOW)
    publish(served, *(credential(one, offerings=[RUN]) for one in "abc"))
    served.index_all()
    yield served
    database.dispose()


@pytest.fixture
def catalogue(sqlite_url, tmp_path):
    """The same, to publish to."""
    database = open_database(sqlite_url)
    served = serve(database, tmp_path / "index", NOW)
    publish(served, *(credential(one, offerings=[RUN]) for one in "abc"))
    yield served
    database.dispose()


@pytest.fixture(scope="module")
def ask(template):
    with exporting(template) as asker:
        yield asker


def publish(served, *records, by=SOURCE):
    assert apply_records(served.database, [institution(), *records], by, lambda: NOW).revision


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_credentials(ask, template, ending):
    answer = ask.get(f"credentials.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[ending]
    assert int(answer.headers["content-length"]) == len(answer.content) > 100
    assert answer.headers["content-disposition"] == f'attachment; filename="credentials-r1.{ending}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-catalogue-revision"] == "1"
    assert answer.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "set-cookie" not in answer.headers
    assert ids(ending, answer.content) == [one["id"] for one in listed(template)]
    if ending != "xlsx":  # it carries the moment at which it was packed
        assert answer.content == export(template, ending).data


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_of_coverage(ask, template, ending):
    answer = ask.get(f"coverage.{ending}", params={"by": "KIND, MODE", "includeEmpty": "false"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[ending])
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["content-disposition"] == f'attachment; filename="coverage-r1.{ending}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "etag" not in answer.headers, "it also hangs on the clock, the seats and the index"
    expected = coverage(template, ending, ["KIND", "MODE"], with_empty=False)
    if ending == "csv":
        assert answer.content == expected
    else:
        sheets = openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
        assert sheets == ["Coverage", "Listings", "Awards", "Sources", "About"]


def test_parameters_reach_the_file(ask):
    narrowed = ask.get("credentials.json", params={"filter": '{"kinds": ["COURSE"]}'}).json()
    assert (narrowed["exported"], narrowed["about"]["asked"]) == (0, {"filter": {"kinds": ["COURSE"]}})
    whole, own = (ask.get("coverage.csv", params={"by": "KIND", "includeEmpty": one}) for one in ("true", "false"))
    assert len(whole.text.splitlines()) > len(own.text.splitlines()) == 3
    past = (NOW - timedelta(hours=1)).isoformat()
    then = ask.get("coverage.csv", params={"by": "KIND", "includeEmpty": "false", "at": past})
    assert [row["credentials"] for row in csv_rows(then.content)] == ["0"]


def test_only_get_and_head(ask):
    for path in ("credentials.json", "coverage.csv?by=KIND", "open-data.zip"):
        for method in ("POST", "PUT", "DELETE"):
            answer = ask.get(path, method=method)
            assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_an_etag_stands_for_the_content(catalogue):
    with exporting(catalogue) as ask:
        first = ask.get("credentials.json")
        etag = first.headers["etag"]
        assert etag.startswith('W/"')
        for stated in (etag, f'"other", {etag}', "*"):
            again = ask.get("credentials.json", headers={"if-none-match": stated})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
            assert again.headers["cache-control"] == first.headers["cache-control"]
        assert ask.get("credentials.json", headers={"if-none-match": '"other"'}).content == first.content
        others = [
            ask.get(path).headers["etag"] for path in ("credentials.csv", 'credentials.json?filter={"kinds":["COURSE"]}')
        ]
        assert len({etag, *others}) == 3
        publish(catalogue, credential("d"))
        later = ask.get("credentials.json", headers={"if-none-match": etag})
        assert (later.status_code, later.json()["exported"]) == (200, 4)
        assert later.headers["etag"] not in (etag, *others)


def test_sources_make_a_new_etag_too(catalogue):
    with exporting(catalogue) as ask:
        known = {"if-none-match": ask.get("credentials.json").headers["etag"]}
        publish(catalogue, credential("a", offerings=[RUN], sources={"title": [{"url": "https://uni.example/a"}]}))
        found = ask.get("credentials.json", headers=known)
        assert found.status_code == 200
        assert "https://uni.example/a" in found.text
        known = {"if-none-match": found.headers["etag"]}
        publish(catalogue, credential("a", offerings=[RUN]), by=source(name="Renamed feed"))
        assert "Renamed feed" in ask.get("credentials.json", headers=known).text


OPEN = 'credentials.json?filter={"status":["OPEN"],"includeUnknown":false}'


def test_an_etag_does_not_outlive_a_status(catalogue):
    with exporting(catalogue) as ask:
        first = ask.get(OPEN)
        assert first.json()["exported"] == 3
        assert "etag" not in first.headers, "the clock and seats change it"
    with exporting(catalogue, clock=lambda: NOW + timedelta(days=30)) as ask:
        assert ask.get(OPEN).json()["exported"] == 0
        assert ask.get(OPEN, headers={"if-none-match": "*"}).status_code == 200


def test_nor_the_last_seat(catalogue):
    with exporting(catalogue) as ask:
        first = ask.get(OPEN)
        taken = offering_ids("json", first.content)[0]
        record_seats(catalogue.database, taken, 0, "test", NOW, lambda: NOW)
        assert ask.get(OPEN).json()["exported"] == 2
        assert ask.get(OPEN, headers={"if-none-match": "*"}).status_code == 200


def test_what_makes_no_sense_is_refused_whatever_is_known(ask):
    assert ask.get("credentials.json?filter={bad", headers={"if-none-match": "*"}).status_code == 400


def test_one_address_may_ask_so_often(template):
    with exporting(template, per_minute=30) as ask:
        found = [ask.get(path) for path in ["credentials.csv", "coverage.csv?by=KIND", "open-data.zip"] * 2]
        assert [one.status_code for one in found] == [200, 200, 404, 200, 200, 429]
        assert problem(found[-1], 429)["code"] == "RATE_LIMITED"
        assert 0 < int(found[-1].headers["retry-after"]) <= 10
        assert ask.get("credentials.csv", address="10.0.0.2").status_code == 200
        assert ask.get("credentials.csv").status_code == 429


class Slow(Exports):
    """Its exports wait until they are let."""

    go, begun, counts, lock = threading.Event(), threading.Semaphore(0), [0, 0], threading.Lock()

    def _credentials(self, *arguments):
        with self.lock:
            self.counts[0] += 1
            self.counts[1] = max(self.counts)
        self.begun.release()
        assert self.go.wait(10)
        revision = super()._credentials(*arguments)
        with self.lock:
            self.counts[0] -= 1
        return revision


def test_too_many_at_once(template):
    with exporting(template, exports=Slow) as ask:
        clients = [f"10.0.1.{number // OF_ONE}" for number in range(WAITING)]
        running_ = [ask.begin("credentials.csv", address=one) for one in clients]
        for _ in range(AT_ONCE):
            assert Slow.begun.acquire(timeout=5)
        busy = ask.get("credentials.csv", address="10.0.2.1")
        assert problem(busy, 503)["code"] == "SERVER_BUSY"
        assert busy.headers["retry-after"] == "60"
        assert ask.get("open-data.zip").status_code == 404, "what is only sent waits for nobody"
        Slow.go.set()
        assert {one.result(10).status_code for one in running_} == {200}
        assert Slow.counts == [0, AT_ONCE]
        assert ask.get("credentials.csv").status_code == 200


def test_one_address_has_a_few_places(template):
    Slow.go.clear()
    with exporting(template, exports=Slow) as ask:
        running_ = [ask.begin("credentials.csv") for _ in range(OF_ONE)]
        for _ in range(OF_ONE):
            assert Slow.begun.acquire(timeout=5)
        assert problem(ask.get("credentials.csv"), 503)["code"] == "SERVER_BUSY"
        other = ask.begin("credentials.csv", address="10.0.3.1")
        Slow.go.set()
        assert [one.result(10).status_code for one in (*running_, other)] == [200] * (OF_ONE + 1)


@pytest.fixture
def files(monkeypatch):
    """The temporary files that exports open."""
    made = []

    def make():
        made.append(TemporaryFile())  # noqa: SIM115 - it is looked at afterwards
        return made[-1]

    monkeypatch.setattr(module, "TemporaryFile", make)
    return made


@pytest.mark.parametrize("ending", ENDINGS)
def test_time_that_runs_out_half_way_leaves_no_part_of_a_file(template, files, monkeypatch, ending):
    monkeypatch.setattr("catalog.export.items.TOGETHER", 1)
    moments = iter([0.0, 1.0, 2.0, 1e9])
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: next(moments, 1e9)))
    monkeypatch.setattr(module, "read_snapshot", lambda database, _deadline: read_snapshot(database))
    with exporting(template) as ask:
        answer = ask.get(f"credentials.{ending}")
    assert problem(answer, 503)["code"] == "DEADLINE_EXCEEDED"
    assert "content-disposition" not in answer.headers
    assert [one.closed for one in files] == [True]


def test_files_are_closed_when_they_have_been_sent(template, files):
    with exporting(template) as ask:
        assert [ask.get(f"credentials.{one}").status_code for one in ENDINGS] == [200] * len(ENDINGS)
        refused(ask.get('credentials.json?filter={"nope":1}'))
    assert len(files) >= len(ENDINGS)
    assert all(one.closed for one in files)


def test_an_export_that_takes_longer_than_it_may(template, files):
    with exporting(template, seconds=1e-9) as ask:
        for path in ("credentials.csv", "coverage.xlsx?by=KIND"):
            assert problem(ask.get(path), 503)["code"] == "DEADLINE_EXCEEDED"
    assert all(one.closed for one in files)


def test_the_bundle_of_the_night(template, tmp_path):
    with exporting(template) as ask:
        assert problem(ask.get("open-data.zip"), 404)["code"] == "EXPORT_UNKNOWN"
    with exporting(template, bundles=tmp_path / "missing") as ask:
        assert problem(ask.get("open-data.zip"), 404)["code"] == "EXPORT_UNKNOWN"
    for day in ("09", "10"):
        with zipfile.ZipFile(tmp_path / f"open-data-2026-11-{day}.zip", "w") as archive:
            archive.writestr("day", day)
    with exporting(template, bundles=tmp_path) as ask:
        answer = ask.get("open-data.zip")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
        assert answer.headers["content-disposition"] == 'attachment; filename="open-data-2026-11-10.zip"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert zipfile.ZipFile(io.BytesIO(answer.content)).read("day") == b"10"
        head = ask.get("open-data.zip", method="HEAD")
        assert (head.status_code, head.content) == (200, b"")


def test_over_a_socket(catalogue, sqlite_url, tmp_path):
    """The whole application: HEAD has no body, and what is promised as length is sent."""
    catalogue.index_all()
    port = free_port()
    env = environment(sqlite_url, tmp_path, CATALOG_NOW=NOW.isoformat(), CATALOG_PORT=str(port))
    with running(["serve"], env, tmp_path) as process:
        wait_until_ready(port, process)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/export/") as client:
            for path in ("credentials.json", "coverage.xlsx?by=REGION"):
                head, answer = client.head(path), client.get(path)
                assert (head.status_code, answer.status_code, head.content) == (200, 200, b"")
                assert len(answer.content) == int(answer.headers["content-length"]) > 1_000
                assert head.headers["content-type"] == answer.headers["content-type"]
            assert client.post("credentials.json").status_code == 405
