"""Fetches what a feed publishes, in the way that it publishes, as one file."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from catalog.ingest.feeds.feed import Feed, How
from catalog.ingest.feeds.site import Gathered, gather
from catalog.ingest.fetching.crawl import Crawl, nothing_left_out
from catalog.ingest.fetching.crawl_limits import CrawlLimits
from catalog.ingest.fetching.fetch import fetch
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.outside import SYSTEM, Outside
from catalog.ingest.fetching.pages import PageLimits, Paging, fetch_pages
from catalog.ingest.fetching.secret_headers import resolve_headers

_PAGING = {How.OOAPI: Paging.OOAPI, How.OPEN_EDX: Paging.OPENEDX}


@dataclass(frozen=True)
class Getting:
    """`hosts` may be inside; `leaves_out` is asked of every page of a site before it is fetched."""

    most_bytes: int
    hosts: frozenset[str] = frozenset()
    leaves_out: Callable[[str], bool] = nothing_left_out
    sleep: Callable[[float], object] = time.sleep
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    outside: Outside = SYSTEM

    def get(self, feed: Feed) -> Gathered:
        """Raises FetchFailed, and StorageError (SETTING_INVALID) for a header whose variable is not set."""
        headers = resolve_headers(feed.headers, self.environment)
        limits = FetchLimits(wire_bytes=self.most_bytes, body_bytes=self.most_bytes)
        if feed.how is How.FILE:
            asked, outside = feed.answered, self.outside
            fetched = fetch(
                feed.address, limits, headers=headers, validators=asked, allowed_hosts=self.hosts, outside=outside
            )
            return Gathered(fetched)
        if feed.how is How.SITEMAP:
            return self._crawl(feed, headers, limits)
        paging = PageLimits(limits, total_bytes=self.most_bytes)
        fetched = fetch_pages(
            feed.address, _PAGING[feed.how], paging, headers=headers, allowed_hosts=self.hosts, outside=self.outside
        )
        return Gathered(fetched)

    def _crawl(self, feed: Feed, headers: Mapping[str, str], limits: FetchLimits) -> Gathered:
        """Of all that is fetched of a site, only the part that speaks of courses must be as small as other files."""
        crawl = Crawl(
            feed.address,
            CrawlLimits(limits),
            pattern=feed.told.get("pattern", "*"),
            headers=headers,
            allowed_hosts=self.hosts,
            outside=self.outside,
            sleep=self.sleep,
            leaves_out=self.leaves_out,
        )
        return gather(crawl, feed.address, self.leaves_out, self.most_bytes)
