"""An address, taken apart once: what is checked is what is asked."""

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin

from catalog.errors import FetchFailed
from catalog.ingest.fetching.hosts import parse_host

LONGEST_ADDRESS = 4_000
LONGEST_SHOWN = 120
PORTS = {"http": 80, "https": 443}
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?")
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^\[\]:]+)(?::([0-9]{0,5}))?")
_PATH = "/%:@!$&'()*+,;=~"
_QUERY = f"{_PATH}?"
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Address:
    """`target` is path and query as they are sent; `host` an ASCII name or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def shown(self) -> str:
        """For people and logs: without the query, which may hold secrets."""
        path = self.target.partition("?")[0]
        return f"{self.scheme}://{self.authority}{path}"[:LONGEST_SHOWN]

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    def joined(self, reference: str) -> "Address":
        """What a link on this page leads to. Raises FetchFailed as `parse_address` does."""
        _check_characters(reference)
        try:
            return parse_address(urljoin(str(self), reference))
        except ValueError:  # urljoin, about brackets
            raise FetchFailed("a link leads to no address", code="ADDRESS_INVALID") from None

    def linked(self, reference: str) -> "Address":
        """The same, but by https where this page came so: behind a proxy, servers believe that they are asked by http."""
        there = self.joined(reference)
        if self.scheme == "https" and there.scheme == "http" and (there.host, there.port) == (self.host, PORTS["http"]):
            return replace(self, target=there.target)
        return there


def parse_address(text: str) -> Address:
    """Of a page on the web; a fragment is left out. Messages never repeat the address.

    Raises FetchFailed: ADDRESS_INVALID, and ADDRESS_FORBIDDEN for other schemes and disguised hosts.
    """
    _check_characters(text)
    found = _PARTS.fullmatch(text)
    if not found:
        raise FetchFailed("it is no address such as https://example.org/feed.json", code="ADDRESS_INVALID")
    scheme = found[1].lower()
    if scheme not in PORTS:
        raise FetchFailed("only addresses with http and https are fetched", code="ADDRESS_FORBIDDEN")
    host, port = _parse_authority(found[2], PORTS[scheme])
    query = "" if found[4] is None else f"?{quote(found[4], safe=_QUERY)}"
    return Address(scheme, host, port, (quote(found[3], safe=_PATH) or "/") + query)


def _check_characters(text: str) -> None:
    if len(text) > LONGEST_ADDRESS:
        raise FetchFailed(f"an address has {len(text)} characters; {LONGEST_ADDRESS} are taken", code="ADDRESS_INVALID")
    if not text.isprintable():
        raise FetchFailed("an address holds characters that are not printable", code="ADDRESS_INVALID")


def _parse_authority(text: str, default: int) -> tuple[str, int]:
    if "@" in text:
        message = "an address with a user name or password in it is not taken: state a header with a secret"
        raise FetchFailed(message, code="ADDRESS_INVALID")
    found = _AUTHORITY.fullmatch(text)
    if not found:
        raise FetchFailed("the address names no host that can be", code="ADDRESS_INVALID")
    port = int(found[2]) if found[2] else default
    if not 0 < port <= _LAST_PORT:
        raise FetchFailed("the address names no port that can be", code="ADDRESS_INVALID")
    return parse_host(found[1]), port
