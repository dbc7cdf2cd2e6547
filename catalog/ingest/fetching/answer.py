"""What came of fetching an address."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Outcome(StrEnum):
    FETCHED = "FETCHED"
    NOT_MODIFIED = "NOT_MODIFIED"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said to recognise its answer by, sent back to ask whether there is another one.

    `of` is a digest of the address that gave them: after another redirect they would be somebody else's. Asking one
    address for another's date can be answered "not modified" for ever.
    """

    of: str
    etag: str | None = None
    last_modified: str | None = None

    def headers(self, address: str) -> dict[str, str]:
        """Of a conditional request; none where they are not of this address."""
        if self.of != digest_of(address):
            return {}
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """`address` is where the answer came from in the end; it may hold secrets in its query and belongs in no log."""

    outcome: Outcome
    address: str
    data: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    validators: Validators | None = None
    robots: tuple[str, ...] = ()
    """The values of X-Robots-Tag."""
    wire_bytes: int = 0
    parts: int = 1
    """How many pages were put together."""

    @property
    def is_modified(self) -> bool:
        return self.outcome is Outcome.FETCHED


def digest_of(address: str) -> str:
    """Tells addresses apart without keeping what stands in them."""
    return sha256(address.encode()).hexdigest()[:32]
