"""Servers measured in turn, round by round, so that what disturbs the machine disturbs all of them."""

import http.client
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from bench.load import Load, load, seconds_per_answer

ROUNDS = 3
WARM_UP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server, what it is asked in rotation, and the status of its answers."""

    port: int
    requests: Sequence[bytes]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians over the rounds."""

    seconds: float
    p50: float
    p99: float

    def to_json(self) -> dict[str, float]:
        return {"per_second": 1 / self.seconds, "p50_ms": self.p50 * 1_000, "p99_ms": self.p99 * 1_000}


def measure(contestants: Mapping[str, Contestant], seconds: float, rounds: int = ROUNDS) -> dict[str, Figure]:
    waiting = {name: cycle(one.requests) for name, one in contestants.items()}  # a round goes on where the last one ended
    for name, one in contestants.items():
        load(one.port, waiting[name], WARM_UP_SECONDS, one.status)
    loads: dict[str, list[Load]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, one in contestants.items():
            loads[name].append(load(one.port, waiting[name], seconds, one.status))
    return {name: _figure(own) for name, own in loads.items()}


def _figure(loads: Sequence[Load]) -> Figure:
    p50, p99 = (statistics.median(one.percentile(share) for one in loads) for share in (0.5, 0.99))
    return Figure(seconds_per_answer(loads), p50, p99)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, request: bytes) -> Answer:
    """One request by hand, with its whole answer."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, address, _ = first.split(" ")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, address, body, dict(line.split(": ", 1) for line in lines))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read())
    finally:
        connection.close()
