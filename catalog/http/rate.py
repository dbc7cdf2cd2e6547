"""How often one client may ask, in one process: a bucket for each address that refills steadily."""

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from time import monotonic

from catalog.http.messages import HttpError

MOST_CLIENTS = 50_000
BURST_SECONDS = 10.0  # what a client may ask for at once after it was silent


class RateLimiter:
    """Keeps for each client the moment at which its bucket is full again (the generic cell rate algorithm)."""

    def __init__(self, per_minute: int) -> None:
        self._interval = 60.0 / per_minute
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def check(self, client: str) -> None:
        """Raises HttpError (429) with the seconds to wait."""
        if wait := self.wait_seconds(client):
            after = {"retry-after": str(int(wait) + 1)}
            raise HttpError(429, "too many requests from this address", "RATE_LIMITED", after)

    def wait_seconds(self, client: str, now: float | None = None) -> float:
        """0: it may go on. Else how long it must wait, and this request does not count."""
        moment = monotonic() if now is None else now
        full_at = max(self._full_at.get(client, moment), moment) + self._interval
        wait = full_at - moment - max(BURST_SECONDS, self._interval)
        if wait > 0:
            return wait
        self._full_at[client] = full_at
        self._full_at.move_to_end(client)
        if len(self._full_at) > MOST_CLIENTS:
            self._full_at.popitem(last=False)
        return 0.0


def client_of(address: str | None) -> str:
    """Of an IPv6 address the first 64 bits: a customer has all of those that begin so."""
    if address is None or ":" not in address:
        return address or ""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
