"""Fetches what a feed publishes, in the way that it publishes, as one file."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import orjson

from catalog.errors import FetchFailed
from catalog.ingest.feeds.feed import Feed, How
from catalog.ingest.fetching.answer import Fetched, Outcome
from catalog.ingest.fetching.crawl import Crawl, nothing_left_out
from catalog.ingest.fetching.crawl_limits import CrawlLimits
from catalog.ingest.fetching.fetch import fetch
from catalog.ingest.fetching.limits import FetchLimits
from catalog.ingest.fetching.outside import SYSTEM, Outside
from catalog.ingest.fetching.pages import PageLimits, Paging, fetch_pages
from catalog.ingest.fetching.secret_headers import resolve_headers
from catalog.ingest.pages import PAGES_FORMAT
from catalog.model.reading.encodings import BinaryContent, decode

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

    def get(self, feed: Feed) -> Fetched:
        """Raises FetchFailed, and StorageError (SETTING_INVALID) for a header whose variable is not set."""
        headers = resolve_headers(feed.headers, self.environment)
        limits = FetchLimits(wire_bytes=self.most_bytes, body_bytes=self.most_bytes)
        if feed.how is How.FILE:
            return fetch(
                feed.address,
                limits,
                headers=headers,
                validators=feed.answered,
                allowed_hosts=self.hosts,
                outside=self.outside,
            )
        if feed.how is How.SITEMAP:
            return self._crawl(feed, headers, limits)
        paging = PageLimits(limits, total_bytes=self.most_bytes)
        return fetch_pages(
            feed.address, _PAGING[feed.how], paging, headers=headers, allowed_hosts=self.hosts, outside=self.outside
        )

    def _crawl(self, feed: Feed, headers: Mapping[str, str], limits: FetchLimits) -> Fetched:
        """The pages of a site as one document. Raises FetchFailed (FETCH_EMPTY) where there is no page at all."""
        crawl = Crawl(
            feed.address,
            CrawlLimits(limits, total_bytes=self.most_bytes),
            pattern=feed.told.get("pattern", "*"),
            headers=headers,
            allowed_hosts=self.hosts,
            outside=self.outside,
            sleep=self.sleep,
            leaves_out=self.leaves_out,
        )
        pages = [{"address": address, "text": _text(page)} for address, page in crawl.pages()]
        if not pages:
            told = ", ".join(f"{count} {name.lower()}" for name, count in crawl.skipped.items())
            raise FetchFailed(f"no page of the site was read: {told or 'its sitemap names none'}", code="FETCH_EMPTY")
        pages.sort(key=lambda page: page["address"])
        data = orjson.dumps({"format": PAGES_FORMAT, "pages": pages})
        return Fetched(Outcome.FETCHED, feed.address, data, "application/json", "utf-8", parts=len(pages))


def _text(page: Fetched) -> str:
    try:
        return decode(page.data, page.charset).text
    except BinaryContent:
        return ""
