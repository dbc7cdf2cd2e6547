"""The command line: helpful errors, exit codes, nothing half done."""

import json
import re
import socket

import pytest

from tests.commands import run
from tests.processes import environment
from tests.processes import run as run_process

FILE = {
    "format": "record/1",
    "source": {"key": "test/uni", "name": "Test", "kind": "PROVIDER"},
    "records": [{"type": "institution", "ref": "uni", "slug": "uni", "name": "Uni", "kind": "OTHER"}],
}


@pytest.fixture
def env(sqlite_url, tmp_path):
    return environment(sqlite_url, tmp_path)


@pytest.fixture
def write(tmp_path):
    def to(name, value):
        path = tmp_path / name
        path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
        return str(path)

    return to


def test_seed_twice_writes_nothing_the_second_time_and_is_consistent(env, tmp_path):
    first = run(["seed"], env, tmp_path).stdout
    assert "created at revision" in first
    second = run(["seed"], env, tmp_path).stdout
    assert second.count("nothing changed") == len(second.splitlines()) > 5
    assert "\x1b" not in first
    assert run(["check"], env, tmp_path).stdout == "nothing is inconsistent\n"
    assert run(["reindex"], env, tmp_path).stdout.startswith("indexed 2")


def test_ingest_publishes_a_file_and_a_dry_run_does_not(env, tmp_path, write):
    path = write("one.json", FILE)
    assert (
        run(["ingest", path, "--dry-run"], env, tmp_path).stdout
        == "one.json: 1 record would make: 1 created\n  created uni: kind, name, ref, slug, type\n"
    )
    published = run(["ingest", path], env, tmp_path).stdout
    assert re.fullmatch(r"one\.json: 1 record: 1 created at revision 1 \(run [0-9a-f]{8}\)\n", published)
    assert run(["ingest", path], env, tmp_path).stdout == "one.json: 1 record: nothing changed\n"


