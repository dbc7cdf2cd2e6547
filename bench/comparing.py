"""Whether a reference answers the same as we do, looked at before anything is measured."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from bench.rounds import Contestant, ask

COMPARED = 50


def check_same_data(ours: Contestant, other: Contestant) -> None:
    """Byte for byte and in the same order, but for `extensions`, where we say what the question cost."""
    for own, asked in _some(ours, other):
        assert _data(ask(ours.port, own).body) == _data(ask(other.port, asked).body), f"another answer to {asked!r}"


def check_same_values(ours: Contestant, other: Contestant) -> None:
    """Credential by credential the same leaf values, whatever their names and their nesting."""
    for own, asked in _some(ours, other):
        assert _values(ask(ours.port, own).body) == _values(ask(other.port, asked).body), f"other values in {asked!r}"


def _some(ours: Contestant, other: Contestant) -> list[tuple[bytes, bytes]]:
    return list(zip(ours.requests, other.requests, strict=True))[:COMPARED]


def _data(body: bytes) -> bytes:
    return orjson.dumps(orjson.loads(body)["data"])


def _values(body: bytes) -> Sequence[Counter[Any]]:
    page = orjson.loads(body)["data"]["credentials"]
    return [Counter(_leaves(edge["node"])) for edge in page["edges"]]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
    else:
        yield value
