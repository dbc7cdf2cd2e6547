"""The connection: requests that end in time, and errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, cast

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchTimeoutError

from catalog.errors import SearchUnavailable

CONNECT_SECONDS, ANSWER_SECONDS = 0.4, 0.9
"""For searches: an engine that is away must not hold up what does not need it."""
WRITE_SECONDS = 60
AWAY_SECONDS = 1.0
"""How long an engine that did not answer is left alone."""
ROWS, LABELS, WORDS, META = "rows", "labels", "words", "meta"
ALL = (ROWS, LABELS, WORDS, META)
PREFIX = "catalog"
POSITION = "position"
MISSING = "index_not_found"


@dataclass
class Connection:
    """`read` answers within a second or fails; `write` waits for big requests."""

    read: Client
    write: Client
    prefix: str = PREFIX
    _away_until: float = field(default=0.0)

    def name(self, kind: str) -> str:
        """Of an index."""
        return f"{self.prefix}_{kind}"

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Raises SearchUnavailable, at once while the engine is known to be away."""
        if monotonic() < self._away_until:
            raise SearchUnavailable("the search engine does not answer; everything else works")
        try:
            yield
        except (MeilisearchCommunicationError, MeilisearchTimeoutError) as error:
            self._away_until = monotonic() + AWAY_SECONDS
            raise SearchUnavailable("the search engine does not answer; everything else works") from error
        except MeilisearchApiError as error:
            if error.code == MISSING:
                message = "there is no search index yet; the worker makes one, or run `catalog reindex`"
                raise SearchUnavailable(message) from error
            raise SearchUnavailable(f"the search engine refuses: {error.code}") from error

    def multi_search(self, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Answers in the order of the queries, which name kinds of index. Raises SearchUnavailable."""
        asked = [{**query, "indexUid": self.name(query["indexUid"])} for query in queries]
        with self.asking():
            return self.read.multi_search(asked)["results"]


def connect(url: str, key: str | None) -> Connection:
    """Sends nothing yet. What stands behind a # begins the names of the indexes: several catalogues may share an engine."""
    url, _, prefix = url.partition("#")
    timeout = cast("int", (CONNECT_SECONDS, ANSWER_SECONDS))  # the package hands it to requests, which takes both
    return Connection(Client(url, key, timeout=timeout), Client(url, key, timeout=WRITE_SECONDS), prefix or PREFIX)


def succeed(client: Client, task_uid: int) -> None:
    """Waits for a task. Raises SearchUnavailable for one that failed: the package returns it as if nothing had happened."""
    task = client.wait_for_task(task_uid, timeout_in_ms=TASK_MILLISECONDS, interval_in_ms=20)
    if task.status != "succeeded":
        raise SearchUnavailable(f"the search engine could not do what it was asked: {(task.error or {}).get('code')}")


TASK_MILLISECONDS = 600_000
