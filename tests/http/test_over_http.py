"""What browsers, proxies and clients rely on: ETags, compression, origins, cookies, request ids, rates, persisted queries."""

import gzip
import json

import httpx
import pytest

from catalog.app import create_app
from catalog.publishing.apply import apply_records
from catalog.runtime.operation import hash_of
from catalog.settings import Settings
from tests.conftest import NOW
from tests.http.asking import Asked
from tests.records import SOURCE, credential, institution

LONG = "{ credentials(first: 100) { edges { cursor node { id slug title kind } } } }"
SHORT = "{ catalog { credentials } }"
RICH = "application/graphql-response+json"


def persisted(text, digest=None):
    return json.dumps({"persistedQuery": {"version": 1, "sha256Hash": digest or hash_of(text)}})


def code(answer):
    return answer.json()["errors"][0]["extensions"]["code"]


@pytest.fixture
def asked(database, tmp_path):
    records = [institution(), *(credential(f"c{number}") for number in range(30))]
    apply_records(database, records, SOURCE, lambda: NOW)
    with Asked(database, tmp_path / "index", NOW).open() as opened:
        yield opened


def test_get_answers_have_an_etag_and_are_answered_304(asked):
    first = asked.get(SHORT)
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert first.headers["vary"] == "Accept, Accept-Encoding"
    for stated in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = asked.get(SHORT, headers={"if-none-match": stated})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    for stated in ('"other"', "W/", 'W/""', "x" + etag[3:-1] + "x"):
        assert asked.get(SHORT, headers={"if-none-match": stated}).status_code == 200


def test_post_answers_are_for_nobody_else_to_keep(asked):
    for _ in range(2):
        answer = asked.post(SHORT, headers={"if-none-match": "*"})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in answer.headers


def test_refused_questions_are_not_kept_by_anybody(asked):
    answer = asked.get("{ nothing }")
    assert (answer.headers["cache-control"], "etag" in answer.headers) == ("no-store", False)


