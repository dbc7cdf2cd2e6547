"""A server on 127.0.0.1 that answers byte by byte as a test says, and remembers what it was asked."""

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.outside import Outside

QUICK = FetchLimits(connect_seconds=2.0, total_seconds=4.0)


@dataclass
class Asked:
    line: str
    headers: dict

    @property
    def target(self):
        return self.line.split(" ")[1]


def reply(body=b"", status=200, headers=(), *, length=True):
    """A whole answer."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in dict(headers).items())]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def moved(where, status=302, headers=()):
    return reply(b"", status, {"Location": where, **dict(headers)})


@dataclass
class Server:
    """`answer` takes what was asked and gives bytes, or an iterable of bytes to send one by one."""

    answer: object
    tls: ssl.SSLContext | None = None
    asked: list = field(default_factory=list)

    def __enter__(self):
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self._socket.getsockname()[1]
        self._threads = []
        self._open = set()
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()
        return self

    def __exit__(self, *_):
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._accepting.join()
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def hosts(self):
        return frozenset({self.host})

    def at(self, target="/", host=None, scheme=None):
        return f"{scheme or ('https' if self.tls else 'http')}://{host or '127.0.0.1'}:{self.port}{target}"

    def targets(self):
        return [one.target for one in self.asked]

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        self._open.add(connection)
        try:
            with suppress(OSError):
                if self.tls:
                    self._open.discard(connection)
                    connection = self.tls.wrap_socket(connection, server_side=True)
                    self._open.add(connection)
                self._exchange(connection)
        finally:
            self._open.discard(connection)
            connection.close()

    def _exchange(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65_536)
            if not piece:
                return
            head += piece
        line, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        asked = Asked(line, {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)})
        self.asked.append(asked)
        answer = self.answer(asked)
        for piece in [answer] if isinstance(answer, bytes) else answer:
            connection.sendall(piece)


@dataclass
class Names:
    """A resolver: for each host, what it answers the first time, the second time, and so on."""

    known: dict
    calls: list = field(default_factory=list)

    def __call__(self, host, port):
        self.calls.append((host, port))
        answers = self.known.get(host)
        if answers is None:
            raise socket.gaierror("unknown")
        if answers and isinstance(answers[0], list):
            return answers[min(self.calls.count((host, port)) - 1, len(answers) - 1)]
        return answers


def outside(known=None, **more):
    """Nothing but what a test says is known; a look-up of anything else fails."""
    return Outside(resolve=Names(known or {}), **more)
