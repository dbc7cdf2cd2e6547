"""GET and POST /graphql as plain ASGI: reads in the event loop, answers in one of `threads` worker threads."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter
from typing import TypeVar

import orjson
from starlette.types import Receive, Scope, Send

from catalog.errors import StorageError
from catalog.http.answers import Answer, Seen
from catalog.http.exchange import ClientGone, Exchange, Reply, read_exchange, read_whole_body, send_reply
from catalog.http.messages import JSON, HttpError, Question, check_content_type, choose_media_type, read_address, read_body
from catalog.http.observing import Observer
from catalog.http.problems import INTERNAL, INTERNAL_MESSAGE, log_failure
from catalog.http.rate import RateLimiter, client_of
from catalog.http.replies import answer_reply, etag_of, kept_reply, matches, not_modified, problem
from catalog.http.response_cache import LEAST_COMPRESSED, Asked, Entry, Key, ResponseCache, compress
from catalog.http.service import GraphQLService
from catalog.http.watch import StateWatch
from catalog.model.viewer import Anonymous, Viewer
from catalog.settings import Settings

T = TypeVar("T")


class GraphQLEndpoint:
    """Answers from the cache where it can, else asks the service."""

    def __init__(self, service: GraphQLService, settings: Settings, observer: Observer) -> None:
        self._service = service
        self._settings = settings
        self._observer = observer
        self._limiter = RateLimiter(settings.rate_per_minute)
        self._cache = ResponseCache(settings.cache_bytes)
        self._watch = StateWatch(partial(self._in_thread, service.look), service.glance, settings.state_seconds)
        self._freshness = f"public, max-age={settings.max_age_seconds}, must-revalidate".encode()
        self._open_to = [(b"access-control-allow-origin", b"*")] if settings.cors_origins == ["*"] else []
        self._threads: ThreadPoolExecutor | None = None
        self._waiting = 0
        self.viewer: Viewer = Anonymous()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = read_exchange(scope)
        try:
            reply = await self._reply(exchange, receive)
        except ClientGone:
            return
        reply.headers.extend(((b"x-request-id", exchange.request_id), *self._open_to))
        await send_reply(send, reply)
        self._observer.note(exchange.request_id, exchange.method, reply, perf_counter() - exchange.begun)

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None

    async def _reply(self, exchange: Exchange, receive: Receive) -> Reply:
        media_type = JSON
        try:
            self._limiter.check(client_of(exchange.address))
            media_type = choose_media_type(exchange.text(b"accept"))
            asked = (exchange.method == "GET", await self._read(exchange, receive), self.viewer.audience)
            return await self._kept(exchange, asked, media_type) or await self._answer(exchange, asked, media_type)
        except HttpError as error:
            return problem(error.status, error.message, error.code, media_type, error.headers)
        except StorageError as error:
            log_failure("storage failed", error, code=error.code)
            return problem(503, error.message, error.code, media_type, {"retry-after": "1"})
        except ClientGone:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever is left is ours, is logged, and shows nothing
            log_failure("request failed", error)
            return problem(500, INTERNAL_MESSAGE, INTERNAL, media_type)

    async def _read(self, exchange: Exchange, receive: Receive) -> bytes:
        if exchange.method == "POST":
            check_content_type(exchange.text(b"content-type"))
            return await read_whole_body(exchange, receive, self._settings.body_bytes, self._settings.request_seconds)
        if exchange.method != "GET":
            raise HttpError(405, "use GET or POST", "METHOD_NOT_ALLOWED", {"allow": "GET, POST"})
        most = self._settings.address_bytes
        address: bytes = exchange.scope["query_string"]
        if len(address) > most:
            raise HttpError(414, f"the address is longer than {most} bytes", "ADDRESS_TOO_LONG")
        return address

    async def _kept(self, exchange: Exchange, asked: Asked, media_type: str) -> Reply | None:
        """The answer to the same bytes as before, if it is still true."""
        key = self._cache.key_of(asked)
        if key is None:
            return None
        entry = self._cache.find(key, await self._watch.current(), self._service.clock())
        return await self._kept_reply(exchange, asked, key, entry, media_type) if entry else None

    async def _kept_reply(self, exchange: Exchange, asked: Asked, key: Key, entry: Entry, media_type: str) -> Reply:
        by_get, _, _ = asked
        if by_get and matches(exchange.headers.get(b"if-none-match"), entry.etag):
            return not_modified(entry.etag, self._freshness, entry.facts, "hit")
        compressed = await self._compressed(exchange, key, entry)
        return kept_reply(entry, media_type, compressed, self._freshness if by_get else None)

    async def _answer(self, exchange: Exchange, asked: Asked, media_type: str) -> Reply:
        by_get, sent, _ = asked
        question = (read_address if by_get else read_body)(sent, self._settings.variables_bytes)
        key = self._key(question, self.viewer)
        entry = self._cache.find(key, await self._watch.current(), self._service.clock()) if key else None
        if key and entry:
            self._remember(asked, key)
            return await self._kept_reply(exchange, asked, key, entry, media_type)
        reply = await self._fresh(exchange, question, self.viewer, media_type, key)
        if key:
            self._remember(asked, key)
        return reply

    def _key(self, question: Question, viewer: Viewer) -> Key | None:
        """None: nothing is kept, or the document is not known yet."""
        text = self._service.persisted.find_at_once(question) if self._settings.cache_bytes else None
        if text is None:
            return None
        variables = orjson.dumps(question.variables, option=orjson.OPT_SORT_KEYS) if question.variables else b""
        return text, question.operation_name, variables, viewer.audience

    def _remember(self, asked: Asked, key: Key) -> None:
        if not self._settings.only_listed:  # there an operation may be taken off the list at any time
            self._cache.remember(asked, key)

    async def _fresh(
        self, exchange: Exchange, question: Question, viewer: Viewer, media_type: str, key: Key | None
    ) -> Reply:
        work = partial(self._work, question, viewer, is_compressed=exchange.accepts_gzip())
        answer, compressed = await self._in_thread(work)
        if answer.validity is None:
            return answer_reply(answer, media_type, compressed, None, self._freshness)
        etag = etag_of(answer.validity.state.epoch, answer.body)
        if key:
            self._keep(key, answer, etag, compressed)
        if not question.read_only:
            return answer_reply(answer, media_type, compressed, None, self._freshness)
        if matches(exchange.headers.get(b"if-none-match"), etag):
            return not_modified(etag, self._freshness, answer.facts, "miss")
        return answer_reply(answer, media_type, compressed, etag, self._freshness)

    def _work(self, question: Question, viewer: Viewer, *, is_compressed: bool) -> tuple[Answer, bytes | None]:
        answer = self._service.answer(question, viewer)
        worth = is_compressed and len(answer.body) >= LEAST_COMPRESSED
        return answer, compress(answer.body) if worth else None

    def _keep(self, key: Key, answer: Answer, etag: bytes, compressed: bytes | None) -> None:
        assert answer.validity is not None, "what is for one request only is not kept"
        self._watch.note(answer.validity.state)
        seen: Seen | None = self._watch.recent()
        entry = self._cache.keep(key, answer, etag, seen) if seen else None
        if entry and compressed:
            self._cache.add_compressed(key, entry, compressed)

    async def _compressed(self, exchange: Exchange, key: Key, entry: Entry) -> bytes | None:
        if len(entry.body) < LEAST_COMPRESSED or not exchange.accepts_gzip():
            return None
        if entry.compressed is None:
            self._cache.add_compressed(key, entry, await self._in_thread(partial(compress, entry.body)))
        return entry.compressed

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._waiting >= self._settings.request_queue:
            raise HttpError(503, "too many requests are waiting; try again in a second", "SERVER_BUSY", {"retry-after": "1"})
        self._threads = self._threads or ThreadPoolExecutor(self._settings.request_threads, "graphql")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1
