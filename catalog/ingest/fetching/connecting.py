"""Connections to addresses that were checked; nothing is looked up here, so no name can change in between."""

import socket
from collections.abc import Iterable, Sequence

import httpcore
from httpcore import SOCKET_OPTION

from catalog.errors import FetchFailed
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.networks import IP
from catalog.ingest.fetching.stream import Meter, MeteredStream

MOST_TRIED = 4


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to `pinned`, whatever host it is told: the host is only what TLS verifies."""

    def __init__(self, pinned: Sequence[IP], deadline: Deadline, connecting: Deadline, meter: Meter) -> None:
        self._pinned = pinned[:MOST_TRIED]
        self._deadline = deadline
        self._connecting = connecting
        self._meter = meter

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - see the class
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline says it
        local_address: str | None = None,  # noqa: ARG002 - never told
        socket_options: Iterable[SOCKET_OPTION] | None = None,  # noqa: ARG002 - never told
    ) -> httpcore.NetworkStream:
        """Each address gets its share of the time. Raises FetchFailed: FETCH_UNREACHABLE, FETCH_TIMEOUT."""
        cause: OSError | None = None
        for position, ip in enumerate(self._pinned):
            seconds = self._connecting.remaining_seconds() / (len(self._pinned) - position)
            try:
                sock = _connected(ip, port, seconds)
            except OSError as error:
                cause = error
                continue
            return MeteredStream(sock, self._deadline, self._connecting, self._meter)
        if isinstance(cause, TimeoutError):
            raise self._connecting.missed() from cause
        raise FetchFailed("no connection could be made", code="FETCH_UNREACHABLE") from cause


def _connected(ip: IP, port: int, seconds: float) -> socket.socket:
    """Raises OSError. The numbers are given to the system as they are: it has no name to look up."""
    sock = socket.socket(socket.AF_INET if ip.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)  # noqa: PLR2004 - IPv4
    try:
        sock.settimeout(seconds)
        sock.connect((str(ip), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock
