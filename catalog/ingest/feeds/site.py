"""The pages of a site as one file, and which of them are missing in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from catalog.errors import FetchFailed
from catalog.ingest.fetching.answer import Fetched, Outcome
from catalog.ingest.fetching.crawl import Crawl
from catalog.ingest.fetching.skipped import Skipped
from catalog.ingest.pages import write_pages
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import Told

MARK = "schema.org"
"""A page without the word states nothing that is taken, and need not be kept."""
_TEXTUAL = ("text/html", "application/xhtml+xml", "application/json", "application/ld+json")
_MISSING = {
    Skipped.ROBOTS: "{} of the pages: robots.txt does not let them be read",
    Skipped.OVER_CAP: "the site has more pages than are read of one",
    Skipped.NOFOLLOW: "{} of the sitemaps: their owner does not let them be followed",
    Skipped.INVALID: "{} entries of the sitemap are no addresses",
}
"""Why listings may be there that nobody saw. What is noindex, elsewhere or not chosen was never to be listed."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was fetched. `is_part`: there is more of it than could be seen."""

    fetched: Fetched
    is_part: bool = False


@dataclass
class _Pages:
    texts: dict[str, str] = field(default_factory=dict)
    missing: list[tuple[str, str]] = field(default_factory=list)
    read: int = 0


def gather(crawl: Crawl, address: str, leaves_out: Callable[[str], bool], most_bytes: int) -> Gathered:
    """Raises FetchFailed: what the crawl raises, FETCH_EMPTY where no page was read, FETCH_TOO_LARGE."""
    pages = _Pages()
    for named, page in crawl.pages():
        if leaves_out(page.address):  # a redirect led there
            crawl.skipped[Skipped.LEFT_OUT] += 1
        elif page.media_type is None or page.media_type in _TEXTUAL:
            _take(pages, named, page)
    pages.missing += [("", failure.message) for failure in crawl.failures]
    pages.missing += _left(crawl)
    if not pages.read:
        raise FetchFailed(f"no page of the site was read: {_why(crawl)}", code="FETCH_EMPTY")
    data = write_pages(pages.texts, pages.missing)
    if len(data) > most_bytes:
        raise FetchFailed(f"the pages have more than {most_bytes} bytes together", code="FETCH_TOO_LARGE")
    fetched = Fetched(Outcome.FETCHED, address, data, "application/json", "utf-8", parts=len(pages.texts))
    return Gathered(fetched, is_part=bool(pages.missing))


def _take(pages: _Pages, address: str, page: Fetched) -> None:
    try:
        text = open_content(page.data, Told(charset=page.charset)).text
    except ContentRefused as error:
        pages.missing.append((address, f"it cannot be read: {error.issue.message}"))
        return
    pages.read += 1
    if MARK in text.lower():
        pages.texts[address] = text


def _left(crawl: Crawl) -> Iterator[tuple[str, str]]:
    for reason, words in _MISSING.items():
        if count := crawl.skipped[reason]:
            yield "", words.format(count)


def _why(crawl: Crawl) -> str:
    first = f" ({crawl.failures[0].message})" if crawl.failures else ""
    told = ", ".join(f"{count} {name.lower()}" for name, count in crawl.skipped.items() if count)
    return f"{told}{first}" if told else "its sitemap names no page"
