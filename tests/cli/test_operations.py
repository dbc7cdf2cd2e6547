"""Which operations may be asked where only listed ones are answered."""

import json

import pytest

from catalog.runtime.operation import hash_of
from tests.commands import run
from tests.conftest import NOW
from tests.http.asking import Asked
from tests.processes import environment

COUNT = "query Count { catalog { credentials } }\n"
OTHER = "query Other { catalog { menus } }"


@pytest.fixture
def command(url, tmp_path):
    env = environment(url, tmp_path)
    return lambda *arguments, expect=0: run(["operations", *arguments], env, tmp_path, expect)


def code(answer):
    return answer.json()["errors"][0]["extensions"]["code"]


def test_only_what_is_listed_is_answered_and_only_while_it_is(command, database, tmp_path, monkeypatch):
    (tmp_path / "count.graphql").write_text(COUNT)
    added = command("add", "count.graphql")
    assert added.stdout.splitlines()[:2] == [f"{hash_of(COUNT)}  Count", "1 new, 0 listed before"]
    assert "CATALOG_ONLY_LISTED=true" in added.stdout
    monkeypatch.setattr("catalog.http.persisted.LOOK_SECONDS", 0.0)
    by_hash = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": hash_of(COUNT)}})
    with Asked(database, tmp_path / "index", NOW, only_listed=True).open() as asked:
        for _ in range(2):
            assert asked.post(COUNT).json()["data"] == {"catalog": {"credentials": 0}}
            assert asked.get(None, extensions=by_hash).json()["data"] == {"catalog": {"credentials": 0}}
        assert code(asked.post(OTHER)) == "OPERATION_NOT_LISTED"
        assert (
            code(asked.post(OTHER, extensions={"persistedQuery": {"version": 1, "sha256Hash": hash_of(OTHER)}}))
            == "OPERATION_NOT_LISTED"
        )
        assert code(asked.post("{ __schema { types { name } } }")) == "OPERATION_NOT_LISTED"
        assert command("remove", hash_of(COUNT)[:8]).stdout == "1 removed\n"
        assert code(asked.post(COUNT)) == "OPERATION_NOT_LISTED"
        assert code(asked.get(None, extensions=by_hash)) == "PERSISTED_QUERY_NOT_FOUND"


def test_listed_operations_can_be_named_by_their_hash_where_all_are_answered(command, database, tmp_path):
    (tmp_path / "count.graphql").write_text(COUNT)
    command("add", "count.graphql")
    with Asked(database, tmp_path / "index", NOW).open() as asked:
        assert asked.get(None, documentId=f"sha256:{hash_of(COUNT)}").json()["data"] == {"catalog": {"credentials": 0}}


def test_manifests_of_apollo_and_relay(command, tmp_path):
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "operations": [{"id": hash_of(COUNT), "name": "Count", "body": COUNT}],
    }
    (tmp_path / "apollo.json").write_text(json.dumps(apollo))
    (tmp_path / "relay.json").write_text(json.dumps({hash_of(OTHER): OTHER}))
    assert "2 new, 0 listed before" in command("add", "apollo.json", "relay.json").stdout
    assert command("list").stdout.splitlines() == [f"{hash_of(COUNT)}  Count", f"{hash_of(OTHER)}  Other"]
    assert "0 new, 1 listed before" in command("add", "apollo.json").stdout


def test_all_or_nothing_with_the_place_of_each_mistake(command, tmp_path):
    (tmp_path / "good.graphql").write_text(COUNT)
    (tmp_path / "bad.graphql").write_text("{ nothing }")
    (tmp_path / "deep.json").write_text(json.dumps({hash_of("{ a" * 100): "{ a" * 100, hash_of(OTHER): OTHER}))
    refused = command("add", "good.graphql", "bad.graphql", "deep.json", expect=1)
    assert "bad.graphql: GRAPHQL_VALIDATION_FAILED: Cannot query field 'nothing' on type 'Query'." in refused.stderr
    assert f"deep.json {hash_of('{ a' * 100)}: DOCUMENT_TOO_DEEP" in refused.stderr
    assert command("list").stdout == ""


@pytest.mark.parametrize("text", ["[]", "{}", '{"a": 1}', '{"operations": []}', '{"operations": [{"id": "1"}]}'])
def test_what_is_no_manifest(command, tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    assert "FORMAT_UNKNOWN" in command("add", "x.json", expect=1).stderr


def test_ids_that_no_client_could_ask_by(command, tmp_path):
    (tmp_path / "md5.json").write_text(json.dumps({"0cc175b9c0f1b6a831c399e269772661": COUNT}))
    refused = command("add", "md5.json", expect=1)
    assert "PERSISTED_QUERY_MISMATCH" in refused.stderr
    assert "SHA256" in refused.stderr


def test_what_is_no_json_and_hashes_that_name_nothing(command, tmp_path):
    (tmp_path / "x.json").write_text("{")
    assert "JSON_INVALID" in command("add", "x.json", expect=1).stderr
    assert "OPERATION_NOT_LISTED" in command("remove", "abc", expect=3).stderr
