"""A connection that counts what comes in, and ends in time."""

import socket
import ssl
from typing import Any

import httpcore

from catalog.errors import FetchFailed
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.limits import FetchLimits


class Meter:
    """How many bytes may still come: first of the head of the answer, then of its body."""

    def __init__(self, limits: FetchLimits) -> None:
        self._body_bytes = limits.wire_bytes
        self._left = limits.header_bytes
        self._refusal = f"the head of the answer exceeds {limits.header_bytes} bytes"

    def begin_body(self) -> None:
        self._left = self._body_bytes + 1  # one more shows that there is more
        self._refusal = f"the answer exceeds {self._body_bytes} bytes"

    def allow(self, wanted: int) -> int:
        """How many to read now. Raises FetchFailed (FETCH_TOO_LARGE)."""
        if self._left <= 0:
            raise FetchFailed(self._refusal, code="FETCH_TOO_LARGE")
        return min(wanted, self._left)

    def count(self, size: int) -> None:
        self._left -= size


class MeteredStream(httpcore.NetworkStream):
    """What httpcore asks for in time does not matter: every wait ends at the deadline. Raises FetchFailed."""

    def __init__(self, sock: socket.socket, deadline: Deadline, connecting: Deadline, meter: Meter) -> None:
        self._socket = sock
        self._deadline = deadline
        self._connecting = connecting
        self._meter = meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - httpcore's interface
        size = self._meter.allow(max_bytes)
        self._socket.settimeout(self._deadline.remaining_seconds())
        try:
            data = self._socket.recv(size)
        except TimeoutError:
            raise self._deadline.missed() from None
        except OSError as error:
            raise FetchFailed("the connection broke", code="FETCH_UNREACHABLE") from error
        self._meter.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - httpcore's interface
        self._socket.settimeout(self._deadline.remaining_seconds())
        try:
            self._socket.sendall(buffer)
        except TimeoutError:
            raise self._deadline.missed() from None
        except OSError as error:  # httpcore then looks whether the server answered before it closed
            raise httpcore.WriteError from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - httpcore's interface
    ) -> httpcore.NetworkStream:
        try:
            self._socket.settimeout(self._connecting.remaining_seconds())
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except BaseException as error:
            self.close()
            raise self._tls_failure(error) from error
        return MeteredStream(secured, self._deadline, self._connecting, self._meter)

    def get_extra_info(self, info: str) -> Any:  # noqa: ARG002 - httpcore's interface
        return None

    def _tls_failure(self, error: BaseException) -> BaseException:
        if isinstance(error, ssl.SSLCertVerificationError):
            return FetchFailed(f"its certificate is not accepted: {error.verify_message}", code="FETCH_TLS")
        if isinstance(error, TimeoutError):
            return self._connecting.missed()
        if isinstance(error, ssl.SSLError | ValueError):
            return FetchFailed("no secure connection could be agreed on", code="FETCH_TLS")
        if isinstance(error, OSError):
            return FetchFailed("the connection broke", code="FETCH_UNREACHABLE")
        return error
