"""`catalog feeds` as an operator uses it: messages, exit codes, and secrets that stand nowhere."""

import json
import re

import pytest

from catalog.db.engine import open_database
from tests.commands import run
from tests.ingest.fetching.serving import reply
from tests.ingest.publishing_site import delivery, found_institution, publishing
from tests.processes import environment, read_log, running, wait_for

SOURCE = ("--source", "uni/feed", "--name", "Feed of the university", "--kind", "PROVIDER", "--owner", "uni")
SECRET = "s3cr3t-of-the-college"


@pytest.fixture
def server():
    with publishing({"/feed.json": reply(delivery("Welding"))}) as found:
        yield found


@pytest.fixture
def env(sqlite_url, tmp_path, server):
    opened = open_database(sqlite_url)
    found_institution(opened)
    opened.dispose()
    return environment(
        sqlite_url, tmp_path, CATALOG_FEED_HOSTS=f"feeds.example, {server.host}", CATALOG_NOW="2026-11-23T12:00:00Z"
    )


@pytest.fixture
def feeds(env, tmp_path):
    def called(*arguments, expect=0, **more):
        return run(["feeds", *arguments], env | more, tmp_path, expect)

    return called


@pytest.fixture
def add(feeds, server):
    def added(name="uni", *more, target="/feed.json", expect=0, source=SOURCE):
        return feeds("add", name, target if "://" in target else server.at(target), *source, *more, expect=expect)

    return added


def test_from_the_first_look_to_the_last(feeds, add, server):
    empty = feeds("list")
    assert (empty.stdout, empty.stderr) == ("", "there is no feed; catalog feeds add --help\n")
    assert add().stdout == "uni is added; the worker pulls it, or: catalog feeds pull uni --dry-run\n"
    where = server.at("/feed.json")
    assert feeds("list").stdout == f"uni  FILE  {where}  uni/feed  due 2026-11-23 12:00 UTC  not pulled yet\n"
    assert feeds("history", "uni").stderr == "it was not pulled yet\n"
    dry = feeds("pull", "uni", "--dry-run").stdout
    assert dry.startswith("uni: 1 record would make: 1 created\n  created uni/welding: ")
    assert feeds("history", "uni").stdout == ""
    assert re.fullmatch(r"uni: 1 record: 1 created at revision 2 \(run [0-9a-f]{8}\)\n", feeds("pull", "uni").stdout)
    assert feeds("pull", "uni").stdout == "uni: SAME: nothing new\n"
    listed = feeds("list").stdout
    assert re.fullmatch(rf"uni  FILE  {re.escape(where)}  uni/feed  due 2026-11-24 1\d:\d\d UTC  SAME\n", listed)
    told = feeds("history", "uni").stdout.splitlines()
    assert len(told) == 2
    assert {re.sub(r"run [0-9a-f]{8}", "run X", one) for one in told} == {
        "2026-11-23 12:00 UTC  SAME",
        "2026-11-23 12:00 UTC  PUBLISHED  run X",
    }
    assert len(feeds("history", "uni", "--most", "1").stdout.splitlines()) == 1
    assert feeds("pause", "uni").stdout == "uni is paused; what it brought stays\n"
    assert "  paused  SAME" in feeds("list").stdout
    assert feeds("pull", "uni").stdout == "uni: SAME: nothing new\n"
    assert "  paused  SAME" in feeds("list").stdout
    assert feeds("resume", "uni").stdout == "uni is due\n"
    assert "due 2026-11-23 12:00 UTC" in feeds("list").stdout
    assert feeds("remove", "uni").stdout == "uni is removed; what it brought stays\n"
    assert feeds("list").stdout == ""
    assert add(source=("--source", "uni/feed")).stdout.startswith("uni is added"), "the source is known now"


