"""What GET /export/* refuses: each with a code, and with the argument that is wrong."""

from urllib.parse import quote

import pytest

from tests.export.asking import listed
from tests.export.serving import exporting, problem, refused


@pytest.fixture(scope="module")
def ask(seed):
    with exporting(seed) as asker:
        yield asker


@pytest.mark.parametrize("path", ["credentials.pdf", "credentials.JSON", "coverage.pdf", "coverage.ctdl"])
def test_an_unknown_ending(ask, path):
    found = ask.get(path)
    assert problem(found, 404)["code"] == "EXPORT_UNKNOWN"
    assert "json, ndjson, csv, xlsx, jsonld, ctdl.json" in found.text or path.startswith("coverage")


def test_coverage_is_a_table(ask):
    assert refused(ask.get("coverage.json?by=KIND")) == ("ARGUMENT_INVALID", "format")


FILTERS = [
    ("{bad", "ARGUMENT_INVALID", "filter"),
    ("[]", "ARGUMENT_INVALID", "filter"),
    ('[{"near": {"latitude": 1, "longitude": 1, "km": 1}}]', "ARGUMENT_INVALID", "filter"),
    ('"kinds"', "ARGUMENT_INVALID", "filter"),
    ("7", "ARGUMENT_INVALID", "filter"),
    ('{"nope": 1}', "ARGUMENT_INVALID", "filter"),
    ('{"kinds": ["NOPE"]}', "ARGUMENT_INVALID", "filter.kinds.0"),
    ('{"price": {"min": 1e999}}', "ARGUMENT_INVALID", "filter"),
    ('{"hours": {"min": 9, "max": 1}}', "ARGUMENT_INVALID", "filter.hours"),
    ('{"regions": ["atlantis"]}', "ARGUMENT_INVALID", "filter.regions"),
    ("[" * 5000, "ARGUMENT_INVALID", "filter"),
    ('{"skills": ["%s"]}' % ("x" * 20_000), "ARGUMENT_INVALID", "filter"),
    ('{"near": {"latitude": 49.2, "longitude": -123.1, "km": 5}}', "PROFILE_NEEDS_POST", "filter.near"),
    ('{"near": null}', "PROFILE_NEEDS_POST", "filter.near"),
    ('{"eligibleNow": true}', "FILTER_NOT_ALLOWED", "filter.eligibleNow"),
]


@pytest.mark.parametrize(("text", "code", "argument"), FILTERS, ids=[one[0][:30] for one in FILTERS])
@pytest.mark.parametrize("path", ["credentials.csv?", "coverage.csv?by=KIND&"])
def test_a_filter_that_makes_no_sense(ask, path, text, code, argument):
    answer = ask.get(f"{path}filter={quote(text)}")
    assert refused(answer) == (code, argument)
    assert "49.2" not in answer.text
    if text == '{"nope": 1}':
        assert "nope" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("text", ["", " ", "null", "{}"])
def test_a_filter_that_says_nothing(ask, seed, text):
    assert ask.get("credentials.json", params={"filter": text}).json()["exported"] == len(listed(seed))


@pytest.mark.parametrize(
    ("path", "argument"),
    [
        ("credentials.csv?format=x", "format"),
        ("credentials.csv?by=KIND", "by"),
        ("credentials.csv?filter={}&filter={}", "filter"),
        ("coverage.csv?by=KIND&by=MODE", "by"),
        ("coverage.csv?by=KIND&after=x", "after"),
        (f"credentials.csv?{'x' * 500}=1", "x" * 50),
        ("coverage.csv", "by"),
        ("coverage.csv?by=", "by"),
        ("coverage.csv?by=NOPE", "by"),
        ("coverage.csv?by=kind", "by"),
        ("coverage.csv?by=KIND,KIND", "by"),
        ("coverage.csv?by=KIND,MODE,REGION,SECTOR", "by"),
        ("coverage.csv?by=KIND&includeEmpty=1", "includeEmpty"),
        ("coverage.csv?by=KIND&at=yesterday", "at"),
        ("coverage.csv?by=KIND&at=2026-04-01", "at"),
        ("coverage.csv?by=KIND&at=2026-04-01T00:00:00", "at"),
        ("coverage.csv?by=KIND&at=2030-01-01T00:00:00Z", "at"),
    ],
)
def test_parameters_that_are_unknown_twice_or_wrong(ask, path, argument):
    assert refused(ask.get(path)) == ("ARGUMENT_INVALID", argument)


def test_the_first_moment_of_the_calendar_is_no_failure(ask):
    assert ask.get("coverage.csv?by=KIND&at=0001-01-01T00:00:00%2B23:59").status_code in (200, 400)
