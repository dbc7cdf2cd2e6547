"""Servers that send too much, too slowly, or something that grows when it is unpacked."""

import gzip
import time
import tracemalloc
import zlib
from dataclasses import replace
from functools import partial

import pytest

from catalog.errors import FetchFailed
from catalog.ingest.fetching.fetch import fetch
from tests.ingest.fetching.serving import QUICK, Server, moved, reply

gzipped = partial(gzip.compress, mtime=0)
"""The same bytes each time, so that tests are named alike in every process."""

OK = b"HTTP/1.1 200 OK\r\n"
LITTLE = replace(QUICK, wire_bytes=100_000, body_bytes=200_000, header_bytes=4_000)
HURRIED = replace(QUICK, total_seconds=0.25)


def refused(answer, limits=LITTLE):
    with Server(answer) as server, pytest.raises(FetchFailed) as caught:
        fetch(server.at(), limits, allowed_hosts=server.hosts)
    return caught.value


def fetched(answer, limits=LITTLE):
    with Server(answer) as server:
        return fetch(server.at(), limits, allowed_hosts=server.hosts)


def for_ever(piece, first=b"", pause=0.0):
    def answer(_asked):
        yield first
        while True:
            yield piece
            time.sleep(pause)

    return answer


def packed(data, coding="gzip", **more):
    return reply(data, headers={"Content-Encoding": coding, **more})


def test_an_answer_of_the_allowed_size():
    assert len(fetched(lambda _asked: reply(b"x" * 100_000)).data) == 100_000
    assert len(fetched(lambda _asked: OK + b"\r\n" + b"x" * 100_000).data) == 100_000


def test_an_answer_that_says_that_it_is_too_large_is_not_read():
    failure = refused(for_ever(b"", OK + b"Content-Length: 100001\r\n\r\n", 0.05))
    assert (failure.code, failure.message.partition(": ")[2]) == (
        "FETCH_TOO_LARGE",
        "the answer has 100001 bytes; 100000 are taken",
    )


@pytest.mark.parametrize(
    "answer",
    [
        for_ever(b"x" * 10_000, OK + b"\r\n"),
        for_ever(b"2710\r\n" + b"x" * 10_000 + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"),
    ],
)
def test_an_answer_without_end(answer):
    failure = refused(answer)
    assert (failure.code, failure.message.partition(": ")[2]) == ("FETCH_TOO_LARGE", "the answer exceeds 100000 bytes")


@pytest.mark.parametrize("noise", [b"1;" + b"x" * 9_000, b"0\r\n" + b"X: y\r\n" * 900], ids=["chunk extension", "trailers"])
def test_noise_between_chunks_counts(noise):
    failure = refused(for_ever(noise, OK + b"Transfer-Encoding: chunked\r\n\r\n"))
    assert failure.code in ("FETCH_TOO_LARGE", "FETCH_UNREACHABLE")


@pytest.mark.parametrize(
    "answer",
    [for_ever(b"X-A: b\r\n" * 100, OK), for_ever(b"x" * 1_000, OK + b"X-A: "), for_ever(b"x" * 1_000),
     for_ever(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"), lambda _asked: reply(b"x", headers={f"X-{i}": "y" for i in range(500)})],
    ids=["headers", "one header", "no end of line", "hints", "many"],
)  # fmt: skip
def test_a_head_without_end(answer):
    failure = refused(answer)
    assert (failure.code, failure.message.partition(": ")[2]) == (
        "FETCH_TOO_LARGE",
        "the head of the answer exceeds 4000 bytes",
    )


@pytest.mark.parametrize(
    "answer",
    [for_ever(b"", b"", 0.02), for_ever(b"H", b"", 0.02), for_ever(b"X", OK + b"X", 0.02), for_ever(b"x", OK + b"\r\n", 0.02),
     for_ever(b"1\r\nx\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n", 0.02), for_ever(b"", OK + b"Content-Length: 9\r\n\r\nabc", 0.02)],
    ids=["silence", "first line", "header", "body", "chunks", "stops"],
)  # fmt: skip
def test_a_server_that_takes_its_time(answer):
    began = time.monotonic()
    failure = refused(answer, HURRIED)
    assert time.monotonic() - began < 2
    assert (failure.code, failure.message.partition(": ")[2]) == (
        "FETCH_TIMEOUT",
        "the answer was not complete within 0.25 s",
    )


def test_redirects_share_the_time():
    def answer(asked):
        time.sleep(0.1)
        return moved(f"/{len(asked.target)}{asked.target[1:]}")

    began = time.monotonic()
    assert refused(answer, HURRIED).code == "FETCH_TIMEOUT"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzipped(b"hello")),
        ("x-gzip", gzipped(b"hello")),
        ("GZIP", gzipped(b"hel") + gzipped(b"lo")),
        ("gzip", gzipped(b"hello") + b"\0" * 9_000),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")[2:-4]),
        ("identity", b"hello"),
        ("", b"hello"),
    ],
)
def test_what_is_unpacked(coding, data):
    found = fetched(lambda _asked: packed(data, coding))
    assert (found.data, found.wire_bytes) == (b"hello", len(data))


def test_long_answers_are_unpacked_whole():
    text = b"".join(b"%d," % number for number in range(25_000))
    assert fetched(lambda _asked: packed(gzipped(text))).data == text
    assert fetched(lambda _asked: packed(b"")).data == b""


def test_what_was_not_asked_for_is_not_unpacked():
    for coding in ("br", "zstd", "compress", "gzip, gzip", "gzip, br", "aws-chunked"):
        failure = refused(lambda _asked, coding=coding: packed(b"x", coding))
        assert failure.code == "FETCH_ENCODING"


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", b"hello"),
        ("gzip", gzipped(b"hello")[:-4]),
        ("gzip", gzipped(b"hello" * 1_000)[:20]),
        ("gzip", gzipped(b"hello")[:5]),
        ("gzip", gzipped(b"hello") + b"more"),
        ("gzip", gzipped(b"hello")[:-6] + b"\0\0\0\0\0\0"),
        ("deflate", zlib.compress(b"hello")[:-1]),
        ("deflate", zlib.compress(b"hello") + zlib.compress(b"hello")),
        ("deflate", b"\xff\xff"),
    ],
)
def test_what_cannot_be_unpacked(coding, data):
    assert refused(lambda _asked: packed(data, coding)).code == "FETCH_ENCODING"


def test_ten_gigabytes_in_ten_megabytes():
    """The same ten million zeros, a thousand times, as one stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(b"\0" * 1_000) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"\0" * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)

    def answer(_asked):
        yield OK + b"Content-Encoding: gzip\r\n\r\n" + first
        for _ in range(1_000):
            yield block

    tracemalloc.start()
    began = time.monotonic()
    failure = refused(answer, QUICK)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (failure.code, failure.message.partition(": ")[2]) == (
        "FETCH_TOO_LARGE",
        "the answer unpacks to more than 200 times its length",
    )
    assert time.monotonic() - began < 3
    assert peak < 8_000_000


def test_a_bomb_that_stays_below_the_ratio_ends_at_the_cap():
    failure = refused(lambda _asked: packed(gzipped(b"\0" * 300_000)))
    assert failure.message.partition(": ")[2] == "the answer exceeds 200000 bytes"


def test_a_million_small_members_end_in_time():
    began = time.monotonic()
    failure = refused(
        for_ever(gzipped(b"") * 3_000, OK + b"Content-Encoding: gzip\r\n\r\n"), replace(HURRIED, wire_bytes=10**9)
    )
    assert (failure.code, time.monotonic() - began < 2) == ("FETCH_TIMEOUT", True)
