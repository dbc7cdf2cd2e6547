from dataclasses import replace
from datetime import UTC, datetime

import pytest

from catalog.errors import CatalogError, FetchFailed, StorageError
from catalog.ingest.fetching.answer import Outcome, Validators, digest_of
from catalog.ingest.fetching.fetch import fetch
from tests.ingest.fetching.serving import QUICK, Server, moved, outside, reply


def fetched(server, target="/", **more):
    return fetch(server.at(target), QUICK, allowed_hosts=server.hosts, **more)


def refused(server, target="/", limits=QUICK, **more):
    with pytest.raises(FetchFailed) as caught:
        fetch(server.at(target), limits, allowed_hosts=server.hosts, **more)
    return caught.value


def test_an_answer_and_what_is_known_of_it():
    headers = {
        "Content-Type": 'Application/LD+JSON; profile="x"; charset="UTF-8"',
        "X-Robots-Tag": "noindex",
        "Set-Cookie": "a=b",
    }
    with Server(lambda _asked: reply(b'{"a": 1}', headers=headers)) as server:
        found = fetched(server, "/feed?x=1#part")
    assert found.outcome is Outcome.FETCHED
    assert found.is_modified
    assert found.address == server.at("/feed?x=1")
    assert found.data == b'{"a": 1}'
    assert (found.media_type, found.charset, found.robots) == ("application/ld+json", "utf-8", ("noindex",))
    assert (found.validators, found.wire_bytes, found.parts) == (None, 8, 1)


def test_what_is_sent():
    with Server(lambda _asked: reply()) as server:
        fetched(server, "/é?q=a b", headers={"Authorization": "Bearer x", "accept": "text/csv"})
    (asked,) = server.asked
    assert asked.line == "GET /%C3%A9?q=a%20b HTTP/1.1"
    assert asked.headers == {
        "host": server.host,
        "connection": "close",
        "user-agent": "catalog-bc",
        "accept": "text/csv",
        "authorization": "Bearer x",
        "accept-encoding": "gzip, deflate",
    }


@pytest.mark.parametrize(
    "headers",
    [{"Host": "x"}, {"host": "x"}, {"Accept-Encoding": "br"}, {"Transfer-Encoding": "chunked"}, {"A": "s3cret\r\nB: c"}, {"A": "s3cret\nx"},
     {"A b": "s3cret"}, {"": "s3cret"}, {"A": ""}, {"A": "s3cré"}, {"A": "1", "a": "s3cret"}, {"A": "s3cret" * 2_000}, {"If-None-Match": "x"}],
)  # fmt: skip
def test_headers_that_cannot_be_sent(headers):
    with Server(lambda _asked: reply()) as server:
        with pytest.raises(StorageError) as caught:
            fetched(server, headers=headers)
        assert server.asked == []
    assert caught.value.code == "SETTING_INVALID"
    assert "s3cr" not in str(caught.value)


def test_what_has_not_changed_is_not_sent_again():
    def answer(asked):
        if asked.headers.get("if-none-match") == '"v1"':
            return reply(b"", 304, length=False)
        return reply(b"hello", headers={"ETag": '"v1"', "Last-Modified": "Tue, 01 Sep 2026 08:00:00 GMT"})

    with Server(answer) as server:
        first = fetched(server)
        second = fetched(server, validators=first.validators)
    assert first.validators == Validators(digest_of(server.at("/")), '"v1"', "Tue, 01 Sep 2026 08:00:00 GMT")
    assert (second.outcome, second.data, second.validators) == (Outcome.NOT_MODIFIED, b"", first.validators)
    assert not second.is_modified
    assert server.asked[1].headers["if-modified-since"] == "Tue, 01 Sep 2026 08:00:00 GMT"
    assert "if-none-match" not in server.asked[0].headers


def test_validators_of_another_address_ask_for_nothing():
    """A redirect that leads elsewhere today would be asked for another page's date, and say "not modified" for ever."""

    def answer(asked):
        if asked.target == "/feed":
            return moved("/old" if len(server.asked) == 1 else "/new")
        return reply(b"hello", headers={"Last-Modified": "Tue, 01 Sep 2026 08:00:00 GMT"})

    with Server(answer) as server:
        first = fetched(server, "/feed")
        second = fetched(server, "/feed", validators=first.validators)
    assert second.is_modified
    assert server.targets() == ["/feed", "/old", "/feed", "/new"]
    assert all("if-modified-since" not in asked.headers for asked in server.asked)


