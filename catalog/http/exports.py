"""GET /export/credentials.* and /export/coverage.*: written whole to a file of its own before the first byte is sent.

So an export is of one state, its length is known, whoever reads slowly holds no snapshot, and what fails is a status and
not half a file.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import orjson
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from catalog.db.transactions import deadline_check, read_snapshot
from catalog.errors import ArgumentInvalid, CatalogError, DeadlineExceeded, SearchUnavailable, StorageError
from catalog.export.bundle import newest_bundle
from catalog.http.messages import HttpError
from catalog.http.problems import INTERNAL, INTERNAL_MESSAGE, log_failure, show_request_error
from catalog.http.rate import RateLimiter, client_of
from catalog.http.replies import matches
from catalog.http.sending import Sent, Whole
from catalog.http.service import GraphQLService
from catalog.model.history import last_erased
from catalog.model.render import RENDER_FORMAT
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous
from catalog.schema.context import RequestContext
from catalog.schema.exports import MEDIA_TYPES, Ending, Exporter

AT_ONCE = 2
WAITING, OF_ONE = 6, 2
"""Under way, waiting or being sent; and of these, of one address."""
KNOWN = {
    "credentials": frozenset({"filter"}),
    "coverage": frozenset({"by", "filter", "at", "includeEmpty"}),
}
"""Parameters of each export; any other is refused, not ignored."""
Write = Callable[[RequestContext, Ending, dict[str, Any], IO[bytes]], int]
"""Gives the revision that it has written."""
TRUTH = {"true": True, "false": False}
HEADERS = {"x-content-type-options": "nosniff", "cache-control": "public, max-age=0, must-revalidate"}


@dataclass
class Exports:
    """Few at once: whoever takes everything must not keep the API from answering."""

    service: GraphQLService
    exporter: Exporter
    seconds: float
    per_minute: int
    bundles: Path | None = None
    """The folder of the nightly bundles."""
    _limiters: list[CapacityLimiter] = field(default_factory=list)
    _places: list[str] = field(default_factory=list)
    """The clients that have one."""
    _rate: RateLimiter = field(init=False)

    def __post_init__(self) -> None:
        self._rate = RateLimiter(self.per_minute)

    def routes(self) -> list[Route]:
        return [
            Route("/export/credentials.{ending}", self.credentials),
            Route("/export/coverage.{ending}", self.coverage),
            Route("/export/open-data.zip", self.bundle),
        ]

    async def credentials(self, request: Request) -> Response:
        return await self._answer(request, "credentials", self._credentials)

    async def coverage(self, request: Request) -> Response:
        return await self._answer(request, "coverage", self._coverage)

    async def bundle(self, request: Request) -> Response:
        """The newest that the worker has written."""
        try:
            self._rate.check(client_of(request.client.host if request.client else None))
            newest = await to_thread.run_sync(self._newest) if self.bundles else None
        except CatalogError as error:
            return _problem(error)
        if newest is None:
            message = "there is no bundle of open data here; the worker writes it at night where CATALOG_BUNDLE_PATH is set"
            return _problem(HttpError(404, message, "EXPORT_UNKNOWN"))
        return FileResponse(newest, headers=HEADERS, media_type="application/zip", filename=newest.name)

    def _newest(self) -> Path | None:
        """Not one that may hold what was erased since."""
        newest = newest_bundle(self.bundles) if self.bundles else None
        with read_snapshot(self.service.database) as connection:
            erased = last_erased(connection)
        return None if newest is None or (erased and erased.timestamp() >= newest.stat().st_mtime) else newest

    async def _answer(self, request: Request, what: str, write: Write) -> Response:
        try:
            client = client_of(request.client.host if request.client else None)
            self._rate.check(client)
            ending, asked = _read(request, what)
            place = self._take_place(client)
            try:
                file = await to_thread.run_sync(self._make, request, what, ending, asked, write, limiter=self._limiter())
            except BaseException:
                place()
                raise
            if isinstance(file, Response):
                place()
                return file
            return Sent(file, place, MEDIA_TYPES[ending])
        except CatalogError as error:
            return _problem(error)
        except Exception as error:  # noqa: BLE001 - the edge: whatever is left is ours, is logged, and shows nothing
            log_failure("export failed", error)
            return _problem(HttpError(500, INTERNAL_MESSAGE, INTERNAL))

    def _take_place(self, client: str) -> Callable[[], None]:
        """Under way, waiting or being sent, until what is returned is called. Raises HttpError (SERVER_BUSY)."""
        if len(self._places) >= WAITING or self._places.count(client) >= OF_ONE:
            after = {"retry-after": "60"}
            raise HttpError(503, "too many exports are under way; try again in a minute", "SERVER_BUSY", after)
        self._places.append(client)
        return partial(self._places.remove, client)

    def _make(self, request: Request, what: str, ending: Ending, asked: dict[str, Any], write: Write) -> Whole | Response:
        deadline = time.monotonic() + self.seconds
        check = deadline_check(deadline, f"the export took longer than {self.seconds:g} seconds: narrow the filter")
        with read_snapshot(self.service.database, deadline) as connection:
            context = self.service.make_context(connection, read_state(connection), Anonymous(), deadline, check)
            tag = self._tag(what, ending, context, asked)
            if tag and matches(_stated_tag(request), tag):
                return Response(None, 304, HEADERS | {"etag": tag.decode()})
            file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
            try:
                with context.closing:
                    revision = write(context, ending, asked, file)
            except BaseException:
                file.close()
                raise
        length = file.tell()
        file.seek(0)
        headers = {
            **HEADERS,
            "content-length": str(length),
            "content-disposition": f'attachment; filename="{what}-r{revision}.{ending}"',
            "x-catalogue-revision": str(revision),
            **({"etag": tag.decode()} if tag else {}),
        }
        return Whole(file, headers)

    def _tag(self, what: str, ending: Ending, context: RequestContext, asked: dict[str, Any]) -> bytes | None:
        """The same while the content and what is asked stay the same; None for what the clock or seats change.

        Raises ArgumentInvalid for a filter that makes no sense.
        """
        if what != "credentials" or self.exporter.query(context, asked.get("filter")).wanted.status is not None:
            return None
        state = context.state_read
        stated = [ending, state.epoch, state.content_revision, state.confirmations, asked.get("filter")]
        stated += [self.exporter.licence, RENDER_FORMAT]
        return b'W/"' + blake2b(orjson.dumps(stated), digest_size=12).hexdigest().encode() + b'"'

    def _credentials(self, context: RequestContext, ending: Ending, asked: dict[str, Any], file: IO[bytes]) -> int:
        self.exporter.credentials(context, ending, asked.get("filter"), file)
        return context.state_read.revision

    def _coverage(self, context: RequestContext, ending: Ending, asked: dict[str, Any], file: IO[bytes]) -> int:
        with_empty = asked.get("includeEmpty", True)
        by, filter_ = asked.get("by", []), asked.get("filter")
        counted = self.exporter.coverage(context, ending, file, by, filter_, asked.get("at"), with_empty=with_empty)
        return counted.listed.revision

    def _limiter(self) -> CapacityLimiter:
        if not self._limiters:
            self._limiters.append(CapacityLimiter(AT_ONCE))
        return self._limiters[0]


def _read(request: Request, what: str) -> tuple[Ending, dict[str, Any]]:
    """Raises HttpError (EXPORT_UNKNOWN) and ArgumentInvalid."""
    try:
        ending = Ending(request.path_params["ending"])
    except ValueError:
        message = f"there is no export of {what} called so; there are {', '.join(Ending)}"
        raise HttpError(404, message, "EXPORT_UNKNOWN") from None
    asked: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name not in KNOWN[what]:
            message = f"{what} takes {', '.join(sorted(KNOWN[what]))}; not {name[:50]!r}"
            raise ArgumentInvalid(message, argument=name[:50])
        if name in asked:
            message = f"{name} is given twice"
            raise ArgumentInvalid(message, argument=name)
        asked[name] = _value(name, value)
    return ending, asked


def _value(name: str, value: str) -> Any:
    if name == "by":
        return [one.strip() for one in value.split(",") if one.strip()]
    if name == "includeEmpty":
        if value not in TRUTH:
            message = "includeEmpty is true or false"
            raise ArgumentInvalid(message, argument=name)
        return TRUTH[value]
    return _moment(value) if name == "at" else value


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = "at is no moment with an offset; write it as 2026-04-01T00:00:00Z"
        raise ArgumentInvalid(message, argument="at")
    return moment


def _stated_tag(request: Request) -> bytes | None:
    stated = request.headers.get("if-none-match")
    return stated.encode("latin-1") if stated else None


def _problem(error: CatalogError) -> Response:
    own = HEADERS | {"cache-control": "no-store"}
    if isinstance(error, HttpError):
        return JSONResponse({"errors": [show_request_error(error)]}, error.status, own | error.headers)
    is_ours = isinstance(error, DeadlineExceeded | SearchUnavailable | StorageError)
    if is_ours:
        log_failure("export failed", error, code=error.code)
    return JSONResponse({"errors": [show_request_error(error)]}, 503 if is_ours else 400, own)
