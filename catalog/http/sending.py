"""Sends a file that was written whole, and lets go of it whatever becomes of the client."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from anyio import move_on_after
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

BLOCK = 256 * 1024
SEND_SECONDS = 900.0
"""After which whoever has not taken it gets no more."""


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


@dataclass(frozen=True, slots=True)
class Whole:
    """A file that is written, at its beginning."""

    file: IO[bytes]
    headers: dict[str, str]


class Sent(StreamingResponse):
    """Gives back its place, and closes its file, when it has been sent or nobody takes it any more."""

    def __init__(self, whole: Whole, give_back: Callable[[], None], media_type: str) -> None:
        super().__init__(_blocks(whole.file), headers=whole.headers, media_type=media_type)
        self._file = whole.file
        self._give_back = give_back

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with move_on_after(SEND_SECONDS):
                await super().__call__(scope, receive, send)
        finally:
            self._give_back()
            self._file.close()
