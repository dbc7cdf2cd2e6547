"""GraphQL over HTTP: media types, statuses, codes, limits, and nothing internal outside."""

import json

import anyio
import httpx
import pytest

from catalog.app import create_app
from catalog.settings import Settings

RICH = "application/graphql-response+json"
QUERY = "{ catalog { credentials } }"


@pytest.fixture
def ask(url, tmp_path):
    app = create_app(Settings(_env_file=None, database_url=url, search_url=str(tmp_path / "index"), body_bytes=10_000))

    def send(method="POST", path="/graphql", body=None, **options):
        async def go():
            transport = httpx.ASGITransport(app, raise_app_exceptions=True)
            if body is not None:
                options["content"] = json.dumps(body)
            client = httpx.AsyncClient(transport=transport, base_url="http://test")
            async with app.router.router.lifespan_context(app.router), client:
                return await client.request(method, path, **options)

        headers = {"content-type": "application/json"} if body is not None else {}
        options["headers"] = headers | options.get("headers", {})
        return anyio.run(go)

    return send


def code(response):
    return response.json()["errors"][0]["extensions"]["code"]


def test_a_query_by_post_and_by_get(ask):
    for response in (ask(body={"query": QUERY}), ask("GET", params={"query": QUERY})):
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/json; charset=utf-8"
        assert response.json() == {
            "data": {"catalog": {"credentials": 0}},
            "extensions": {"cost": {"estimated": 2, "limit": 1_000_000}},
        }


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (RICH, RICH),
        (f"{RICH}, application/json;q=0.9", RICH),
        (f"{RICH};q=0, application/json", "application/json"),
        ("application/*;q=0.5", "application/json"),
    ],
)
def test_the_media_type_is_the_one_asked_for(ask, accept, kind):
    response = ask(body={"query": QUERY}, headers={"accept": accept} if accept else {})
    assert response.headers["content-type"] == f"{kind}; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { catalog { menus } } query B { catalog { menus } }"}, "OPERATION_UNKNOWN"),
        ({"query": QUERY, "operationName": "Missing"}, "OPERATION_UNKNOWN"),
        ({"query": "query($n: Int!) { credentials(first: $n) { totalCount } }"}, "VARIABLES_INVALID"),
        (
            {"query": "query($n: Int!) { credentials(first: $n) { totalCount } }", "variables": {"n": "x"}},
            "VARIABLES_INVALID",
        ),
        ({"query": "{" * 500}, "DOCUMENT_TOO_DEEP"),
        ({"query": '{ coverage(by: [REGION], at: "2020-01-01T00:00") { revision } }'}, "GRAPHQL_VALIDATION_FAILED"),
        (
            {
                "query": "query($f: CredentialFilter) { credentials(filter: $f) { totalCount } }",
                "variables": {"f": {"price": {"max": "NaN"}}},
            },
            "VARIABLES_INVALID",
        ),
    ],
)
def test_what_cannot_be_executed_is_400_or_200_by_media_type(ask, body, expected):
    rich, plain = ask(body=body, headers={"accept": RICH}), ask(body=body)
    assert (rich.status_code, code(rich)) == (400, expected)
    assert (plain.status_code, code(plain)) == (200, expected)
    assert "data" not in rich.json()


@pytest.mark.parametrize("media", [RICH, "application/json"])
@pytest.mark.parametrize(
    ("options", "status", "expected"),
    [
        ({"body": {}}, 400, "QUERY_MISSING"),
        ({"body": {"query": 3}}, 400, "REQUEST_INVALID"),
        ({"body": {"query": QUERY, "variables": []}}, 400, "REQUEST_INVALID"),
        ({"body": [{"query": QUERY}]}, 400, "BATCH_NOT_SUPPORTED"),
        ({"body": "x"}, 400, "REQUEST_INVALID"),
        ({"body": {"query": QUERY}, "headers": {"content-type": "text/plain"}}, 415, "MEDIA_TYPE_NOT_SUPPORTED"),
        (
            {"body": {"query": QUERY}, "headers": {"content-type": "application/json; charset=latin1"}},
            415,
            "MEDIA_TYPE_NOT_SUPPORTED",
        ),
        ({"body": {"query": QUERY + " " * 20_000}}, 413, "BODY_TOO_LARGE"),
        ({"method": "GET"}, 400, "QUERY_MISSING"),
        ({"method": "GET", "params": {"query": QUERY, "variables": "{"}}, 400, "JSON_INVALID"),
        ({"method": "PUT", "body": {"query": QUERY}}, 405, "METHOD_NOT_ALLOWED"),
    ],
)
def test_what_is_no_request_has_its_status_whatever_the_media_type(ask, media, options, status, expected):
    options = {**options, "headers": {**options.get("headers", {}), "accept": media}}
    response = ask(**options)
    assert (response.status_code, code(response)) == (status, expected)


