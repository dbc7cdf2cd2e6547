"""From a host to the IP addresses that are connected to: looked up once, each one checked."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import Address
from catalog.ingest.fetching.deadline import Deadline
from catalog.ingest.fetching.exemptions import has_exempt_port, is_exempt
from catalog.ingest.fetching.networks import IP, is_inside, is_metadata, unwrapped
from catalog.ingest.fetching.ports import is_web_port

Resolve = Callable[[str, int], Sequence[str]]


def checked_addresses(address: Address, allowed_hosts: frozenset[str], resolve: Resolve, deadline: Deadline) -> list[IP]:
    """What may be connected to, in order. One forbidden address among them forbids the host.

    Raises FetchFailed: ADDRESS_FORBIDDEN, FETCH_UNREACHABLE, FETCH_TIMEOUT.
    """
    if not is_web_port(address.port) and not has_exempt_port(address, allowed_hosts):
        raise FetchFailed(f"port {address.port} belongs to other services than the web", code="ADDRESS_FORBIDDEN")
    found = _literal(address.host) or _looked_up(address, resolve, deadline)
    exempt = is_exempt(address, allowed_hosts)
    for ip in found:
        if is_metadata(ip):
            raise FetchFailed("the host is where machines are told their secrets", code="ADDRESS_FORBIDDEN")
        if is_inside(ip) and not exempt:
            message = "the host is inside a network, not on the public internet; CATALOG_FEED_HOSTS can name it"
            raise FetchFailed(message, code="ADDRESS_FORBIDDEN")
    return found


def _literal(host: str) -> list[IP]:
    try:
        return [unwrapped(ip_address(host))]
    except ValueError:
        return []


def _looked_up(address: Address, resolve: Resolve, deadline: Deadline) -> list[IP]:
    """The system cannot be told how long a look-up may take: it is left alone when it takes too long."""
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

    def look() -> None:
        try:
            answers.put(resolve(address.host, address.port))
        except (OSError, ValueError) as error:
            answers.put(error)

    seconds = deadline.remaining_seconds()
    Thread(target=look, name="look-up", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise deadline.missed() from None
    if isinstance(answer, Exception) or not answer:
        raise FetchFailed("there is no such host", code="FETCH_UNREACHABLE")
    try:
        return [unwrapped(ip_address(one)) for one in dict.fromkeys(answer)]
    except ValueError:
        raise FetchFailed("the look-up of the host gave no IP address", code="FETCH_UNREACHABLE") from None
