"""How much of a site is read, and how politely."""

from dataclasses import dataclass, field

from catalog.ingest.fetching.limits import FetchLimits


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """`fetch` limits each request; the others all of them together."""

    fetch: FetchLimits = field(default_factory=FetchLimits)
    pages: int = 1_000
    sitemaps: int = 50
    delay_seconds: float = 1.0
    """At least, between the end of one request and the next."""
    longest_delay_seconds: float = 30.0
    """A site that asks for more gets this."""
    failures: int = 20
    """Pages that may fail; then something is wrong with the site, and it is left alone."""
    total_bytes: int = 256_000_000
    total_seconds: float = 7_200.0
