"""What fetching needs of the world: names, certificates, clocks. Tests bring their own."""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import certifi


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


@cache
def trusted_context() -> ssl.SSLContext:
    """TLS 1.2 or newer, a certificate for the host's name by an authority that Mozilla trusts."""
    return ssl.create_default_context(cafile=certifi.where())


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outside:
    """`resolve` gives the IP addresses of a host and port, in the order to try them, and may raise OSError."""

    resolve: Callable[[str, int], Sequence[str]] = resolve_by_system
    trust: Callable[[], ssl.SSLContext] = trusted_context
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now


SYSTEM = Outside()
