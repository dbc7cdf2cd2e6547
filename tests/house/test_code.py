"""Habits that became checks."""

import re
import statistics
import subprocess

from tests.served import ROOT

MODULES = sorted((ROOT / "catalog").rglob("*.py"))
LONGEST, MEDIAN = 300, 80
DRAWERS = {"utils", "helpers", "common_things", "core", "base", "manager", "misc", "util"}
DIALECT = re.compile(r"is_sqlite|dialect\.name|sqlalchemy\.dialects|import sqlite3|import psycopg")


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_longer_than_300_lines_and_the_median_is_at_most_80():
    assert [str(path) for path in MODULES if lines(path) > LONGEST] == []
    assert statistics.median(lines(path) for path in MODULES) <= MEDIAN


def test_no_drawers():
    assert [str(path) for path in MODULES if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_dialects_are_known_only_to_db_and_bulk():
    knowing = {path.relative_to(ROOT).as_posix() for path in MODULES if DIALECT.search(path.read_text(encoding="utf-8"))}
    assert {path for path in knowing if not path.startswith("catalog/db/")} == {"catalog/model/bulk.py"}


def test_every_module_begins_with_its_purpose():
    assert [str(path) for path in MODULES if not path.read_text(encoding="utf-8").startswith('"""')] == []


def test_nothing_names_a_package_registry_or_a_path_of_a_machine():
    pattern = r"(extra-)?index-url|find-links|pypi\.org/simple|registry\.npmjs|/work/main|/root/"
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", ".", ":!tests/house/test_code.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def test_constraints_pin_every_dependency_exactly():
    pinned = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.]+", line) for line in pinned)
    names = {line.split("==")[0].lower().replace("_", "-") for line in pinned}
    wanted = re.findall(r'^  "([A-Za-z0-9_-]+)', (ROOT / "pyproject.toml").read_text().split("[tool.ruff]")[0], re.MULTILINE)
    assert {name.lower().replace("_", "-") for name in wanted} - names == set()
