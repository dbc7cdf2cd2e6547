"""The connection: requests that end in time, and errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, cast

import structlog
from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchError, MeilisearchTimeoutError

from catalog.errors import SearchUnavailable

CONNECT_SECONDS, LOOK_SECONDS, SEARCH_SECONDS = 0.4, 0.5, 5.0
"""Every search looks first where the index is: an engine that is away or hangs is known by that, within a second."""
WRITE_SECONDS = 60
AWAY_SECONDS = 1.0
"""How long an engine that did not answer is left alone."""
ROWS, LABELS, WORDS, META = "rows", "labels", "words", "meta"
AWAY = "the search engine does not answer; everything else works"
HINTS = {
    "invalid_api_key": "Meilisearch refuses the key: see CATALOG_SEARCH_KEY, and docs/SEARCH.md for what it must allow",
    "missing_authorization_header": "Meilisearch wants a key: set CATALOG_SEARCH_KEY",
}
ALL = (ROWS, LABELS, WORDS, META)
PREFIX = "catalog"
POSITION = "position"
MISSING = "index_not_found"


@dataclass
class Connection:
    """`glance` answers within a second or fails; `read` and `write` wait for more."""

    glance: Client
    read: Client
    write: Client
    prefix: str = PREFIX
    _away_until: float = field(default=0.0)

    def name(self, kind: str) -> str:
        """Of an index."""
        return f"{self.prefix}_{kind}"

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Raises SearchUnavailable, at once while the engine is known to be away: what learners may read of it."""
        if monotonic() < self._away_until:
            raise SearchUnavailable(AWAY)
        try:
            yield
        except MeilisearchTimeoutError as error:
            raise SearchUnavailable("the search took too long; ask for something rarer") from error
        except MeilisearchCommunicationError as error:
            self._away_until = monotonic() + AWAY_SECONDS
            raise SearchUnavailable(AWAY) from error
        except MeilisearchApiError as error:
            if error.code == MISSING:
                message = "there is no search index yet; the worker makes one, or run `catalog reindex`"
                raise SearchUnavailable(message) from error
            structlog.get_logger().warning("search refused", code=error.code, hint=HINTS.get(error.code or ""))
            raise SearchUnavailable("search is not set up as it should be; everything else works") from error

    def look(self, query: dict[str, Any]) -> dict[str, Any]:
        """One small question. An engine that does not answer it is away. Raises SearchUnavailable."""
        asked = {**query, "indexUid": self.name(query["indexUid"])}
        with self.asking():
            try:
                return self.glance.multi_search([asked])["results"][0]
            except MeilisearchTimeoutError as error:
                raise MeilisearchCommunicationError(error.message) from error

    def multi_search(self, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Answers in the order of the queries, which name kinds of index. Raises SearchUnavailable."""
        asked = [{**query, "indexUid": self.name(query["indexUid"])} for query in queries]
        with self.asking():
            return self.read.multi_search(asked)["results"]


def connect(url: str, key: str | None) -> Connection:
    """Sends nothing yet. What stands behind a # begins the names of the indexes: several catalogues may share an engine."""
    url, _, prefix = url.partition("#")
    glance, read, write = (Client(url, key, timeout=_seconds(one)) for one in (LOOK_SECONDS, SEARCH_SECONDS, WRITE_SECONDS))
    return Connection(glance, read, write, prefix or PREFIX)


def _seconds(answer: float) -> int:
    """The package hands it on to requests, which takes one time for connecting and one for each part of the answer."""
    return cast("int", (CONNECT_SECONDS, answer))


def explain(error: MeilisearchError) -> str:
    """For operators, with the setting to look at; the package's own hint blames versions."""
    if isinstance(error, MeilisearchApiError):
        own = error.message.partition(". Hint: ")[0]
        return HINTS.get(error.code or "") or f"Meilisearch says: {own}"
    return "no Meilisearch answers there: see CATALOG_SEARCH_URL"


def succeed(client: Client, task_uid: int) -> None:
    """Waits for a task. Raises SearchUnavailable for one that failed: the package returns it as if nothing had happened."""
    task = client.wait_for_task(task_uid, timeout_in_ms=TASK_MILLISECONDS, interval_in_ms=20)
    if task.status != "succeeded":
        raise SearchUnavailable(f"the search engine could not do what it was asked: {(task.error or {}).get('code')}")


TASK_MILLISECONDS = 600_000
