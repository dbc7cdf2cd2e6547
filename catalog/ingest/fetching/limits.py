"""How much of one answer is taken, and for how long."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Of one address, redirects included."""

    connect_seconds: float = 10.0
    """To look up the name, connect and agree on TLS, each time."""
    total_seconds: float = 60.0
    header_bytes: int = 32_000
    wire_bytes: int = 64_000_000
    """Of the body as it is sent, compressed or not."""
    body_bytes: int = 64_000_000
    """Of the body when it is unpacked."""
    ratio: int = 200
    """How many times longer a body may be than what was sent of it; bombs reach 1,000."""
    redirects: int = 5