def test_the_run_of_a_feed_is_one_like_others(feeds, add, env, tmp_path):
    add()
    feeds("pull", "uni")
    shown = run(["ingest", "list", "--source", "uni/feed"], env, tmp_path).stdout
    assert "PUBLISHED" in shown
    history = feeds("history", "uni").stdout
    started = shown.splitlines()[1][:8]
    assert started in history
    assert "1 withdrawn" in run(["ingest", "rollback", started], env, tmp_path).stdout
    assert feeds("pull", "uni").stdout == "uni: SAME: nothing new\n"


def test_what_is_called_wrongly_is_told(feeds, add, env, tmp_path):
    add()
    wrong = {
        "FEED_EXISTS": lambda: add(expect=2),
        "FEED_UNKNOWN": lambda: feeds("pull", "nobody", expect=2),
        "small letters, digits and hyphens": lambda: add("Uni!", expect=2),
        "at least 5m and at most 366d": lambda: add("b", "--every", "1m", expect=2),
        "write how often as 30m, 6h or 1d": lambda: add("b", "--every", "often", expect=2),
        "there is no format 'word'": lambda: add("b", "--format", "word", expect=2),
        "SOURCE_UNKNOWN": lambda: add("b", source=("--source", "new/one"), expect=2),
        "ADDRESS_INVALID": lambda: add("b", target="https://user:pass@uni.example/x", expect=2),
        "ADDRESS_FORBIDDEN": lambda: add("b", target="file:///etc/passwd", expect=2),
        "stated twice": lambda: add("b", "--header", "X-Key: ${env:A}", "--header", "x-key: ${env:B}", expect=2),
        "written as `Name: value`": lambda: add("b", "--header", "nonsense", expect=2),
        "setting of the catalogue": lambda: add("b", "--header", "X-Key: ${env:CATALOG_SEARCH_KEY}", expect=2),
        "cannot be set": lambda: add("b", "--header", "Host: ${env:A}", expect=2),
        "no institution has the slug 'unj'; did you mean uni?": lambda: add("b", source=(*SOURCE[:-1], "unj"), expect=2),
        "'--how'": lambda: add("b", "--how", "carrier-pigeon", expect=2),
    }
    for words, call in wrong.items():
        done = call()
        assert words in done.stderr, (words, done)
        assert (done.stdout, "Traceback" in done.stderr, "Value error" in done.stderr) == ("", False, False)
    for command in ("pause", "resume", "remove", "history"):
        assert "FEED_UNKNOWN" in feeds(command, "nobody", expect=2).stderr
    assert feeds("list").stdout.count("\n") == 1


@pytest.mark.parametrize("command", [("list",), ("pause", "a"), ("history", "a"), ("pull", "a")])
def test_a_database_that_was_not_migrated_is_named(feeds, tmp_path, command):
    done = feeds(*command, expect=3, CATALOG_DATABASE_URL=f"sqlite:///{tmp_path}/new.db")
    assert "SCHEMA_OUT_OF_DATE" in done.stderr


def test_without_leave_nothing_inside_is_asked(feeds, add, server):
    add()
    done = feeds("pull", "uni", expect=1, CATALOG_FEED_HOSTS="")
    assert done.stdout.startswith("uni: ADDRESS_FORBIDDEN: ")
    assert "CATALOG_FEED_HOSTS can name it" in done.stdout
    assert server.asked == []
    assert "ADDRESS_FORBIDDEN" in feeds("history", "uni").stdout
    assert "ADDRESS_FORBIDDEN, failed once" in feeds("list").stdout


def test_what_fails_and_what_is_refused_ends_with_1(feeds, add, server):
    add()
    server.paths["/feed.json"] = reply(b"", 500)
    assert feeds("pull", "uni", expect=1).stdout == f"uni: FETCH_STATUS: {server.at('/feed.json')}: it answered 500\n"
    server.paths["/feed.json"] = reply(b'{"format": 1e999}')
    done = feeds("pull", "uni", expect=1)
    assert "refused with 1 issue; nothing of it was published" in done.stdout
    assert "JSON_INVALID" in done.stdout
    again = feeds("pull", "uni", expect=1)
    assert again.stdout.startswith("uni: REFUSED: file: JSON_INVALID")


