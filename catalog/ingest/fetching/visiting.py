"""One stop on the way to an answer: its address checked, asked once, its reply taken or followed."""

from collections.abc import Mapping

from catalog.errors import FetchFailed
from catalog.ingest.fetching import reply_headers as heads
from catalog.ingest.fetching.address import Address
from catalog.ingest.fetching.answer import Fetched, Outcome, Validators, digest_of
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.exchange import Reply, Route, exchange
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.outside import Outside
from catalog.ingest.fetching.resolving import checked_addresses
from catalog.ingest.fetching.unpacking import ACCEPTED, unpack

WHOLE = frozenset({200, 203})
"""206 would be a part, 204 nothing: neither is what a source states."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
WAITING = frozenset({429, 503})


def visit(
    here: Address,
    headers: Mapping[str, str],
    validators: Validators | None,
    allowed_hosts: frozenset[str],
    limits: FetchLimits,
    deadline: Deadline,
    outside: Outside,
) -> Fetched | str:
    """The answer, or the text that says where to go. A name is looked up once for the connection. Raises FetchFailed."""
    connecting = deadline.within(limits.connect_seconds, f"there was no connection within {limits.connect_seconds:g} s")
    pinned = checked_addresses(here, allowed_hosts, outside.resolve, connecting)
    conditions = validators.headers(str(here)) if validators else {}
    sent = {**headers, **conditions, "Accept-Encoding": ACCEPTED}
    route = Route(pinned, connecting, outside.trust() if here.scheme == "https" else None)
    with exchange(here, sent, route, limits, deadline) as reply:
        if reply.status == NOT_MODIFIED and conditions:
            return Fetched(Outcome.NOT_MODIFIED, str(here), validators=validators)
        if reply.status in REDIRECTS:
            return _location(reply)
        if reply.status not in WHOLE:
            raise _refusal(reply, outside)
        return _taken(here, reply, limits, deadline)


def _location(reply: Reply) -> str:
    stated = set(heads.every(reply.headers, "location"))
    if len(stated) != 1:
        raise FetchFailed(f"it answered {reply.status} without saying where to go", code="FETCH_REDIRECTS")
    text = stated.pop().strip()
    try:
        return text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return text


def _refusal(reply: Reply, outside: Outside) -> FetchFailed:
    details: dict[str, float] = {"status": reply.status}
    if reply.status in WAITING:
        seconds = heads.retry_after_seconds(reply.headers, outside.now)
        details |= {} if seconds is None else {"retry_after_seconds": seconds}
    return FetchFailed(f"it answered {reply.status}", code="FETCH_STATUS", **details)


def _taken(here: Address, reply: Reply, limits: FetchLimits, deadline: Deadline) -> Fetched:
    length = heads.content_length(reply.headers)
    if length is not None and length > limits.wire_bytes:
        raise FetchFailed(f"the answer has {length} bytes; {limits.wire_bytes} are taken", code="FETCH_TOO_LARGE")
    coding = ", ".join(heads.every(reply.headers, "content-encoding"))
    data, wire_bytes = unpack(reply.chunks, coding, limits, deadline)
    etag, last_modified = (heads.validator(reply.headers, name) for name in ("etag", "last-modified"))
    return Fetched(
        Outcome.FETCHED,
        str(here),
        data,
        heads.media_type(reply.headers),
        heads.charset(reply.headers),
        Validators(digest_of(str(here)), etag, last_modified) if etag or last_modified else None,
        heads.every(reply.headers, "x-robots-tag"),
        wire_bytes,
    )
