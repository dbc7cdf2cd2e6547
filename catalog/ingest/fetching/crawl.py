"""The pages of one site that its sitemap names."""

import time
from collections.abc import Callable, Iterator, Mapping

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import Address, parse_address
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.fetching.crawl_limits import CrawlLimits
from catalog.ingest.fetching.outside import SYSTEM, Outside
from catalog.ingest.fetching.robots_tags import may_be_listed
from catalog.ingest.fetching.site import Site
from catalog.ingest.fetching.sitemap_walk import SitemapWalk
from catalog.ingest.fetching.skipped import Skipped, Tally
from catalog.ingest.fetching.visiting import WAITING


def nothing_left_out(_address: str) -> bool:
    """Every page that the sitemap names may be asked for."""
    return False


class Crawl:
    """`skipped` counts what was left out and why, `failures` are those of single pages, while `pages` goes on.

    `address` is a sitemap, or the root of a site: then its robots.txt names the sitemaps, else it is /sitemap.xml.
    `pattern` is matched with path and query, `*` standing for anything: `/courses/*`. `sleep` takes seconds.
    `leaves_out` is asked of each page before it is fetched.
    """

    def __init__(
        self,
        address: str,
        limits: CrawlLimits,
        *,
        pattern: str = "*",
        headers: Mapping[str, str] | None = None,
        allowed_hosts: frozenset[str] = frozenset(),
        outside: Outside = SYSTEM,
        sleep: Callable[[float], object] = time.sleep,
        leaves_out: Callable[[str], bool] = nothing_left_out,
    ) -> None:
        self.skipped = Tally()
        self.failures: list[FetchFailed] = []
        self._limits = limits
        self._pattern = pattern
        self._leaves_out = leaves_out
        home = parse_address(address)
        self._site = Site(home, limits, headers or {}, allowed_hosts, outside, sleep)

    def pages(self) -> Iterator[tuple[str, Fetched]]:
        """Address, as the sitemap has it, and page. To be gone through once; time passes between the pages.

        Raises FetchFailed where robots.txt or a sitemap cannot be read, the site wants to be left alone (429, 503), too
        many pages fail, or time or bytes are used up.
        """
        limits = self._limits
        self._site.open()
        walk = SitemapWalk(self._site, self._pattern, limits.sitemaps, limits.fetch, self.skipped)
        asked = 0
        for address in walk.addresses():
            if self._leaves_out(str(address)):
                self.skipped[Skipped.LEFT_OUT] += 1
                continue
            if not self._site.robots.allows(address):
                self.skipped[Skipped.ROBOTS] += 1
                continue
            if asked == limits.pages:
                self.skipped[Skipped.OVER_CAP] += 1
                return
            asked += 1
            page = self._page(address)
            if page and may_be_listed(page):
                yield str(address), page
            elif page:
                self.skipped[Skipped.NOINDEX] += 1

    def _page(self, address: Address) -> Fetched | None:
        try:
            return self._site.get(address)
        except FetchFailed as failure:
            if self._is_final(failure):
                raise
            self.failures.append(failure)
            self.skipped[Skipped.FAILED] += 1
            return None

    def _is_final(self, failure: FetchFailed) -> bool:
        """Whether it is about more than one page. Raises FetchFailed when time or bytes are used up."""
        spending = self._site.spending
        spending.check()
        if failure.code == "FETCH_TOO_LARGE" and spending.is_short_of(self._limits.fetch):
            return True
        return failure.details.get("status") in WAITING or len(self.failures) == self._limits.failures