def test_what_is_held_waits_for_release(feeds, add, server, env, tmp_path):
    names = [f"C{number}" for number in range(9)]
    server.paths["/feed.json"] = reply(delivery(*names, complete=True))
    add("uni", "--complete")
    feeds("pull", "uni")
    server.paths["/feed.json"] = reply(delivery("C0", complete=True))
    held = feeds("pull", "uni", expect=1, CATALOG_NOW="2026-11-23T12:30:00Z").stdout
    run_id = re.search(r"held for a person as run ([0-9a-f-]{36})", held)[1]
    again = feeds("pull", "uni", expect=1, CATALOG_NOW="2026-11-23T13:00:00Z").stdout
    assert again.startswith(f"uni: HELD: run {run_id[:8]} waits for a person")
    assert "8 withdrawn" in run(["ingest", "release", run_id[:8]], env, tmp_path).stdout


def test_the_names_of_ways_are_taken_in_any_letters(feeds, add):
    ways = ("file", "ooapi", "open-edx", "open_edx", "OPEN_EDX", "sitemap")
    for number, how in enumerate(ways):
        add(f"f{number}", "--how", how)
    listed = [line.split("  ")[1] for line in feeds("list").stdout.splitlines()]
    assert listed == ["FILE", "OOAPI", "OPEN_EDX", "OPEN_EDX", "OPEN_EDX", "SITEMAP"]
    assert "file, ooapi, open-edx" in add("g", "--how", "x", expect=2).stderr
    shown = feeds("add", "--help").stdout
    assert "[default: file]" in shown
    assert "<file|ooapi|open-edx|" in shown


def everywhere(tmp_path):
    """Every byte of every file of the test: databases, logs, whatever was written."""
    return b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_secret_that_is_written_out_is_refused_and_kept_nowhere(feeds, add, tmp_path):
    done = add("uni", "--header", f"Authorization: Bearer {SECRET}", expect=2)
    assert "must refer to the environment" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert feeds("list").stdout == ""
    assert SECRET.encode() not in everywhere(tmp_path)


def test_a_secret_is_never_shown(feeds, add, server, tmp_path):
    add("uni", "--header", "Authorization: Bearer ${env:COLLEGE_TOKEN}", target="/feed.json?q=1")
    assert "COLLEGE_TOKEN, which is not set" in feeds("pull", "uni", expect=1).stdout
    told = [feeds("pull", "uni", COLLEGE_TOKEN=SECRET).stdout, feeds("list").stdout, feeds("history", "uni").stdout]
    assert [one.headers.get("authorization") for one in server.asked] == [f"Bearer {SECRET}"]
    assert SECRET not in "".join(told)
    assert "?q=1" not in told[1]
    assert SECRET.encode() not in everywhere(tmp_path)


def test_the_worker_pulls_what_is_due_and_logs_no_secret(feeds, add, server, env, tmp_path):
    add("uni", "--header", "Authorization: Bearer ${env:COLLEGE_TOKEN}")
    add("gone", "--header", "X-Key: ${env:COLLEGE_TOKEN}", target="/gone.json", source=("--source", "uni/b", *SOURCE[2:]))
    settings = {key: value for key, value in env.items() if key != "CATALOG_NOW"}
    with running(["work"], settings | {"COLLEGE_TOKEN": SECRET, "CATALOG_POLL_SECONDS": "0.1"}, tmp_path) as process:
        wait_for(lambda: read_log(process).count("feed pulled") == 2, what="both pulls")
        log = read_log(process)
    lines = [json.loads(line) for line in read_log(process).splitlines()]
    pulled = {one["feed"]: one["outcome"] for one in lines if one["event"] == "feed pulled"}
    assert pulled == {"uni": "PUBLISHED", "gone": "FETCH_STATUS"}
    assert {one.headers.get("authorization") or one.headers.get("x-key") for one in server.asked} == {
        *(SECRET, f"Bearer {SECRET}")
    }
    assert SECRET not in log
    assert SECRET.encode() not in everywhere(tmp_path)
    assert process.returncode == 0
