"""GET and POST /graphql as plain ASGI: reads in the event loop, answers in one of a few worker threads."""

from functools import partial
from time import perf_counter

from starlette.types import Receive, Scope, Send

from catalog.coverage.unmet import UnmetCounter
from catalog.errors import StorageError
from catalog.http.answers import Answer, Validity
from catalog.http.exchange import ClientGone, Exchange, Reply, read_exchange, read_whole_body, send_reply
from catalog.http.kept import KeptAnswers
from catalog.http.messages import JSON, HttpError, Question, check_content_type, choose_media_type, read_address, read_body
from catalog.http.observing import Observer
from catalog.http.problems import INTERNAL, INTERNAL_MESSAGE, log_failure
from catalog.http.rate import RateLimiter, client_of
from catalog.http.replies import answer_reply, etag_of, kept_reply, matches, not_modified, problem
from catalog.http.response_cache import LEAST_COMPRESSED, Asked, Entry, Key, compress
from catalog.http.service import GraphQLService
from catalog.http.threads import Threads
from catalog.model.viewer import Anonymous, Viewer
from catalog.schema.context import Touch
from catalog.settings import Settings, split_origins

ASKED_AGAIN = b"public, max-age=0, must-revalidate"
OPEN_TO_ALL = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, retry-after, x-request-id"),
]


class GraphQLEndpoint:
    """Answers from the cache where it can, else asks the service."""

    def __init__(
        self, service: GraphQLService, settings: Settings, observer: Observer, unmet: UnmetCounter | None = None
    ) -> None:
        self._service = service
        self._settings = settings
        self._observer = observer
        self._unmet = unmet
        self._limiter = RateLimiter(settings.rate_per_minute)
        self._threads = Threads(settings.request_threads, settings.request_queue)
        self._kept = KeptAnswers(service, settings, self._threads)
        self._steady = f"public, max-age={settings.max_age_seconds}, must-revalidate".encode()
        self._open_to = OPEN_TO_ALL if split_origins(settings.cors_origins) == ["*"] else []
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
        if self._unmet is not None and reply.facts.unmet:
            self._unmet.note(client_of(exchange.address), reply.facts.unmet, self._service.clock().date())

    def close(self) -> None:
        self._threads.close()
        self._kept.close()

    def _freshness(self, validity: Validity) -> bytes:
        """What hangs on the clock or on seats is asked for again each time."""
        return self._steady if validity.touched <= {Touch.INDEX} else ASKED_AGAIN

    async def _reply(self, exchange: Exchange, receive: Receive) -> Reply:
        media_type = JSON
        try:
            self._limiter.check(client_of(exchange.address))
            media_type = choose_media_type(exchange.text(b"accept"))
            asked = (exchange.method == "GET", await self._read(exchange, receive), self.viewer.audience)
            return await self._same_again(exchange, asked, media_type) or await self._answer(exchange, asked, media_type)
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

    async def _same_again(self, exchange: Exchange, asked: Asked, media_type: str) -> Reply | None:
        """The answer to the same bytes as before, if it is still true."""
        key = self._kept.key_of(asked)
        entry = await self._kept.find(key) if key else None
        return await self._kept_reply(exchange, asked, key, entry, media_type) if key and entry else None

    async def _kept_reply(self, exchange: Exchange, asked: Asked, key: Key, entry: Entry, media_type: str) -> Reply:
        by_get, _, _ = asked
        if by_get and matches(exchange.headers.get(b"if-none-match"), entry.etag):
            return not_modified(entry.etag, self._freshness(entry.validity), entry.facts, "hit")
        compressed = await self._kept.compressed(exchange, key, entry)
        return kept_reply(entry, media_type, compressed, self._freshness(entry.validity) if by_get else None)

    async def _answer(self, exchange: Exchange, asked: Asked, media_type: str) -> Reply:
        by_get, sent, _ = asked
        question = (read_address if by_get else read_body)(sent, self._settings.variables_bytes)
        key = self._kept.key(question, self.viewer)
        entry = await self._kept.find(key) if key else None
        if key and entry:
            self._kept.remember(asked, key)
            return await self._kept_reply(exchange, asked, key, entry, media_type)
        reply = await self._fresh(exchange, question, media_type, key)
        if key:
            self._kept.remember(asked, key)
        return reply

    async def _fresh(self, exchange: Exchange, question: Question, media_type: str, key: Key | None) -> Reply:
        work = partial(self._work, question, self.viewer, is_compressed=exchange.accepts_gzip())
        answer, compressed = await self._threads.run(work)
        if answer.validity is None:
            return answer_reply(answer, media_type, compressed, None, ASKED_AGAIN)
        freshness = self._freshness(answer.validity)
        etag = etag_of(answer.validity.state.epoch, answer.body)
        if key:
            self._kept.keep(key, answer, etag, compressed)
        if not question.read_only:
            return answer_reply(answer, media_type, compressed, None, freshness)
        if matches(exchange.headers.get(b"if-none-match"), etag):
            return not_modified(etag, freshness, answer.facts, "miss")
        return answer_reply(answer, media_type, compressed, etag, freshness)

    def _work(self, question: Question, viewer: Viewer, *, is_compressed: bool) -> tuple[Answer, bytes | None]:
        answer = self._service.answer(question, viewer)
        worth = is_compressed and len(answer.body) >= LEAST_COMPRESSED
        return answer, compress(answer.body) if worth else None
