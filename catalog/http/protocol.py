"""Uvicorn's protocol, with a bound on the head of a request: uvicorn itself waits for ever and keeps whatever comes."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64_000  # address and headers together
HEADERS = 100
HEAD_SECONDS = 10.0
REQUEST_BYTES = 2_000_000  # all of it; the endpoint refuses a long body before, but not what may follow a chunked one


class BoundedHeadProtocol(HttpToolsProtocol):
    """Answers 400 and closes when a head is too long, has too many headers, or is not there in time."""

    _bytes = 0
    _in_request = True
    _in_head = True
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._in_request or self.transport.is_closing():
            return
        self._bytes += len(data)
        if self._in_head and self._bytes > HEAD_BYTES:
            self._refuse(f"The address and headers are longer than {HEAD_BYTES} bytes.")
        elif self._bytes > REQUEST_BYTES:
            self.transport.close()
        elif self._in_head and self._timer is None:
            self._start_timer()

    def on_message_begin(self) -> None:
        self._in_head, self._in_request, self._bytes = True, True, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """An exception ends the parser; uvicorn answers 400 and closes."""
        if len(self.headers) >= HEADERS:
            raise ValueError("too many headers")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_request = False
        super().on_message_complete()

    def _start_timer(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._refuse, "The headers took too long.")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, message: str) -> None:
        self._timer = None
        if not self.transport.is_closing():
            self.send_400_response(message)
