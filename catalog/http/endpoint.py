"""POST and GET /graphql."""

import anyio
import anyio.to_thread
import orjson
import structlog
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import StorageError
from catalog.http.messages import GRAPHQL_RESPONSE, JSON, Answer, HttpError, choose_media_type, read_question
from catalog.http.problems import INTERNAL, INTERNAL_MESSAGE
from catalog.http.service import GraphQLService
from catalog.model.viewer import Anonymous

HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class GraphQLEndpoint:
    """Reads in the event loop, answers in one of `threads` worker threads."""

    def __init__(self, service: GraphQLService, body_bytes: int, threads: int) -> None:
        self._service = service
        self._body_bytes = body_bytes
        self._threads = threads
        self._limiter: anyio.CapacityLimiter | None = None

    async def handle(self, request: Request) -> Response:
        media_type = JSON
        try:
            media_type = choose_media_type(request.headers.get("accept"))
            question = await read_question(request, self._body_bytes)
            answer = await anyio.to_thread.run_sync(self._service.answer, question, Anonymous(), limiter=self._slots())
        except HttpError as error:
            return _problem(error.status, error.message, error.code, media_type, error.headers)
        except StorageError as error:
            structlog.get_logger().error("storage failed", code=error.code, exc_info=error)
            return _problem(503, error.message, error.code, media_type, {"retry-after": "1"})
        except Exception:  # noqa: BLE001 - the edge: whatever is left is ours, is logged, and shows nothing
            structlog.get_logger().exception("request failed")
            return _problem(500, INTERNAL_MESSAGE, INTERNAL, media_type, {})
        return _response(answer, media_type)

    def _slots(self) -> anyio.CapacityLimiter:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._threads)
        return self._limiter


def _response(answer: Answer, media_type: str) -> Response:
    """Under application/json a well-formed request is answered 200, since old clients read no body otherwise."""
    status = answer.status if media_type == GRAPHQL_RESPONSE or answer.status >= 500 else 200  # noqa: PLR2004 - server errors
    return Response(answer.body, 200 if answer.executed else status, HEADERS, _typed(media_type))


def _problem(status: int, message: str, code: str, media_type: str, headers: dict[str, str]) -> Response:
    body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
    return Response(body, status, {**HEADERS, **headers}, _typed(media_type))


def _typed(media_type: str) -> str:
    return f"{media_type}; charset=utf-8"
