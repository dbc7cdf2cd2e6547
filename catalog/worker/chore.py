"""What a worker does beside following the change log."""

from typing import Protocol


class Chore(Protocol):
    """`look` starts what is due and returns at once; `close` ends what is under way."""

    def look(self) -> None: ...

    def close(self) -> None: ...
