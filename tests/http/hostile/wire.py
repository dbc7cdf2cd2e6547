"""A client over a bare socket: sends bytes as they are, and reads one answer."""

import contextlib
import json
import socket
from dataclasses import dataclass
from time import perf_counter

LONGEST_WAIT = 30.0


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes
    seconds: float

    @property
    def is_json(self) -> bool:
        return b"json" in self.head

    @property
    def codes(self) -> set[str]:
        """`-` stands for an answer that is not the application's."""
        if not self.is_json:
            return {"-"}
        errors = json.loads(self.body).get("errors", []) if self.body else []
        return {error.get("extensions", {}).get("code", "missing") for error in errors}


def connect(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), LONGEST_WAIT)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def send(port: int, request: bytes) -> Answer:
    """The answer and how long it took, connecting included. A server that stops reading has answered before."""
    begun = perf_counter()
    with connect(port) as channel:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            channel.sendall(request)
        head, body = read(channel, is_head=request.startswith(b"HEAD"))
        seconds = perf_counter() - begun
    return Answer(int(head.split(b" ", 2)[1]), head.lower(), body, seconds)


def read(channel: socket.socket, *, is_head: bool = False) -> tuple[bytes, bytes]:
    """Head and body; a body without a length goes on until the server closes."""
    received = bytearray()
    while b"\r\n\r\n" not in received:
        received += _more(channel)
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    parts = bytearray(body)
    length = 0 if is_head else _length(head)
    while length is None or len(parts) < length:
        part = channel.recv(1 << 20)
        if not part:
            break
        parts += part
    return head, bytes(parts)


def _more(channel: socket.socket) -> bytes:
    part = channel.recv(1 << 20)
    if not part:
        raise ConnectionError("the server closed the connection without an answer")
    return part


def _length(head: bytes) -> int | None:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return None