BAD = {
    "not json": (b"{", "FILE_TRUNCATED"),
    "empty": (b"", "FILE_EMPTY"),
    "csv": (b"type,ref,name\ninstitution,uni,Uni\n", "COLUMNS_UNKNOWN"),
    "excel": (b"PK\x03\x04 and so on", "the file is a ZIP archive"),
    "infinite": (b'{"format": 1e999}', "JSON_INVALID"),
    "surrogate": (b'{"format": "record/1", "\\ud800": 1, "source": null, "records": []}', "FIELD_UNKNOWN"),
    "escape": (b'{"format": "record/1", "x\\u001b[2J": 1, "source": null, "records": []}', "x\\x1b[2J"),
    "latin": (b'{"format": "\xe9"}', "ENCODING_INVALID"),
    "twice": (b'{"format": "record/1", "format": "record/1"}', "KEY_DUPLICATE"),
    "nan": (b'{"format": NaN}', "JSON_INVALID"),
    "deep": (b"[" * 100_000, "JSON_INVALID"),
    "digits": (b'{"format": ' + b"9" * 10_000 + b"}", "JSON_INVALID"),
    "a list": (b"[]", "FORMAT_UNKNOWN"),
    "another format": (b'{"format": "record/9"}', "FORMAT_UNKNOWN"),
    "unknown key": ({**FILE, "extra": 1}, "FIELD_UNKNOWN"),
    "no source": ({"format": "record/1", "records": []}, "VALUE_INVALID"),
    "bad source": ({**FILE, "source": {"key": "K", "name": "x", "kind": "BLOG"}}, "source.kind"),
    "bad record": (
        {**FILE, "records": [*FILE["records"], {"type": "credential", "ref": "x", "weeks": "six"}]},
        "record 2 (x) weeks: VALUE_INVALID",
    ),
    "dangling": (
        {**FILE, "records": [{**FILE["records"][0], "region": "nowhere"}]},
        "record 1 (uni) region: REFERENCE_UNKNOWN",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_code_and_writes_nothing(env, tmp_path, write, name):
    value, expected = BAD[name]
    done = run(["ingest", write("bad.json", value)], env, tmp_path, expect=1)
    assert "refused with" in done.stdout
    assert expected in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert run(["check"], env, tmp_path).stdout == "nothing is inconsistent\n"


def test_a_file_with_an_unexpected_number_of_records_is_held(env, tmp_path, write):
    few = write("few.json", {**FILE, "source": {**FILE["source"], "expected": {"min": 5}}})
    done = run(["ingest", few], env, tmp_path, expect=1)
    assert "held for a person as run" in done.stdout
    assert "COUNT_UNEXPECTED: the file has 1 records; its source expects at least 5" in done.stdout
    assert run(["check"], env, tmp_path).stdout == "nothing is inconsistent\n"


def test_a_file_that_is_too_large_is_not_read(env, tmp_path, write):
    done = run(
        ["ingest", write("big.json", FILE)],
        {**env, "CATALOG_INGEST_BYTES": "1024"} | {"CATALOG_INGEST_BYTES": "1024"},
        tmp_path,
    )
    assert "1 created" in done.stdout
    big = {
        **FILE,
        "records": FILE["records"]
        + [{"type": "skill", "ref": f"s{n}", "scheme": "x", "code": f"s{n}", "labels": "S"} for n in range(50)],
    }
    done = run(["ingest", write("big.json", big)], {**env, "CATALOG_INGEST_BYTES": "1024"}, tmp_path, expect=1)
    assert "FILE_TOO_LARGE" in done.stdout


def test_wrong_calls_and_settings_are_explained(env, tmp_path):
    assert "No such command" in run(["bake"], env, tmp_path, expect=2).stderr
    assert "does not exist" in run(["ingest", "nothing.json"], env, tmp_path, expect=2).stderr
    assert "CATALOG_PORT" in run(["migrate"], {**env, "CATALOG_PORT": "x"}, tmp_path, expect=2).stderr
    assert "SETTING_INVALID" in run(["migrate"], {**env, "CATALOG_DATABASE_URL": "mysql://x"}, tmp_path, expect=2).stderr
    assert "SETTING_INVALID" in run(["check"], {**env, "CATALOG_DATABASE_URL": "foo.db"}, tmp_path, expect=2).stderr
    (tmp_path / "text.db").write_text("this is no database, whatever its name says" * 100)
    assert (
        "DATABASE_FAILED"
        in run(["check"], {**env, "CATALOG_DATABASE_URL": f"sqlite:///{tmp_path}/text.db"}, tmp_path, expect=3).stderr
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_process(["serve"], {**env, "CATALOG_PORT": str(taken.getsockname()[1])}, tmp_path, expect=3)
    assert "PORT_TAKEN" in done.stderr
    assert "serving" not in done.stdout
    done = run_process(["serve"], {**env, "CATALOG_DATABASE_URL": f"sqlite:///{tmp_path}/new.db"}, tmp_path, expect=3)
    assert "catalog migrate" in done.stderr
    assert "SEED_MISSING" in run(["seed"], {**env, "CATALOG_SEED_PATH": str(tmp_path)}, tmp_path, expect=3).stderr
    away = {**env, "CATALOG_DATABASE_URL": "postgresql+psycopg://u:secret-word@127.0.0.1:1/x"}
    done = run(["check"], away, tmp_path, expect=3)
    assert "DATABASE_UNREACHABLE" in done.stderr
    assert "secret-word" not in done.stderr + done.stdout


def test_a_database_edited_by_hand_is_named_and_mended(sqlite_seeded_url, tmp_path):
    import sqlite3

    env = environment(sqlite_seeded_url, tmp_path)
    connection = sqlite3.connect(sqlite_seeded_url.removeprefix("sqlite:///"))
    connection.execute("UPDATE credential SET kind = 'DEGREE' WHERE slug = 'alacrity-canada/digital-marketing-bootcamp'")
    connection.commit()
    connection.close()
    done = run(["check"], env, tmp_path, expect=1).stdout
    assert "alacrity-canada/digital-marketing-bootcamp: TABLE_DIFFERS: credential" in done
    assert "--rebuild" in done
    assert "nothing is inconsistent" in run(["check", "--rebuild"], env, tmp_path).stdout


def test_export_schema_writes_both(env, tmp_path):
    run(["export-schema", "out"], env, tmp_path)
    assert json.loads((tmp_path / "out" / "record.schema.json").read_text())["$defs"]
    from catalog.schema.build import committed_sdl

    assert (tmp_path / "out" / "schema.graphql").read_text() == committed_sdl()


def test_migrate_rebuilds_what_an_earlier_release_wrote(env, sqlite_url, tmp_path, write):
    from sqlalchemy import create_engine, text

    records = [
        *FILE["records"],
        {"type": "credential", "ref": "c", "provider": "uni", "title": "C", "kind": "COURSE", "usual": {"mode": "ONLINE"}},
    ]
    run(["ingest", write("two.json", FILE | {"records": records})], env, tmp_path)
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        for statement in ("DELETE FROM delivery", "DELETE FROM delivery_place", "UPDATE document SET render_format = 1"):
            connection.execute(text(statement))
    assert "rebuilt 2 things for this release" in run(["migrate"], env, tmp_path).stdout
    assert run(["check"], env, tmp_path).stdout == "nothing is inconsistent\n"
    assert "rebuilt" not in run(["migrate"], env, tmp_path).stdout
    engine.dispose()


def test_the_demo_stands_beside_the_seed(sqlite_seeded_url, tmp_path):
    env = environment(sqlite_seeded_url, tmp_path)
    lines = run(["seed", "--demo"], env, tmp_path).stdout.splitlines()
    assert lines[-1] == "Example College (illustration): 6 created"
    assert run(["check"], env, tmp_path).stdout == "nothing is inconsistent\n"


def test_a_folder_that_is_no_outlook_is_refused_by_name(env, tmp_path):
    done = run(["demand", "import", str(tmp_path)], env, tmp_path, expect=1)
    assert "refused with 7 issues; nothing of it was published" in done.stdout
    assert "industries.csv: FILE_MISSING" in done.stdout
    assert run(["demand", "import", "nowhere"], env, tmp_path, expect=2).stdout == ""
