"""Where connections may go, and that they go nowhere else."""

import socket
import time
from dataclasses import replace

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.fetch import fetch
from tests.ingest.fetching.serving import QUICK, Server, moved, outside, reply


@pytest.fixture
def connected(monkeypatch):
    """Every address that a connection is tried to; none is made but on 127.0.0.1."""
    tried = []
    real = socket.socket.connect

    def connect(self, address):
        tried.append(address)
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


def refused(address, world, hosts=frozenset(), limits=QUICK, **more):
    with pytest.raises(FetchFailed) as caught:
        fetch(address, limits, allowed_hosts=hosts, outside=world, **more)
    return caught.value


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[fd00:ec2::254]",
     "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "127.0.0.1.", "0.0.0.0", "①②⑦.⓪.⓪.①", "100.64.1.1", "255.255.255.255"],
)  # fmt: skip
def test_an_address_of_the_inside_is_not_even_looked_up(host, connected):
    world = outside()
    assert refused(f"http://{host}/feed", world).code == "ADDRESS_FORBIDDEN"
    assert world.resolve.calls == []
    assert connected == []


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["::1"],
        ["10.1.2.3"],
        ["fe80::1%2"],
        ["::ffff:10.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["2606:4700::1111", "fd00::1"],
    ],
)
def test_a_name_that_leads_inside_is_forbidden_even_with_one_of_its_addresses(answers, connected):
    world = outside({"feeds.example.org": answers})
    failure = refused("https://feeds.example.org/feed?token=s3cret", world)
    assert failure.code == "ADDRESS_FORBIDDEN"
    assert failure.message == (
        "https://feeds.example.org/feed: the host is inside a network, not on the public internet; CATALOG_FEED_HOSTS can name it"
    )
    assert connected == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(connected):
    world = outside({"feeds.example.org": [["8.8.8.8", "2606:4700::1111"], ["127.0.0.1"]]})
    assert refused("http://feeds.example.org/", world).code == "FETCH_UNREACHABLE"
    assert world.resolve.calls == [("feeds.example.org", 80)]
    assert connected == [("8.8.8.8", 80), ("2606:4700::1111", 80)]


def test_a_mapped_address_is_connected_to_as_ipv4(connected):
    refused("http://feeds.example.org:8080/", outside({"feeds.example.org": ["::ffff:8.8.8.8"]}))
    assert connected == [("8.8.8.8", 8080)]


def test_the_name_is_checked_anew_at_every_redirect(connected):
    """A name that was public, or named, a moment ago is nothing to go by."""
    with Server(lambda _asked: moved("http://feeds.example.org:8080/inside")) as server:
        world = outside({"feeds.example.org": ["127.0.0.1"]})
        failure = refused(server.at(), world, server.hosts)
    assert failure.code == "ADDRESS_FORBIDDEN"
    assert connected == [("127.0.0.1", server.port)]


def test_rebinding_between_two_stops_of_one_host(connected):
    def answer(asked):
        return moved("/second") if asked.target == "/first" else reply(b"inside")

    with Server(answer) as server:
        name = f"feeds.example.org:{server.port}"
        world = outside({"feeds.example.org": [["127.0.0.1"], ["169.254.169.254"]]})
        failure = refused(server.at("/first", "feeds.example.org"), world, frozenset({name}))
    assert failure.code == "ADDRESS_FORBIDDEN"
    assert world.resolve.calls == [("feeds.example.org", server.port)] * 2
    assert connected == [("127.0.0.1", server.port)]


@pytest.mark.parametrize(
    "where",
    ["http://127.0.0.1:{other}/", "http://169.254.169.254/latest/meta-data/", "//localhost:{other}/", "http://0x7f.1/", "file:///etc/passwd",
     "http://[::1]:{other}/", "http://user:pass@127.0.0.1:{other}/", "gopher://127.0.0.1:{other}/_x", "http://127.0.0.1:22/", "http://2130706433/"],
)  # fmt: skip
def test_redirects_inside_are_refused(where):
    with Server(lambda _asked: reply(b"inside")) as other:
        with Server(lambda _asked: moved(where.format(other=other.port))) as server:
            failure = refused(server.at(), outside({"localhost": ["127.0.0.1"]}), server.hosts)
        assert failure.code in ("ADDRESS_FORBIDDEN", "ADDRESS_INVALID")
        assert other.asked == []


