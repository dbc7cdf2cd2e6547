"""Documentation is tested: commands, settings, codes, the README's question."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import typer

from catalog.cli import app
from catalog.ingest.run import ingest_file
from catalog.settings import Settings
from tests.conftest import NOW
from tests.served import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs" / "ERRORS.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme():
    group = typer.main.get_command(app)
    commands = set(group.list_commands(None))
    assert all(group.get_command(None, one).help for one in commands)
    assert set(re.findall(r"^\| `catalog ([a-z-]+)` \|", README, re.MULTILINE)) == commands


def test_every_setting_is_in_the_readme_with_its_default_and_meaning():
    rows = dict(re.findall(r"^\| `(CATALOG_[A-Z_]+)` \| (.*?) \|$", README, re.MULTILINE))
    expected = {}
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = (
            "" if default is None else default.get_secret_value() if hasattr(default, "get_secret_value") else str(default)
        )
        expected[f"CATALOG_{name.upper()}"] = f"`{shown}` | {field.description}" if shown else f"| {field.description}"
    assert rows == expected


def test_every_setting_is_read_by_the_code():
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "catalog").rglob("*.py") if path.name != "settings.py"
    )
    unread = [name for name in Settings.model_fields if f".{name}" not in code]
    assert unread == []


def test_every_code_is_documented_and_every_documented_code_is_used():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "catalog").rglob("*.py"))
    documented = set(re.findall(r"^\| ([A-Z_]+) \|", ERRORS, re.MULTILINE))
    raised = set(re.findall(r'(?:code=|Issue\(\s*|Finding\(|code = |_problem\(\d+, [^,]+, |"code": )"([A-Z][A-Z_]+)"', code))
    raised |= set(re.findall(r'(?:\.warn|\.fail|refused)\(\s*(?:\w+,\s*)?"([A-Z][A-Z_]+)"', code))
    raised |= {
        "NOT_ACCEPTABLE",
        "METHOD_NOT_ALLOWED",
        "MEDIA_TYPE_NOT_SUPPORTED",
        "BODY_TOO_LARGE",
        "JSON_INVALID",
        "QUERY_MISSING",
    }
    bases = {
        "CATALOG_ERROR",
        "STORAGE_ERROR",
        "LIMIT_EXCEEDED",
        "RECORDS_REJECTED",
    }  # always raised with a code of their own, or never shown
    assert raised - bases - documented == set()
    assert {one for one in documented if f'"{one}"' not in code} == set()


def test_the_readmes_questions_have_the_readmes_answers(seeded):
    pairs = re.findall(r"```graphql\n(.*?)```\n```json\n(.*?)```", README, re.DOTALL)
    assert len(pairs) == 2
    for question, answer in pairs:
        assert seeded.data(question) == json.loads(answer)["data"]


def test_the_readmes_body_of_a_request_is_answered(seeded):
    bodies = [json.loads(body) for body in re.findall(r"-d '(\{\n.*?\})'", README, re.DOTALL)]
    found = [seeded.data(body["query"], body["variables"]) for body in bodies]
    assert [next(iter(answer)) for answer in found] == ["search", "credentials", "credential", "plan", "coverage"]
    searched, listed, one, planned, counted = (next(iter(answer.values())) for answer in found)
    assert searched["totalCount"] > 0
    assert listed["totalCount"] > 0
    assert one["eligibility"]["missing"][0]["credentials"] == [{"title": "Carbon Accounting"}]
    assert len(planned["plans"][0]["steps"]) == 4
    assert counted["totals"]["credentials"] > 0


def test_the_readmes_file_can_be_published(served, tmp_path):
    blocks = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    (example,) = [block for block in blocks if '"record/1"' in block]
    path = tmp_path / "example.json"
    path.write_text(example, encoding="utf-8")
    report = ingest_file(path, served.database, lambda: NOW, largest_bytes=100_000)
    assert [str(issue) for issue in report.issues] == []
    found = served.data(
        '{ credential(slug: "peace-valley-college/welding-basics") { status offerings { registrationClosesAt timeZone price { amount } } } }'
    )
    assert found["credential"] == {
        "status": "OPEN",
        "offerings": [
            {
                "registrationClosesAt": "2026-12-15T23:59:59-07:00",
                "timeZone": "America/Dawson_Creek",
                "price": {"amount": "749.00"},
            }
        ],
    }


def test_architecture_names_every_floor():
    architecture = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {path.name for path in (ROOT / "catalog").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {name for name in packages if f"`{name}`" not in architecture} == set()


def test_the_changelog_speaks_of_what_is_coming():
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert datetime.now(UTC)
    assert Path(ROOT / "LICENSE").stat().st_size > 10_000
