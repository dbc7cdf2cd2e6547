"""One page of a feed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.errors import FetchFailed
from catalog.ingest.fetching.address import parse_address
from catalog.ingest.fetching.answer import Fetched
from catalog.model.reading.json_text import JsonRefused, parse_json


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer and the JSON in it."""

    fetched: Fetched
    value: Any

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def items(self, key: str) -> list[Any]:
        """Raises FetchFailed (FETCH_PAGES) where there is no list of them."""
        found = self.value[key] if self.has(key) else None
        if not isinstance(found, list):
            raise self.refused(f"has no list {key!r}")
        return found

    def refused(self, what: str) -> FetchFailed:
        return FetchFailed(f"{parse_address(self.fetched.address).shown}: the page {what}", code="FETCH_PAGES")


@dataclass(frozen=True, slots=True)
class Page:
    """`items` stand under `key` of the sheet; `ending` is what the last page of all says instead of leading on."""

    sheet: Sheet
    key: str = ""
    items: list[Any] = field(default_factory=list)
    ending: Mapping[str, Any] = field(default_factory=dict)
    is_last: bool = True


Get = Callable[[str], Sheet]
"""What stands at an address."""


def read_sheet(fetched: Fetched) -> Sheet:
    """Raises FetchFailed (FETCH_PAGES)."""
    try:
        return Sheet(fetched, parse_json(fetched.data))
    except JsonRefused as refused:
        raise Sheet(fetched, None).refused(f"cannot be read: {refused.issue.message}") from None
