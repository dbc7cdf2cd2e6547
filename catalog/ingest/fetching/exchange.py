"""One question to one server, on a connection of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ssl import SSLContext
from typing import cast

import httpcore

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import Address
from catalog.ingest.fetching.connecting import PinnedBackend
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.networks import IP
from catalog.ingest.fetching.reply_headers import Headers
from catalog.ingest.fetching.stream import Meter


@dataclass(frozen=True, slots=True)
class Reply:
    """`chunks` is the body as it is sent, and can be read while the exchange lasts."""

    status: int
    headers: Headers
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Route:
    """Where to connect, how long connecting may take, and whom to trust."""

    pinned: Sequence[IP]
    connecting: Deadline
    trusted: SSLContext | None


@contextmanager
def exchange(
    address: Address, headers: Mapping[str, str], route: Route, limits: FetchLimits, deadline: Deadline
) -> Iterator[Reply]:
    """Sends a GET. Raises FetchFailed, also while the body is read. Knows no proxies and keeps no cookies."""
    meter = Meter(limits)
    connection = httpcore.HTTPConnection(
        httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port),
        ssl_context=route.trusted,
        network_backend=PinnedBackend(route.pinned, deadline, route.connecting, meter),
    )
    request = httpcore.Request(
        "GET",
        httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        ),
        headers=[("Host", address.authority), ("Connection", "close"), *headers.items()],
    )
    try:
        with connection:
            response = connection.handle_request(request)
            meter.begin_body()
            named = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers]
            yield Reply(response.status, named, cast("Iterable[bytes]", response.stream))
    except httpcore.LocalProtocolError:
        raise FetchFailed("the request cannot be written as HTTP", code="ADDRESS_INVALID") from None
    except (httpcore.ProtocolError, httpcore.NetworkError):
        message = "the answer is no HTTP, or ended before it was complete"
        raise FetchFailed(message, code="FETCH_UNREACHABLE") from None
