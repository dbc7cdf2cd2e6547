"""What keeps a reference from being measured."""

import shlex
from collections.abc import Sequence

SHOWN_CHARACTERS = 2_000


class NotBuilt(Exception):
    """A reference that cannot be built or started: its command, and the end of what that wrote."""

    def __init__(self, command: Sequence[str], error: str) -> None:
        self.command = shlex.join(command)
        self.error = error.strip()[-SHOWN_CHARACTERS:]
        super().__init__(f"{self.command}: {self.error}")
