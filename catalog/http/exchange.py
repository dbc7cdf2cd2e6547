"""One request and its reply, as plain ASGI: what the endpoint reads and sends."""

import asyncio
import re
from dataclasses import dataclass, field
from random import getrandbits
from time import perf_counter
from typing import Any

from starlette.types import Receive, Scope, Send

from catalog.http.answers import NO_FACTS, Facts
from catalog.http.messages import HttpError

REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
Headers = list[tuple[bytes, bytes]]


class ClientGone(Exception):
    """The client left before its request was read."""


@dataclass(slots=True)
class Reply:
    """`cache` is `hit`, `miss` or `off`, for log and metrics."""

    status: int
    headers: Headers
    body: bytes
    facts: Facts = NO_FACTS
    cache: str = "off"


@dataclass(slots=True)
class Exchange:
    scope: Scope
    headers: dict[bytes, bytes]
    request_id: bytes
    begun: float = field(default_factory=perf_counter)

    @property
    def method(self) -> str:
        return str(self.scope["method"])

    @property
    def address(self) -> str | None:
        client = self.scope.get("client")
        return client[0] if client else None

    def text(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    def accepts_gzip(self) -> bool:
        """Whether gzip is named, and not with weight 0."""
        stated = self.headers.get(b"accept-encoding", b"")
        return b"gzip" in stated and re.search(rb"gzip\s*;\s*q=0(\.0*)?\s*(,|$)", stated) is None


def read_exchange(scope: Scope) -> Exchange:
    """The client's request id is taken over where it is harmless, else we give one."""
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:  # at most a hundred: see protocol.py
        headers[name] = headers[name] + b", " + value if name in headers else value
    given = headers.get(b"x-request-id", b"")
    return Exchange(scope, headers, given if REQUEST_ID.fullmatch(given) else b"%016x" % getrandbits(64))


async def read_whole_body(exchange: Exchange, receive: Receive, most: int, seconds: float) -> bytes:
    """Raises HttpError (BODY_TOO_LARGE, BODY_TOO_SLOW) and ClientGone."""
    stated = exchange.headers.get(b"content-length", b"")
    if stated.isdigit() and int(stated[:20]) > most:
        raise _too_large(most)
    try:
        async with asyncio.timeout(seconds):
            return await _read(receive, most)
    except TimeoutError:
        raise HttpError(408, f"the body took longer than {seconds:g} seconds", "BODY_TOO_SLOW") from None


async def _read(receive: Receive, most: int) -> bytes:
    message = await _receive(receive)
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        parts = bytearray(body)
        while message.get("more_body") and len(parts) <= most:
            message = await _receive(receive)
            parts += message.get("body", b"")
        body = bytes(parts)
    if len(body) > most:
        raise _too_large(most)
    return body


async def _receive(receive: Receive) -> dict[str, Any]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    return dict(message)


def _too_large(most: int) -> HttpError:
    return HttpError(413, f"the body is larger than {most} bytes", "BODY_TOO_LARGE")


async def send_reply(send: Send, reply: Reply) -> None:
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    await send({"type": "http.response.body", "body": reply.body})
