"""GET /export/credentials.* and /export/coverage.*: written whole to a file of its own before the first byte is sent.

So an export is of one state, its length is known, whoever reads slowly holds no snapshot, and what fails is a status and
not half a file.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import orjson
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from catalog.db.transactions import read_snapshot
from catalog.errors import ArgumentInvalid, CatalogError, DeadlineExceeded, SearchUnavailable, StorageError
from catalog.export.bundle import newest_bundle
from catalog.http.messages import HttpError
from catalog.http.problems import log_failure, show_request_error
from catalog.http.rate import RateLimiter, client_of
from catalog.http.replies import matches
from catalog.http.service import GraphQLService
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous
from catalog.schema.context import RequestContext
from catalog.schema.exports import MEDIA_TYPES, Ending, Exporter

AT_ONCE = 2
WAITING = 6
BLOCK = 256 * 1024
KNOWN = {
    "credentials": frozenset({"filter"}),
    "coverage": frozenset({"by", "filter", "at", "includeEmpty"}),
}
"""Parameters of each export; any other is refused, not ignored."""
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
    _waiting: int = 0
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
            newest = await to_thread.run_sync(newest_bundle, self.bundles) if self.bundles else None
        except HttpError as error:
            return _problem(error, error.status, error.headers)
        if newest is None:
            message = "there is no bundle of open data here; the worker writes it at night where CATALOG_BUNDLE_PATH is set"
            return _problem(HttpError(404, message, "EXPORT_UNKNOWN"), 404)
        return FileResponse(newest, headers=HEADERS, media_type="application/zip", filename=newest.name)

    async def _answer(self, request: Request, what: str, write: Callable[..., None]) -> Response:
        try:
            self._rate.check(client_of(request.client.host if request.client else None))
            ending, asked = _read(request, what)
            with self._place():
                return await to_thread.run_sync(self._make, request, what, ending, asked, write, limiter=self._limiter())
        except HttpError as error:
            return _problem(error, error.status, error.headers)
        except CatalogError as error:
            return _problem(error, _status_of(error))

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Under way or waiting. Raises HttpError (SERVER_BUSY)."""
        if self._waiting >= WAITING:
            after = {"retry-after": "60"}
            raise HttpError(503, "too many exports are under way; try again in a minute", "SERVER_BUSY", after)
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    def _make(
        self, request: Request, what: str, ending: Ending, asked: dict[str, Any], write: Callable[..., None]
    ) -> Response:
        deadline = time.monotonic() + self.seconds

        def check() -> None:
            if time.monotonic() > deadline:
                message = f"the export took longer than {self.seconds:g} seconds: narrow the filter"
                raise DeadlineExceeded(message)

        with read_snapshot(self.service.database, deadline) as connection:
            context = self.service.make_context(connection, read_state(connection), Anonymous(), deadline, check)
            tag = _tag(what, ending, context, asked)
            if what == "credentials" and matches(_stated_tag(request), tag):
                return Response(None, 304, HEADERS | {"etag": tag.decode()})
            file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when it has been sent
            try:
                with context.closing:
                    write(context, ending, asked, file)
            except BaseException:
                file.close()
                raise
        length = file.tell()
        file.seek(0)
        headers = {
            **HEADERS,
            "content-length": str(length),
            "content-disposition": f'attachment; filename="{what}-r{context.state_read.revision}.{ending}"',
            "x-catalogue-revision": str(context.state_read.revision),
            **({"etag": tag.decode()} if what == "credentials" else {}),
        }
        return StreamingResponse(_blocks(file), headers=headers, media_type=MEDIA_TYPES[ending])

    def _credentials(self, context: RequestContext, ending: Ending, asked: dict[str, Any], file: IO[bytes]) -> None:
        self.exporter.credentials(context, ending, asked.get("filter"), file)

    def _coverage(self, context: RequestContext, ending: Ending, asked: dict[str, Any], file: IO[bytes]) -> None:
        with_empty = asked.get("includeEmpty", True)
        by = asked.get("by", [])
        self.exporter.coverage(context, ending, file, by, asked.get("filter"), asked.get("at"), with_empty=with_empty)

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


def _tag(what: str, ending: Ending, context: RequestContext, asked: dict[str, Any]) -> bytes:
    """The same while the content of the catalogue and what is asked stay the same."""
    state = context.state_read
    stated = [what, ending, state.epoch, state.content_revision, state.confirmations, asked.get("filter")]
    return b'W/"' + blake2b(orjson.dumps(stated), digest_size=12).hexdigest().encode() + b'"'


def _stated_tag(request: Request) -> bytes | None:
    stated = request.headers.get("if-none-match")
    return stated.encode("latin-1") if stated else None


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(BLOCK):
            yield block


def _status_of(error: CatalogError) -> int:
    if isinstance(error, DeadlineExceeded | SearchUnavailable | StorageError):
        log_failure("export failed", error, code=error.code)
        return 503
    return 400


def _problem(error: CatalogError, status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(
        {"errors": [show_request_error(error)]}, status, {**HEADERS, "cache-control": "no-store", **(headers or {})}
    )
