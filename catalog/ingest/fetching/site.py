"""One site that is crawled: asked slowly, within its robots.txt, and never left."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import PORTS, Address
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.fetching.crawl_limits import CrawlLimits
from catalog.ingest.fetching.fetch import fetch
from catalog.ingest.fetching.outside import Outside
from catalog.ingest.fetching.pace import Pace
from catalog.ingest.fetching.request_headers import only_harmless
from catalog.ingest.fetching.robots import PATH, ROBOTS_BYTES, Robots, read_robots, robots_of
from catalog.ingest.fetching.spending import Spending


class Site:
    """To be opened before anything is read of it."""

    def __init__(
        self,
        home: Address,
        limits: CrawlLimits,
        headers: Mapping[str, str],
        allowed_hosts: frozenset[str],
        outside: Outside,
        sleep: Callable[[float], object],
    ) -> None:
        self.home = home
        self.spending = Spending(limits.total_bytes, limits.total_seconds, outside.clock)
        self._limits = limits
        self._headers = headers
        self._allowed_hosts = allowed_hosts
        self._outside = outside
        self._pace = Pace(limits.delay_seconds, outside.clock, sleep)
        self.robots = read_robots("")

    def open(self) -> None:
        """Reads robots.txt. Raises FetchFailed where that cannot be read: then nothing is crawled."""
        self.robots = self._read_robots()
        asked = min(self.robots.delay_seconds, self._limits.longest_delay_seconds)
        self._pace.delay_seconds = max(asked, self._limits.delay_seconds)

    def contains(self, address: Address) -> bool:
        """The same host; the port may be the other one of http and https."""
        ports = {address.port, self.home.port}
        return address.host == self.home.host and (len(ports) == 1 or ports == set(PORTS.values()))

    def get(self, address: Address) -> Fetched:
        """Waits its turn. Raises FetchFailed: ROBOTS_FORBIDDEN, and what `fetch` raises."""
        if not self.robots.allows(address):
            raise FetchFailed(f"{address.shown}: robots.txt forbids it", code="ROBOTS_FORBIDDEN")
        return self._fetch(address, self._may_follow)

    def _may_follow(self, address: Address) -> bool:
        """A redirect is one more request."""
        if not self.contains(address) or not self.robots.allows(address):
            return False
        self._pace.wait(self.spending.remaining_seconds())
        return True

    def _fetch(self, address: Address, accepts: Callable[[Address], bool] | None, most_bytes: int | None = None) -> Fetched:
        self._pace.wait(self.spending.remaining_seconds())
        limits = self.spending.left_of(self._limits.fetch)
        if most_bytes:
            limits = replace(limits, body_bytes=most_bytes, wire_bytes=most_bytes)
        headers = self._headers if address.origin == self.home.origin else only_harmless(self._headers)
        try:
            found = fetch(
                str(address),
                limits,
                headers=headers,
                allowed_hosts=self._allowed_hosts,
                outside=self._outside,
                accepts=accepts,
            )
        finally:
            self._pace.ended()
        return self.spending.paid(found)

    def _read_robots(self) -> Robots:
        address = replace(self.home, target=PATH)
        try:
            return robots_of(self._fetch(address, None, ROBOTS_BYTES))
        except FetchFailed as failure:
            return robots_of(failure)