def test_an_answer_that_the_client_cannot_take(ask):
    response = ask(body={"query": QUERY}, headers={"accept": "text/html"})
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


def test_a_body_that_is_no_json(ask):
    response = ask("POST", content=b"{", headers={"content-type": "application/json"})
    assert (response.status_code, code(response)) == (400, "JSON_INVALID")


def test_health_and_readiness(ask):
    assert ask("GET", "/healthz").json() == {"status": "ok"}
    assert ask("GET", "/readyz").json() == {"status": "ready", "revision": 0, "indexRevision": None}


def test_nothing_internal_leaks(url, tmp_path, monkeypatch, caplog):
    """A resolver that breaks says Internal error outside; what happened stands in the log."""
    from catalog.db.engine import open_database
    from catalog.schema.build import build_schema
    from tests.conftest import NOW
    from tests.served import serve

    database = open_database(url)
    served = serve(database, tmp_path / "index", NOW)
    resolver = build_schema().query_type.fields["institutions"].resolve

    def broken(*_arguments, **_more):
        raise RuntimeError("secret: postgresql://user:password@host")

    monkeypatch.setattr(resolver, "many", broken)
    served.service.store._documents.clear()
    answer = served.ask("{ institutions { totalCount } catalog { menus } }")
    assert answer["errors"][0]["message"] == "Internal error"
    assert answer["errors"][0]["extensions"] == {"code": "INTERNAL_ERROR"}
    assert answer["data"] == {"institutions": None, "catalog": {"menus": 0}}
    assert "secret" not in json.dumps(answer)
    database.dispose()


def test_a_database_that_is_away_is_said_to_be_away(tmp_path):
    from catalog.db.engine import open_database
    from catalog.errors import StorageError
    from tests.conftest import NOW
    from tests.served import serve

    served = serve(open_database("postgresql+psycopg://nobody@127.0.0.1:1/none"), tmp_path / "index", NOW)
    with pytest.raises(StorageError) as away:
        served.ask("{ catalog { menus revision } }")
    assert away.value.code == "DATABASE_UNREACHABLE"


def test_the_deadline_ends_a_request(seeded):
    from dataclasses import replace

    seeded.service = replace(seeded.service, request_seconds=0.0)
    answer = seeded.ask("{ credentials { edges { node { title } } } }")
    assert answer["errors"][0]["extensions"]["code"] == "DEADLINE_EXCEEDED"


def test_mutations_and_subscriptions_are_refused_while_there_are_none(ask):
    for text in ("mutation { __typename }", "subscription { a }"):
        response = ask(body={"query": text}, headers={"accept": RICH})
        assert (response.status_code, code(response)) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_a_profile_is_never_logged(ask, capsys):
    query = "query($p: ProfileInput, $s: SearchSort = RELEVANCE) { __schema { queryType { name } } credentials(profile: $p) { totalCount } search(sort: $s) { totalCount } }"
    response = ask(body={"query": query, "variables": {"p": {"birthYear": 1985, "region": "PRIVATE-REGION"}}})
    assert response.status_code == 200
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"SEARCH_UNAVAILABLE"}
    assert response.json()["data"]["__schema"] == {"queryType": {"name": "Query"}}
    shown = capsys.readouterr()
    assert "PRIVATE-REGION" not in shown.out + shown.err + response.text


def test_a_body_that_never_ends_is_given_up(ask, url, tmp_path):
    app = create_app(Settings(_env_file=None, database_url=url, search_url=str(tmp_path / "index"), request_seconds=0.2))

    async def drip():
        yield b"{"
        await anyio.sleep(5)

    async def go():
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        async with app.router.router.lifespan_context(app.router), client:
            return await client.post("/graphql", content=drip(), headers={"content-type": "application/json"})

    response = anyio.run(go)
    assert (response.status_code, code(response)) == (408, "BODY_TOO_SLOW")


def test_numbers_of_thousands_of_digits(ask):
    assert code(ask(body={"query": f"{{ credentials(first: {'9' * 5000}) {{ totalCount }} }}"})) == "DOCUMENT_TOO_LONG"


def test_forged_cursors(ask):
    from catalog.schema.paging import write_cursor

    epoch = ask(body={"query": "{ catalog { epoch } }"}).json()["data"]["catalog"]["epoch"]
    for key in ([2**63, 1], [2**31, 1], [True, True], ["1", 1], [None, 1], [1.5, 1], [1], [[1], 1]):
        answer = ask(
            body={"query": f'{{ changes(after: "{write_cursor(epoch, key)}") {{ epoch }} catalog {{ credentials }} }}'}
        )
        assert code(answer) == "PAGE_INVALID", key
        assert answer.json()["data"]["catalog"] == {"credentials": 0}
