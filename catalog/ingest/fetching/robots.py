"""What a site asks of programs that read it, in its robots.txt."""

import re
from dataclasses import dataclass

from protego import Protego

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import Address
from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.fetching.request_headers import AGENT

ROBOTS_BYTES = 500_000
"""RFC 9309 asks for that many; more are refused."""
PATH = "/robots.txt"
MOST_WORK = 1_000_000
TOO_MANY_REQUESTS = 429
_AGENT_LINE = re.compile(r"^[ \t]*user[ -]?agent", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Robots:
    """Rules of one site; without any, all may be read."""

    rules: Protego

    def allows(self, address: Address) -> bool:
        return bool(self.rules.can_fetch(str(address), AGENT))

    @property
    def sitemaps(self) -> list[str]:
        return list(self.rules.sitemaps)

    @property
    def delay_seconds(self) -> float:
        """Between two requests, as Crawl-delay and Request-rate want it; 0 where they say nothing."""
        rate = self.rules.request_rate(AGENT)
        return max(self.rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


def read_robots(text: str) -> Robots:
    """Raises FetchFailed (ROBOTS_FORBIDDEN) for rules that would take minutes to read.

    The parser gives every rule to every program that is named before it: its time grows with their product.
    """
    agents = len(_AGENT_LINE.findall(text))
    if agents * len(text.splitlines()) > MOST_WORK:
        raise FetchFailed("robots.txt has too many rules for too many programs", code="ROBOTS_FORBIDDEN")
    return Robots(Protego.parse(text.removeprefix("\ufeff")))


def robots_of(answer: Fetched | FetchFailed) -> Robots:
    """None there (4xx): all may be read. Raises FetchFailed where it cannot be known: then nothing may be."""
    if isinstance(answer, Fetched):
        return read_robots(answer.data.decode("utf-8", "replace"))
    status = answer.details.get("status", 0)
    if status != TOO_MANY_REQUESTS and 400 <= status < 500:  # noqa: PLR2004 - the answers that blame the question
        return read_robots("")
    raise FetchFailed(f"{answer.message}; without it nothing is crawled", code=answer.code, **answer.details) from answer
