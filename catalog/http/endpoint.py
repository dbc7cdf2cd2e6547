"""POST and GET /graphql."""

import anyio
import anyio.to_thread
import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from catalog.errors import StorageError
from catalog.http.messages import GRAPHQL_RESPONSE, JSON, Answer, HttpError, choose_media_type, read_question
from catalog.http.problems import INTERNAL, INTERNAL_MESSAGE, log_failure
from catalog.http.service import GraphQLService
from catalog.model.viewer import Anonymous

HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class GraphQLEndpoint:
    """Reads in the event loop, answers in one of `threads` worker threads."""

    def __init__(self, service: GraphQLService, body_bytes: int, body_seconds: float, threads: int) -> None:
        self._service = service
        self._body_bytes = body_bytes
        self._body_seconds = body_seconds
        self._threads = threads
        self._limiter: anyio.CapacityLimiter | None = None

    async def handle(self, request: Request) -> Response:
        media_type = JSON
        try:
            media_type = choose_media_type(request.headers.get("accept"))
            with anyio.fail_after(self._body_seconds):
                question = await read_question(request, self._body_bytes)
            answer = await anyio.to_thread.run_sync(self._service.answer, question, Anonymous(), limiter=self._slots())
        except ClientDisconnect:
            return Response(status_code=499)  # nobody is there to read it
        except TimeoutError:
            return _problem(
                408, f"the body took longer than {self._body_seconds:g} seconds", "BODY_TOO_SLOW", media_type, {}
            )
        except HttpError as error:
            return _problem(error.status, error.message, error.code, media_type, error.headers)
        except StorageError as error:
            log_failure("storage failed", error, code=error.code)
            return _problem(503, error.message, error.code, media_type, {"retry-after": "1"})
        except Exception as error:  # noqa: BLE001 - the edge: whatever is left is ours, is logged, and shows nothing
            log_failure("request failed", error)
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
