import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.fetch import fetch
from tests.ingest.fetching.serving import QUICK, Server, moved, outside, reply

SECRETS = {
    "Authorization": "Bearer s3cret",
    "X-Api-Key": "s3cret",
    "Cookie": "s3cret",
    "Accept": "text/csv",
    "User-Agent": "someone/1",
}


def refused(server, target="/", **more):
    with pytest.raises(FetchFailed) as caught:
        fetch(server.at(target), QUICK, allowed_hosts=server.hosts, **more)
    return caught.value


def counting(asked):
    number = int(asked.target[1:] or 0)
    return moved(f"/{number + 1}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(status):
    with Server(lambda asked: moved("/there?x=1", status) if asked.target == "/" else reply(b"there")) as server:
        found = fetch(server.at(), QUICK, allowed_hosts=server.hosts)
    assert (found.data, found.address) == (b"there", server.at("/there?x=1"))


def test_five_are_followed_and_no_more():
    with Server(lambda asked: reply(b"x") if asked.target == "/5" else counting(asked)) as server:
        assert fetch(server.at("/0"), QUICK, allowed_hosts=server.hosts).data == b"x"
    with Server(counting) as server:
        failure = refused(server, "/0")
    assert (failure.code, failure.message) == ("FETCH_REDIRECTS", f"{server.at('/6')}: there were more than 5 redirects")
    assert server.targets() == ["/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize("where", ["/", "", "#x", "/a"])
def test_a_circle_is_noticed_at_once(where):
    with Server(lambda asked: moved("/" if asked.target == "/a" else where)) as server:
        failure = refused(server)
    assert (failure.code, "in a circle" in failure.message) == ("FETCH_REDIRECTS", True)
    assert len(server.asked) <= 2


@pytest.mark.parametrize("headers", [b"", b"Location: /a\r\nLocation: /b\r\n"])
def test_a_redirect_that_does_not_say_where(headers):
    with Server(lambda _asked: b"HTTP/1.1 302 Found\r\n" + headers + b"Content-Length: 0\r\n\r\n") as server:
        failure = refused(server)
    assert (failure.code, failure.message) == (
        "FETCH_REDIRECTS",
        f"{server.at()}: it answered 302 without saying where to go",
    )


def test_a_redirect_in_letters_that_are_not_ascii():
    with Server(lambda asked: moved("/caf\u00c3\u00a9") if asked.target == "/" else reply(b"x")) as server:
        fetch(server.at(), QUICK, allowed_hosts=server.hosts)
    assert server.targets() == ["/", "/caf%C3%A9"]


def test_secrets_stay_with_the_server_that_the_address_names():
    with (
        Server(lambda _asked: reply(b"x")) as other,
        Server(lambda asked: moved("/here") if asked.target == "/" else moved(other.at("/there"))) as server,
    ):
        fetch(server.at(), QUICK, headers=SECRETS, allowed_hosts=server.hosts | other.hosts)
    assert [one.headers["authorization"] for one in server.asked] == ["Bearer s3cret"] * 2
    assert {name: other.asked[0].headers.get(name) for name in ("accept", "user-agent")} == {
        "accept": "text/csv",
        "user-agent": "someone/1",
    }
    assert "s3cret" not in str(other.asked[0])


def test_secrets_do_not_come_back_after_another_server_was_asked():
    with (
        Server(lambda _asked: moved(server.at("/back"))) as other,
        Server(lambda asked: moved(other.at("/there")) if asked.target == "/" else reply(b"x")) as server,
    ):
        fetch(server.at(), QUICK, headers=SECRETS, allowed_hosts=server.hosts | other.hosts)
    assert [one.headers.get("x-api-key") for one in server.asked] == ["s3cret", None]


def test_the_same_host_by_another_name_is_another_server():
    world = outside({"feeds.intranet": ["127.0.0.1"]})
    with Server(
        lambda asked: moved(server.at("/there", "feeds.intranet")) if asked.target == "/" else reply(b"x")
    ) as server:
        hosts = server.hosts | {"feeds.intranet"}
        fetch(server.at(), QUICK, headers=SECRETS, allowed_hosts=hosts, outside=world)
    assert [one.headers.get("cookie") for one in server.asked] == ["s3cret", None]


def test_who_asks_can_forbid_where_a_redirect_leads():
    with Server(lambda _asked: moved("http://elsewhere.example/a?token=s3cret")) as server:
        failure = refused(server, accepts=lambda there: there.host == "127.0.0.1")
    assert (failure.code, failure.message) == (
        "FETCH_REDIRECTS",
        f"{server.at()}: it redirects to http://elsewhere.example/a, where it must not lead",
    )


def test_a_failure_behind_a_redirect_names_where_it_was():
    with Server(lambda asked: moved("/gone?token=s3cret") if asked.target == "/" else reply(b"", 410)) as server:
        assert refused(server).message == f"{server.at('/gone')}: it answered 410"
