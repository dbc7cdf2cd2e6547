import shutil
import socket
import ssl
import subprocess
import threading
from dataclasses import replace

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.fetch import fetch
from catalog.ingest.fetching.outside import trusted_context
from tests.ingest.fetching.serving import QUICK, Server, moved, outside, reply

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """For feeds.example.org, signed by itself; valid for two days."""
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=feeds.example.org", "-addext", "subjectAltName=DNS:feeds.example.org,IP:127.0.0.1",
            "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    return folder


@pytest.fixture
def secured(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    return context


@pytest.fixture
def world(certificate):
    def trust():
        return ssl.create_default_context(cafile=str(certificate / "certificate.pem"))

    names = {name: ["127.0.0.1"] for name in ("feeds.example.org", "other.example.org")}
    return replace(outside(names), trust=trust)


def fetched(server, world, host="feeds.example.org", target="/", **more):
    hosts = frozenset({"feeds.example.org", "other.example.org", "127.0.0.1"})
    return fetch(server.at(target, host), QUICK, allowed_hosts=hosts, outside=world, **more)


def refused(server, world, host="feeds.example.org", **more):
    with pytest.raises(FetchFailed) as caught:
        fetched(server, world, host, **more)
    return caught.value


def test_a_certificate_for_the_name_is_accepted_though_a_number_is_connected_to(secured, world):
    with Server(lambda _asked: reply(b"hello"), secured) as server:
        assert fetched(server, world).data == b"hello"
        assert fetched(server, world, "127.0.0.1").data == b"hello"
    assert server.asked[0].headers["host"] == f"feeds.example.org:{server.port}"


def test_the_server_is_told_the_name(secured, world):
    told = []
    secured.sni_callback = lambda _socket, name, _context: told.append(name)
    with Server(lambda _asked: reply(b"hello"), secured) as server:
        fetched(server, world)
    assert told == ["feeds.example.org"]


def test_a_certificate_for_another_name_is_not(secured, world):
    with Server(lambda _asked: reply(b"hello"), secured) as server:
        failure = refused(server, world, "other.example.org")
        assert server.asked == []
    assert failure.code == "FETCH_TLS"
    assert "Hostname mismatch" in failure.message


def test_a_certificate_that_nobody_trusts_is_not(secured, world):
    with Server(lambda _asked: reply(b"hello"), secured) as server:
        failure = refused(server, replace(world, trust=trusted_context))
        assert server.asked == []
    assert failure.code == "FETCH_TLS"
    assert "self-signed certificate" in failure.message


def test_old_tls_is_not_spoken(certificate, world):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1 "):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with Server(lambda _asked: reply(b"hello"), context) as server:
        assert refused(server, world).code == "FETCH_TLS"


def test_a_server_without_tls(world):
    """It says nothing before it has read a whole head, which never comes."""
    hurried = replace(QUICK, connect_seconds=0.15)
    with Server(lambda _asked: reply(b"hello")) as server, pytest.raises(FetchFailed) as caught:
        fetch(f"https://127.0.0.1:{server.port}/", hurried, allowed_hosts=server.hosts, outside=world)
    assert caught.value.code == "FETCH_TIMEOUT"


def test_a_server_that_answers_tls_with_words(world):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk():
            connection, _ = listening.accept()
            with connection:
                connection.sendall(reply(b"hello"))
                connection.recv(65_536)

        thread = threading.Thread(target=talk)
        thread.start()
        with pytest.raises(FetchFailed) as caught:
            fetch(
                f"https://127.0.0.1:{listening.getsockname()[1]}/",
                QUICK,
                allowed_hosts=frozenset({"127.0.0.1"}),
                outside=world,
            )
        thread.join()
    assert caught.value.code == "FETCH_TLS"


def test_an_agreement_that_is_never_reached_ends_in_time(world):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        done = threading.Event()

        def drip():
            connection, _ = listening.accept()
            with connection:
                connection.recv(1)
                done.wait(2)

        thread = threading.Thread(target=drip)
        thread.start()
        address = f"https://127.0.0.1:{listening.getsockname()[1]}/"
        limits = replace(QUICK, connect_seconds=0.15)
        with pytest.raises(FetchFailed) as caught:
            fetch(address, limits, allowed_hosts=frozenset({"127.0.0.1"}), outside=world)
        done.set()
        thread.join()
    assert (caught.value.code, "no connection within 0.15 s" in caught.value.message) == ("FETCH_TIMEOUT", True)


def test_from_https_to_http_nobody_is_led(secured, world):
    with Server(lambda _asked: reply(b"hello")) as plain:
        with Server(lambda _asked: moved(plain.at("/", "feeds.example.org")), secured) as server:
            failure = refused(server, world)
        assert plain.asked == []
    assert (failure.code, "from https to http" in failure.message) == ("FETCH_REDIRECTS", True)


def test_from_http_to_https_without_the_secrets(secured, world):
    with (
        Server(lambda _asked: reply(b"hello"), secured) as server,
        Server(lambda _asked: moved(server.at("/", "feeds.example.org"))) as plain,
    ):
        assert fetched(plain, world, headers={"Authorization": "s3cret"}).data == b"hello"
    assert "authorization" in plain.asked[0].headers
    assert "authorization" not in server.asked[0].headers


def test_authorities_are_those_of_certifi():
    context = trusted_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert len(context.get_ca_certs()) > 50