def test_not_modified_that_nobody_asked_about_is_refused():
    with Server(lambda _asked: reply(b"", 304, length=False)) as server:
        assert refused(server).code == "FETCH_STATUS"


@pytest.mark.parametrize("bad", ["x" * 500, "a\tb", "é"])
def test_validators_that_cannot_be_sent_back_are_not_kept(bad):
    with Server(lambda _asked: reply(b"hello", headers={"ETag": bad})) as server:
        assert fetched(server).validators is None


@pytest.mark.parametrize("status", [204, 206, 300, 305, 400, 401, 403, 404, 410, 418, 500, 502, 599, 999])
def test_other_answers_are_told_with_their_number(status):
    with Server(lambda _asked: reply(b"secret words", status, {"Retry-After": "5"})) as server:
        failure = refused(server, "/feed?token=s3cret")
    assert (failure.code, failure.message) == ("FETCH_STATUS", f"{server.at('/feed')}: it answered {status}")
    assert failure.details == {"status": status}
    assert isinstance(failure, CatalogError)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120.0), (" 7 ", 7.0), ("999999999", 604_800.0), ("Tue, 01 Sep 2026 08:02:00 GMT", 120.0),
     ("Tue, 01 Sep 2026 07:00:00 GMT", 0.0), ("Fri, 31 Dec 9999 23:59:59 GMT", 604_800.0)],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_how_long_a_server_wants_to_be_left_alone(status, said, seconds):
    world = outside(now=lambda: datetime(2026, 9, 1, 8, tzinfo=UTC))
    with Server(lambda _asked: reply(b"", status, {"Retry-After": said})) as server:
        assert refused(server, outside=world).details == {"status": status, "retry_after_seconds": seconds}


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e9", "1.5", "Tue, 99 Sep 2026 08:02:00 GMT", "9" * 30, "²"])
def test_a_wait_that_cannot_be_read_is_left_out(said):
    with Server(lambda _asked: reply(b"", 503, {"Retry-After": said})) as server:
        assert refused(server).details == {"status": 503}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("text/csv", ("text/csv", None)),
        ("text/html;charset=windows-1252", ("text/html", "windows-1252")),
        ("text/html; CHARSET = 'latin1' ; x", ("text/html", "latin1")),
        ("", (None, None)),
        ("nonsense; charset=", (None, None)),
        ("a/b/c", (None, None)),
        ("text/<script>; charset=<x>", (None, None)),
    ],
)
def test_media_type_and_charset(stated, expected):
    with Server(lambda _asked: reply(b"x", headers={"Content-Type": stated})) as server:
        found = fetched(server)
    assert (found.media_type, found.charset) == expected


@pytest.mark.parametrize(
    "sent",
    [b"", b"hello\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
     b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx", b"SSH-2.0-OpenSSH_9\r\n", b"\0" * 100],
)  # fmt: skip
def test_what_is_no_http_or_ends_early(sent):
    with Server(lambda _asked: sent) as server:
        assert refused(server).code == "FETCH_UNREACHABLE"


def test_an_upgrade_is_not_taken():
    with Server(lambda _asked: b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n") as server:
        assert refused(server).code in ("FETCH_STATUS", "FETCH_UNREACHABLE")


def test_an_answer_until_the_connection_ends():
    with Server(lambda _asked: b"HTTP/1.0 200 OK\r\n\r\nhello") as server:
        assert fetched(server).data == b"hello"


def test_an_answer_in_chunks_after_early_hints():
    sent = b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n"
    with Server(lambda _asked: [sent[i : i + 1] for i in range(len(sent))]) as server:
        assert fetched(server).data == b"hello"


def test_nobody_there():
    with Server(lambda _asked: reply()) as server:
        pass
    failure = refused(server)
    assert (failure.code, failure.message) == ("FETCH_UNREACHABLE", f"{server.at('/')}: no connection could be made")


def test_two_fetches_share_nothing():
    """No cookies, no connection."""
    with Server(lambda _asked: reply(b"x", headers={"Set-Cookie": "session=1"})) as server:
        fetched(server)
        fetched(server)
    assert all("cookie" not in asked.headers for asked in server.asked)


def test_limits_are_values():
    assert replace(QUICK, redirects=1).redirects == 1
