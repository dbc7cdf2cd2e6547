"""What a single page asks of programs that read it, in its headers or in its HTML."""

import re
from collections.abc import Iterable, Iterator

from catalog.ingest.fetching.answer import Fetched
from catalog.ingest.fetching.request_headers import AGENT

HEAD_BYTES = 65_536
_META = re.compile(rb"<meta\s([^<>]{1,500})>", re.IGNORECASE)
_NAME = re.compile(rb"""\bname\s{0,5}=\s{0,5}["']?([a-z-]{1,40})""", re.IGNORECASE)
_CONTENT = re.compile(rb"""\bcontent\s{0,5}=\s{0,5}["']?([^"']{1,200})""", re.IGNORECASE)
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def may_be_listed(page: Fetched) -> bool:
    """Whether its owner lets it stand in an index."""
    return _asked(page).isdisjoint({"noindex", "none"})


def may_be_followed(page: Fetched) -> bool:
    """Whether its owner lets its links be followed."""
    return _asked(page).isdisjoint({"nofollow", "none"})


def _asked(page: Fetched) -> set[str]:
    return {word for value in page.robots for word in _for_us(value)} | set(_in_html(page.data[:HEAD_BYTES]))


def _for_us(value: str) -> Iterator[str]:
    """`noindex, nofollow` is for all programs; behind `otherbot:` it is for that one."""
    addressed = AGENT
    for part in value.lower().split(","):
        name, colon, rest = part.partition(":")
        word = name.strip()
        if colon and word not in _WITH_VALUE:
            addressed, word = word, rest.strip()
        if addressed == AGENT:
            yield word


def _in_html(head: bytes) -> Iterator[str]:
    for tag in _META.finditer(head):
        name, content = _NAME.search(tag[1]), _CONTENT.search(tag[1])
        if name and content and name[1].lower() in (b"robots", AGENT.encode()):
            yield from _words(content[1].decode("ascii", "replace").split(","))


def _words(parts: Iterable[str]) -> Iterator[str]:
    return (one.strip().lower() for one in parts)
