"""What one process keeps of its answers, and whether that is still true."""

from functools import partial

import orjson

from catalog.http.answers import Answer
from catalog.http.exchange import Exchange
from catalog.http.messages import Question
from catalog.http.response_cache import LEAST_COMPRESSED, Asked, Entry, Key, ResponseCache, compress
from catalog.http.service import GraphQLService
from catalog.http.threads import Threads
from catalog.http.watch import StateWatch
from catalog.model.viewer import Viewer
from catalog.settings import Settings

MOST_LOOKS = 10  # one is under way at a time; slow questions must not keep it waiting


class KeptAnswers:
    def __init__(self, service: GraphQLService, settings: Settings, threads: Threads) -> None:
        self._service = service
        self._settings = settings
        self._threads = threads
        self.cache = ResponseCache(settings.cache_bytes)
        self._looking = Threads(1, MOST_LOOKS)
        self.watch = StateWatch(partial(self._looking.run, service.look), service.glance, settings.state_seconds)

    def close(self) -> None:
        self._looking.close()

    def key_of(self, asked: Asked) -> Key | None:
        """What the same bytes were about before."""
        return self.cache.key_of(asked)

    def key(self, question: Question, viewer: Viewer) -> Key | None:
        """None: nothing is kept, or the document is not known yet."""
        text = self._service.persisted.find_at_once(question) if self._settings.cache_bytes else None
        if text is None:
            return None
        variables = orjson.dumps(question.variables, option=orjson.OPT_SORT_KEYS) if question.variables else b""
        return text, question.operation_name, variables, viewer.audience

    async def find(self, key: Key) -> Entry | None:
        """The answer, if all that it hangs on still holds. Raises StorageError."""
        return self.cache.find(key, await self.watch.current(), self._service.clock())

    def keep(self, key: Key, answer: Answer, etag: bytes, compressed: bytes | None) -> None:
        assert answer.validity is not None, "what is for one request only is not kept"
        self.watch.note(answer.validity.state)
        seen = self.watch.newest
        entry = self.cache.keep(key, answer, etag, seen) if seen else None
        if entry and compressed:
            self.cache.add_compressed(key, entry, compressed)

    def remember(self, asked: Asked, key: Key) -> None:
        if not self._settings.only_listed:  # there an operation may be taken off the list at any time
            self.cache.remember(asked, key)

    async def compressed(self, exchange: Exchange, key: Key, entry: Entry) -> bytes | None:
        """The body as gzip, for a client that takes it where it is worth the while."""
        if len(entry.body) < LEAST_COMPRESSED or not exchange.accepts_gzip():
            return None
        if entry.compressed is not None:
            return entry.compressed
        made = await self._threads.run(partial(compress, entry.body))
        self.cache.add_compressed(key, entry, made)
        return made
