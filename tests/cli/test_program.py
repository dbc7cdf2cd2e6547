"""The installed program as a process: every command starts, and its streams and exit code reach the shell.

What commands do besides is tested inside the process of the tests (tests/commands.py); `serve` and `work` in test_serve.py.
"""

import json
import re

import pytest

from catalog.cli import COMMANDS
from tests.cli.test_commands import FILE
from tests.commands import PROCESSES
from tests.processes import PROGRAM, environment, run

CALLS = {
    "migrate": (["migrate"], 0, r"the database is at \w+\n", ""),
    "seed": (["seed"], 0, r"(\S+\.json: \d+ records?: nothing changed.*\n){6,}", ""),
    "ingest": (["ingest", "one.json"], 0, r"one\.json: 1 record: 1 created at revision \d+ \(run [0-9a-f]{8}\)\n", ""),
    "feeds": (["feeds", "list"], 0, "", r"there is no feed; .*\n"),
    "likeness": (["likeness", "show", "a/b", "c/d"], 2, "", r"catalog: LIKENESS_UNKNOWN: .*\n"),
    "template": (["template", "-o", "t.csv"], 0, r"t\.csv: an example .* catalog ingest t\.csv --source KEY --dry-run\n.* --name, --kind and --owner.*\n", ""),
    "rollover": (["rollover", "--source", "nobody", "--from", "Fall 2026", "--to", "Winter 2027"], 2, "", r"catalog: SOURCE_UNKNOWN: .*\n"),
    "demand": (["demand", "import", "."], 1, r"\S*: refused with 7 issues; nothing of it was published\n(  error: .*\n){7}", ""),
    "coverage": (["coverage", "--by", "region"], 0, r"(.*\n)+.* Cariboo .*\n(.*\n)+.* Total \(distinct\) .*\n(.*\n)+", ""),
    "export": (["export", "credentials"], 0, r'(\{".*"\}?.*\}\n){206}', r"206 credentials.*\n"),
    "operations": (["operations", "remove", "abc"], 3, "", r"catalog: OPERATION_NOT_LISTED: .*\n"),
    "reindex": (["reindex"], 0, r"indexed 206 credentials\n", ""),
    "check": (["check"], 0, r"nothing is inconsistent\n", ""),
    "export-schema": (["export-schema", "out"], 0, r"wrote out/schema\.graphql and out/record\.schema\.json\n", ""),
}  # fmt: skip


def test_a_command_that_is_new_is_called_here_too():
    assert CALLS.keys() | PROCESSES == COMMANDS.keys()


@pytest.mark.parametrize("seeded", ["sqlite"], indirect=True)
@pytest.mark.parametrize("command", CALLS)
def test_every_command_starts(command, seeded, tmp_path):
    arguments, code, out, err = CALLS[command]
    (tmp_path / "one.json").write_text(json.dumps(FILE))
    env = environment(str(seeded.database.write.url), tmp_path)
    done = run(arguments, env, tmp_path, expect=code, program=PROGRAM)
    assert re.fullmatch(out, done.stdout), done.stdout
    assert re.fullmatch(err, done.stderr), done.stderr


def test_what_is_called_wrongly_is_told_before_anything_is_opened(tmp_path):
    env = environment("mysql://x", tmp_path)
    assert "No such command" in run(["bake"], env, tmp_path, expect=2, program=PROGRAM).stderr
    assert "SETTING_INVALID" in run(["check"], env, tmp_path, expect=2).stderr