def test_named_hosts_may_be_inside():
    with Server(lambda _asked: reply(b"hello")) as server:
        world = outside({"feeds.intranet": ["127.0.0.1"]})
        for hosts in ({"feeds.intranet"}, {f"feeds.intranet:{server.port}"}, {" Feeds.Intranet ", "x"}):
            found = fetch(server.at("/", "feeds.intranet"), QUICK, allowed_hosts=frozenset(hosts), outside=world)
            assert found.data == b"hello"
    assert [one.headers["host"] for one in server.asked] == [f"feeds.intranet:{server.port}"] * 3


def test_a_host_that_is_named_with_a_port_is_named_with_that_port_only():
    with Server(lambda _asked: reply(b"hello")) as server:
        failure = refused(
            server.at(), outside(), frozenset({f"127.0.0.1:{server.port + 1}", "0.0.1", "1:" + str(server.port)})
        )
    assert failure.code == "ADDRESS_FORBIDDEN"
    assert server.asked == []


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:a9fe:a9fe", "fd00:ec2::254", "168.63.129.16"])
def test_even_named_hosts_are_never_where_machines_are_told_their_secrets(address, connected):
    world = outside({"feeds.intranet": [address]})
    assert refused("http://feeds.intranet/", world, frozenset({"feeds.intranet"})).code == "ADDRESS_FORBIDDEN"
    assert connected == []


@pytest.mark.parametrize("port", [22, 25, 81, 445, 1023, 3306, 5432, 6379, 9200, 11211, 27017, 2375, 6667, 10250])
def test_ports_of_other_services_are_not_asked(port, connected):
    assert refused(f"http://8.8.8.8:{port}/", outside()).code == "ADDRESS_FORBIDDEN"
    assert connected == []


@pytest.mark.parametrize("port", [80, 443, 8000, 8080, 8443, 18010, 65535])
def test_ports_that_are(port, connected):
    assert refused(f"http://8.8.8.8:{port}/", outside()).code == "FETCH_UNREACHABLE"
    assert connected == [("8.8.8.8", port)]


def test_a_port_that_is_named_with_its_host_is_asked(connected):
    refused("http://feeds.intranet:22/", outside({"feeds.intranet": ["8.8.8.8"]}), frozenset({"feeds.intranet:22"}))
    assert connected == [("8.8.8.8", 22)]


def test_an_unknown_host():
    failure = refused("http://nowhere.example/a?b=c", outside())
    assert (failure.code, failure.message) == ("FETCH_UNREACHABLE", "http://nowhere.example/a: there is no such host")
    assert refused("http://nowhere.example/", outside({"nowhere.example": []})).code == "FETCH_UNREACHABLE"
    assert refused("http://nowhere.example/", outside({"nowhere.example": ["what?"]})).code == "FETCH_UNREACHABLE"


def test_a_look_up_that_does_not_end_is_not_waited_for():
    def hang(_host, _port):
        time.sleep(1.5)
        return ["127.0.0.1"]

    began = time.monotonic()
    failure = refused("http://slow.example/", replace(outside(), resolve=hang), limits=replace(QUICK, connect_seconds=0.1))
    assert time.monotonic() - began < 1.2
    assert (failure.code, failure.message) == ("FETCH_TIMEOUT", "http://slow.example/: there was no connection within 0.1 s")


def test_the_first_address_that_answers_is_taken():
    with Server(lambda _asked: reply(b"hello")) as server:
        world = outside({"feeds.intranet": ["127.0.0.3", "127.0.0.1"]})
        found = fetch(server.at("/", "feeds.intranet"), QUICK, allowed_hosts=frozenset({"feeds.intranet"}), outside=world)
    assert found.data == b"hello"


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    with Server(lambda _asked: reply(b"proxied")) as proxy, Server(lambda _asked: reply(b"direct")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        assert fetch(server.at(), QUICK, allowed_hosts=server.hosts).data == b"direct"
        assert proxy.asked == []
