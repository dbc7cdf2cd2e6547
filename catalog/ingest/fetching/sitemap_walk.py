"""From where a crawl begins to the pages that it may ask for."""

from collections import deque
from collections.abc import Iterator
from fnmatch import fnmatchcase

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import Address
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.robots_tags import may_be_followed
from catalog.ingest.fetching.site import Site
from catalog.ingest.fetching.sitemap import Sitemap, read_sitemap
from catalog.ingest.fetching.skipped import Skipped, Tally
from catalog.ingest.fetching.unpacking import unpacked_file

DEFAULT_SITEMAP = "/sitemap.xml"
MOST_ADDRESSES = 100_000


class SitemapWalk:
    """Counts in `tally` what it leaves out."""

    def __init__(self, site: Site, pattern: str, most_sitemaps: int, limits: FetchLimits, tally: Tally) -> None:
        self._site = site
        self._pattern = pattern
        self._most_sitemaps = most_sitemaps
        self._limits = limits
        self._tally = tally

    def addresses(self) -> Iterator[Address]:
        """Of pages, each once, in the order of the sitemaps. Raises FetchFailed where a sitemap cannot be read."""
        waiting = deque(self._first())
        sitemaps, pages = {str(one) for one in waiting}, set[str]()
        while waiting:
            here = waiting.popleft()
            sitemap = self._read(here)
            for address in self._located(here, sitemap):
                name = str(address)
                if not sitemap.is_index:
                    if len(pages) == MOST_ADDRESSES:
                        self._tally[Skipped.OVER_CAP] += 1
                        return
                    if name not in pages:
                        pages.add(name)
                        yield address
                elif name not in sitemaps:
                    if len(sitemaps) == self._most_sitemaps:
                        self._tally[Skipped.OVER_CAP] += 1
                        break
                    sitemaps.add(name)
                    waiting.append(address)

    def _first(self) -> list[Address]:
        """The address itself, or what robots.txt names of this site, or where sitemaps usually are."""
        home = self._site.home
        if home.target != "/":
            return [home]
        named = list(self._located(home, Sitemap(is_index=True, locations=self._site.robots.sitemaps)))
        return named[: self._most_sitemaps] or [home.joined(DEFAULT_SITEMAP)]

    def _read(self, address: Address) -> Sitemap:
        """Its owner often wants a sitemap in no index: that is not about the pages it names."""
        found = self._site.get(address)
        if not may_be_followed(found):
            self._tally[Skipped.NOFOLLOW] += 1
            return Sitemap(is_index=False)
        try:
            return read_sitemap(unpacked_file(found.data, self._limits))
        except FetchFailed as failure:
            raise FetchFailed(f"{address.shown}: {failure.message}", code=failure.code) from failure

    def _located(self, here: Address, sitemap: Sitemap) -> Iterator[Address]:
        for text in sitemap.locations:
            try:
                address = here.linked(text)
            except FetchFailed:
                self._tally[Skipped.INVALID] += 1
                continue
            if not self._site.contains(address):
                self._tally[Skipped.OTHER_HOST] += 1
            elif sitemap.is_index or fnmatchcase(address.target, self._pattern):
                yield address
            else:
                self._tally[Skipped.NOT_CHOSEN] += 1