def test_long_answers_are_compressed_for_those_who_take_it(asked):
    plain = asked.post(LONG, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for stated in ("gzip", "br;q=1.0, gzip;q=0.8"):
        for _ in range(2):
            answer = asked.post(LONG, headers={"accept-encoding": stated})
            assert answer.headers["content-encoding"] == "gzip"
            assert answer.content == plain.content  # httpx has unpacked it
            assert int(answer.headers["content-length"]) < len(plain.content) / 3
    for stated in ("gzip;q=0", "br"):
        assert "content-encoding" not in asked.post(LONG, headers={"accept-encoding": stated}).headers
    assert "content-encoding" not in asked.post(SHORT, headers={"accept-encoding": "gzip"}).headers
    assert gzip.decompress(gzip.compress(plain.content)) == plain.content


def test_cookies_are_neither_read_nor_set(asked):
    answer = asked.post(SHORT, headers={"cookie": "session=somebody"})
    assert (answer.status_code, asked.cache) == (200, "miss")
    assert "set-cookie" not in answer.headers
    asked.post(SHORT)
    assert asked.cache == "hit"  # with or without cookies it is the same question


def test_a_request_has_an_id_in_answer_and_log(asked):
    given = asked.post(SHORT, headers={"x-request-id": "front-end-42"})
    assert given.headers["x-request-id"] == asked.log.lines[-1]["id"] == "front-end-42"
    for harmful in ("a b", "x" * 65, "short", '{"id": 1}'):
        made = asked.post(SHORT, headers={"x-request-id": harmful}).headers["x-request-id"]
        assert made == asked.log.lines[-1]["id"]
        assert len(made) == 16
        assert made != harmful


def test_apollos_way_with_persisted_queries(asked):
    unknown = asked.get(None, extensions=persisted(SHORT))
    assert (unknown.status_code, code(unknown)) == (200, "PERSISTED_QUERY_NOT_FOUND")
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert asked.get(None, extensions=persisted(SHORT), headers={"accept": RICH}).status_code == 400
    registered = asked.post(SHORT, extensions=json.loads(persisted(SHORT)))
    assert registered.json()["data"] == {"catalog": {"credentials": 30}}
    for expected in ("miss", "hit"):
        assert asked.get(None, extensions=persisted(SHORT)).json() == registered.json()
        assert asked.cache == expected
    assert asked.get(None, documentId=f"sha256:{hash_of(SHORT)}").json() == registered.json()


def test_what_is_asked_by_hash_is_kept_however_long_ago_it_was_registered(asked, monkeypatch):
    monkeypatch.setattr("catalog.http.persisted.LOOK_SECONDS", 0.0)
    asked.post(LONG, extensions=json.loads(persisted(LONG)))
    for expected in ("miss", "hit", "hit"):
        asked.get(None, extensions=persisted(LONG))
        assert asked.cache == expected


def test_a_hash_that_is_none_of_the_query_registers_nothing(asked):
    answer = asked.post(SHORT, extensions=json.loads(persisted(SHORT, hash_of("{ other }"))))
    assert code(answer) == "PERSISTED_QUERY_MISMATCH"
    assert code(asked.get(None, extensions=persisted("", hash_of("{ other }")))) == "PERSISTED_QUERY_NOT_FOUND"


def test_an_invalid_document_is_not_registered(asked):
    asked.post("{ nothing }", extensions=json.loads(persisted("{ nothing }")))
    assert code(asked.get(None, extensions=persisted("{ nothing }"))) == "PERSISTED_QUERY_NOT_FOUND"


def test_registered_documents_are_bounded(asked, monkeypatch):
    monkeypatch.setattr("catalog.http.persisted.MOST_CHARACTERS", 8 * 437)
    texts = [f"query Q{number} {{ catalog {{ credentials }} }}" for number in range(20)]
    for text in texts:
        asked.post(text, extensions=json.loads(persisted(text)))
    known = [asked.get(None, extensions=persisted(text)).json().get("data") is not None for text in texts]
    assert known == [False] * 12 + [True] * 8


def test_what_tells_of_a_person_is_refused_by_get_before_its_document_is_known(asked):
    variables = {"filter": {"near": {"latitude": 48, "longitude": -123, "km": 5}}}
    answer = asked.get(None, variables, extensions=persisted("{ not known }"))
    assert code(answer) == "PROFILE_NEEDS_POST"


def test_too_many_requests_are_told_when_to_come_back(database, tmp_path):
    with Asked(database, tmp_path / "index", NOW, rate_per_minute=60).open() as asked:
        answers = [asked.post(SHORT) for _ in range(12)]
        assert [one.status_code for one in answers] == [200] * 10 + [429] * 2
        refused = answers[-1]
        assert (code(refused), refused.headers["retry-after"]) == ("RATE_LIMITED", "1")
        assert asked.log.lines[-1]["codes"] == ["RATE_LIMITED"]
        assert asked.post(SHORT, headers={"accept": RICH}).status_code == 429


def test_what_hangs_on_the_clock_is_asked_for_again_and_the_rest_may_rest(database, tmp_path):
    apply_records(database, [institution(), credential("a")], SOURCE, lambda: NOW)
    with Asked(database, tmp_path / "index", NOW, max_age_seconds=60).open() as asked:
        for _ in range(2):
            assert asked.get(LONG).headers["cache-control"] == "public, max-age=60, must-revalidate"
            timed = asked.get("{ credentials { edges { node { status } } } }")
            assert timed.headers["cache-control"] == "public, max-age=0, must-revalidate"


def test_settings_of_pages_variables_addresses_and_cost_are_obeyed(database, tmp_path):
    few = {"page_size": 2, "variables_bytes": 100, "address_bytes": 1_024, "cost": 100, "body_bytes": 2_000}
    with Asked(database, tmp_path / "index", NOW, **few).open() as asked:
        assert code(asked.post("{ credentials(first: 3) { totalCount } }")) == "PAGE_INVALID"
        assert code(asked.post(SHORT, {"a": "x" * 100})) == "VARIABLES_TOO_LARGE"
        assert code(asked.get(SHORT + " " * 1_100)) == "ADDRESS_TOO_LONG"
        assert code(asked.post(SHORT + " " * 2_100)) == "BODY_TOO_LARGE"
        assert (
            code(
                asked.post(
                    "{ skills(first: 2) { edges { node { id code scheme label history { edges { node { version } } } } } } }"
                )
            )
            == "COST_TOO_HIGH"
        )


def test_a_full_server_says_so(database, tmp_path):
    with Asked(database, tmp_path / "index", NOW, request_queue=1).open() as asked:
        asked.endpoint._threads.busy = 1
        answer = asked.post(SHORT)
        assert (answer.status_code, code(answer), answer.headers["retry-after"]) == (503, "SERVER_BUSY", "1")
        asked.endpoint._threads.busy = 0
        assert asked.post(SHORT).status_code == 200


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [("*", "https://a.example", "*"), ("https://b.example, https://a.example", "https://a.example", "https://a.example")],
)
def test_origins_that_may_ask(sqlite_url, tmp_path, origins, origin, allowed):
    app = create_app(
        Settings(_env_file=None, database_url=sqlite_url, search_url=str(tmp_path / "index"), cors_origins=origins)
    )
    ask = asking(app)
    answer = ask("POST", json={"query": SHORT}, headers={"origin": origin})
    assert answer.headers["access-control-allow-origin"] == allowed
    assert answer.headers["access-control-expose-headers"] == "etag, retry-after, x-request-id"
    assert "access-control-allow-credentials" not in answer.headers
    asked_before = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    before = ask("OPTIONS", headers=asked_before)
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, allowed)
    assert before.headers["access-control-allow-methods"] == "GET, POST"
    stranger = ask("POST", json={"query": SHORT}, headers={"origin": "https://evil.example"})
    assert stranger.headers.get("access-control-allow-origin") == ("*" if origins == "*" else None)


def asking(app):
    import anyio

    def ask(method, **options):
        async def go():
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
            async with app.router.router.lifespan_context(app.router), client:
                return await client.request(method, "/graphql", **options)

        return anyio.run(go)

    return ask
