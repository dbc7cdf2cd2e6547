"""Asks a server in a closed loop: a fixed number of kept-alive connections, each with one request on its way."""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import uvloop

CONNECTIONS = 16
RECEIVED = 1 << 18
HEAD_END = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
WITHOUT_BODY = (204, 304)


@dataclass(frozen=True, slots=True)
class Load:
    """What one server did in a while."""

    answers: int
    seconds: float
    latencies: list[float]

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


@dataclass
class Run:
    """What the connections of one run have in common."""

    requests: Iterator[bytes]
    status: int
    latencies: list[float] = field(default_factory=list)
    last: float = 0.0
    stopping: bool = False
    failure: Exception | None = None


class Connection(asyncio.BufferedProtocol):
    """Sends a request, counts the bytes of its answer, sends the next."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._buffer = bytearray(RECEIVED)
        self._view = memoryview(self._buffer)
        self._left = -1
        self._head = b""
        self._tail: bytes | None = None
        self._transport: asyncio.WriteTransport
        self._begun = 0.0
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._run.stopping and self._run.failure is None:
            self._run.failure = exc or ConnectionError("the server closed a connection that was to be kept alive")
        if not self.closed.done():
            self.closed.set_result(None)

    def get_buffer(self, _sizehint: int) -> memoryview:
        return self._view

    def buffer_updated(self, nbytes: int) -> None:
        if self._left > 0:
            self._left -= nbytes
        elif self._tail is not None:
            self._tail = (self._tail + bytes(self._view[max(0, nbytes - 5) : nbytes]))[-5:]
            self._left = 0 if self._tail == LAST_CHUNK else -1
        else:
            self._read_head(bytes(self._view[:nbytes]))
        if self._left == 0:
            self._finish()

    def _read_head(self, received: bytes) -> None:
        """Sets what is left: bytes of the body, or -1 while the head or a chunk is still to come."""
        self._head += received
        end = self._head.find(HEAD_END)
        if end < 0:
            return
        head, body = self._head[:end].lower(), len(self._head) - end - len(HEAD_END)
        status = int(head[9:12])
        if status != self._run.status:
            self._run.failure = AssertionError(f"answered {status} instead of {self._run.status}: {self._head[:600]!r}")
            self._transport.close()
            return
        at = head.find(b"content-length:")
        if status in WITHOUT_BODY:
            self._left = 0
        elif at >= 0:
            self._left = int(head[at + 15 :].split(b"\r\n", 1)[0]) - body
        else:
            self._tail = self._head[-5:]
            self._left = 0 if self._tail == LAST_CHUNK else -1

    def _finish(self) -> None:
        self._run.last = time.perf_counter()
        self._run.latencies.append(self._run.last - self._begun)
        if self._run.stopping:
            self._transport.close()
        else:
            self._send()

    def _send(self) -> None:
        self._left, self._head, self._tail = -1, b"", None
        self._begun = time.perf_counter()
        self._transport.write(next(self._run.requests))


async def _load(port: int, run: Run, seconds: float, connections: int) -> Load:
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    opened = [await loop.create_connection(lambda: Connection(run), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.sleep(seconds)
    took, latencies = run.last - begun, list(run.latencies)
    run.stopping = True
    _, waiting = await asyncio.wait([protocol.closed for _, protocol in opened], timeout=30)
    if run.failure or waiting or not latencies:
        raise run.failure or TimeoutError("the server did not answer")
    return Load(len(latencies), took, latencies)


def load(port: int, requests: Iterator[bytes], seconds: float, status: int = 200, connections: int = CONNECTIONS) -> Load:
    """Takes one request after the other. Raises whatever goes wrong, an answer of another status included."""
    return uvloop.run(_load(port, Run(requests, status), seconds, connections))


def seconds_per_answer(loads: Sequence[Load]) -> float:
    return statistics.median(1 / one.per_second for one in loads)
