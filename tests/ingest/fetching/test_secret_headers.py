import pytest

from catalog.errors import StorageError
from catalog.ingest.fetching.secret_headers import parse_header, resolve_headers

ENVIRONMENT = {
    "UVIC_TOKEN": "t0ken",
    "UVIC_KEY": " k3y\n",
    "EMPTY": "",
    "BAD": "s3cret\r\nX: y",
    "CATALOG_DATABASE_URL": "s3cret",
}


def test_references_become_what_the_environment_has():
    stated = {
        "Authorization": "Bearer ${env:UVIC_TOKEN}",
        "X-Api-Key": "env:UVIC_KEY",
        "X-Both": "${env:UVIC_TOKEN}-${env:UVIC_KEY}",
    }
    assert resolve_headers(stated, ENVIRONMENT) == {
        "Authorization": "Bearer t0ken",
        "X-Api-Key": "k3y",
        "X-Both": "t0ken-k3y",
    }


def test_what_is_no_secret_may_be_written_out():
    stated = {"Accept": "application/json", "accept-language": "en", "User-Agent": "catalog-bc (feeds@example.org)"}
    assert resolve_headers(stated, {}) == stated


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ({"Authorization": "Bearer s3cret"}, "Authorization"),
        ({"X-Api-Key": "$UVIC_KEY"}, "X-Api-Key"),
        ({"X-Api-Key": "${UVIC_KEY}"}, "X-Api-Key"),
        ({"Authorization": "env:MISSING"}, "MISSING"),
        ({"Authorization": "Bearer ${env:EMPTY}"}, "EMPTY"),
        ({"Accept": "${env:MISSING}"}, "MISSING"),
        ({"Authorization": "env:BAD"}, "Authorization"),
        ({"Authorization": "env:CATALOG_DATABASE_URL"}, "CATALOG_DATABASE_URL"),
        ({"Authorization": "env:catalog_search_key"}, "catalog_search_key"),
        ({"Host": "env:UVIC_KEY"}, "Host"),
    ],
)
def test_what_is_refused_is_named_without_its_value(stated, names):
    with pytest.raises(StorageError) as caught:
        resolve_headers(stated, ENVIRONMENT)
    assert caught.value.code == "SETTING_INVALID"
    assert names in caught.value.message
    assert not any(secret in caught.value.message for secret in ("s3cret", "t0ken", "k3y"))


def test_values_are_not_looked_through_for_references_again():
    assert resolve_headers({"X-A": "env:A"}, {"A": "${env:B}", "B": "s3cret"}) == {"X-A": "${env:B}"}


def test_a_header_in_one_line():
    assert parse_header("Authorization: Bearer ${env:UVIC_TOKEN}") == ("Authorization", "Bearer ${env:UVIC_TOKEN}")
    assert parse_header(" X-A:b:c ") == ("X-A", "b:c")


@pytest.mark.parametrize("line", ["", "Authorization", ": x", "Authorization:", "Authorization: "])
def test_a_line_that_is_no_header(line):
    with pytest.raises(StorageError, match="Name: value"):
        parse_header(line)
