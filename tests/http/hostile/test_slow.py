"""Clients that are slow, leave in the middle, never read, or never end their headers."""

import contextlib
import json
import socket
import struct
import time

import pytest

from catalog.http.protocol import HEAD_SECONDS
from tests.http.hostile.execution import OWN
from tests.http.hostile.request import document
from tests.http.hostile.serving import ALLOWANCE, serving
from tests.http.hostile.wire import connect, read
from tests.processes import read_log

HEAD = b"POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n"
CHUNKED = HEAD.replace(b"content-length: 100", b"transfer-encoding: chunked")
REQUEST_SECONDS = 1.0


@pytest.fixture(scope="module")
def hasty(sqlite_seed, tmp_path_factory):
    with serving(sqlite_seed, tmp_path_factory.mktemp("slow"), CATALOG_REQUEST_SECONDS=str(REQUEST_SECONDS)) as made:
        yield made


@pytest.mark.parametrize(
    ("head", "drip"),
    [(HEAD, b""), (HEAD, b" "), (CHUNKED, b""), (CHUNKED, b"1\r\n \r\n")],
    ids=["nothing", "byte by byte", "no chunk", "chunk by chunk"],
)
def test_a_slow_body_is_answered_when_its_time_is_over(hasty, head, drip):
    with connect(hasty.port) as channel:
        channel.sendall(head)
        begun = time.perf_counter()
        for _ in range(8):
            channel.sendall(drip)
            time.sleep(0.1)
        answer, body = read(channel)
        seconds = time.perf_counter() - begun
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert json.loads(body)["errors"][0]["extensions"]["code"] == "BODY_TOO_SLOW"
    assert 0.9 < seconds < REQUEST_SECONDS + 0.1 * ALLOWANCE


def test_many_slow_bodies_hold_nobody_up(hasty):
    channels = [connect(hasty.port) for _ in range(200)]
    for one in channels:
        one.sendall(HEAD)
    assert hasty.complaint(document("a question meanwhile", "", "{catalog{credentials}}")) is None
    for one in channels:
        assert read(one)[0].startswith(b"HTTP/1.1 408 ")
        one.close()


def leave(channel: socket.socket) -> None:
    """With a reset, as a process that is killed."""
    channel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    channel.close()


def test_clients_that_leave_in_the_middle_leave_nothing_behind(hasty):
    whole = document("a list", "", "{credentials(first:100){edges{node{id}}}}")
    for number in range(100):
        wire = whole.wire(number)
        for part in (wire[:20], wire[:-10], wire):
            channel = connect(hasty.port)
            channel.sendall(part)
            leave(channel)
    assert hasty.is_well()
    assert '"level":"error"' not in read_log(hasty.process)


def test_clients_that_never_read_do_not_fill_the_memory(hasty):
    before = hasty.megabytes()
    channels = []
    for number in range(40):
        channel = socket.socket()
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        channel.connect(("127.0.0.1", hasty.port))
        channel.sendall(document("much", "", OWN).wire(number))
        channels.append(channel)
    time.sleep(10)
    assert hasty.is_well()
    growth = hasty.megabytes() - before
    for channel in channels:
        leave(channel)
    assert growth < 100


def test_a_head_that_never_ends_is_given_up(hasty):
    with connect(hasty.port) as channel:
        channel.sendall(b"POST /graphql HTTP/1.1\r\nhost: a\r\n")
        channel.settimeout(HEAD_SECONDS + 5)
        answer = channel.recv(1_000)
    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (b"GET /graphql?query=", b"a" * 65_536),
        (b"GET /graphql HTTP/1.1\r\nx: ", b"a" * 65_536),
        (b"GET /graphql HTTP/1.1\r\n", b"x: a\r\n" * 10_000),
        (CHUNKED + b"0\r\nx: ", b"a" * 65_536),
    ],
    ids=["address", "one header", "many headers", "trailer"],
)
def test_a_head_without_bounds_is_cut_off(hasty, begin, more):
    """What lies in the sockets on both sides is some megabytes."""
    sent = 0
    with connect(hasty.port) as channel, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        channel.settimeout(5)
        channel.sendall(begin)
        while sent < 20_000_000:
            channel.sendall(more)
            sent += len(more)
    assert hasty.is_well()
    assert sent < 10_000_000
