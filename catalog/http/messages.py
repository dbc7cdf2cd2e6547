"""Requests and responses of GraphQL over HTTP, as values."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import Request

from catalog.errors import RequestError

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
FIELDS = {"query": str, "operationName": str, "variables": dict, "extensions": dict}


@dataclass(frozen=True, slots=True)
class Question:
    """What a client asks. `read_only`: it came by GET, where nothing may change."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is for clients that speak application/graphql-response+json; `executed` says whether execution began."""

    body: bytes
    executed: bool
    status: int = 200


class HttpError(RequestError):
    """A request that is no GraphQL request; the status holds for every media type."""

    def __init__(self, status: int, message: str, code: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.headers = headers or {}


def choose_media_type(accept: str | None) -> str:
    """The richer of the two that the client accepts; absent means application/json. Raises HttpError (406)."""
    if not accept:
        return JSON
    quality = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
        quality[name] = 0.0 if weights and weights[0].strip("0.") == "" else 1.0
    for name in (GRAPHQL_RESPONSE, JSON):
        if quality.get(name):
            return name
    if any(quality.get(name) for name in ("*/*", "application/*")):
        return JSON
    raise HttpError(406, f"answers are {GRAPHQL_RESPONSE} or {JSON}", "NOT_ACCEPTABLE")


async def read_question(request: Request, body_bytes: int) -> Question:
    """Raises HttpError."""
    if request.method == "GET":
        return _question(_query_fields(request), read_only=True)
    if request.method != "POST":
        raise HttpError(405, "use GET or POST", "METHOD_NOT_ALLOWED", {"allow": "GET, POST"})
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() != JSON:
        raise HttpError(415, f"the body must be {JSON}", "MEDIA_TYPE_NOT_SUPPORTED")
    charsets = [one.strip()[8:].strip('"') for one in parameters.lower().split(";") if one.strip().startswith("charset=")]
    if not set(charsets) <= {"utf-8", "utf8"}:
        raise HttpError(415, "the body must be UTF-8", "MEDIA_TYPE_NOT_SUPPORTED")
    return _question(_parse_json(await _read_body(request, body_bytes)), read_only=False)


async def _read_body(request: Request, limit: int) -> bytes:
    if int(request.headers.get("content-length") or 0) > limit:
        raise HttpError(413, f"the body is larger than {limit} bytes", "BODY_TOO_LARGE")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise HttpError(413, f"the body is larger than {limit} bytes", "BODY_TOO_LARGE")
    return bytes(body)


def _query_fields(request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = {name: request.query_params[name] for name in FIELDS if name in request.query_params}
    for name in ("variables", "extensions"):
        if name in fields:
            fields[name] = _parse_json(fields[name].encode(), name)
    return fields


def _parse_json(body: bytes, name: str = "the body") -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HttpError(400, f"{name} is not JSON: {error}", "JSON_INVALID") from None


def _question(fields: Any, *, read_only: bool) -> Question:
    if isinstance(fields, list):
        raise HttpError(400, "batches are not supported: send one operation", "BATCH_NOT_SUPPORTED")
    if not isinstance(fields, dict):
        raise HttpError(400, "the request must be a JSON object", "REQUEST_INVALID")
    for name, kind in FIELDS.items():
        if fields.get(name) is not None and not isinstance(fields[name], kind):
            raise HttpError(400, f"{name} must be {'text' if kind is str else 'an object'}", "REQUEST_INVALID")
    if not fields.get("query"):
        raise HttpError(400, "query is missing", "QUERY_MISSING")
    return Question(fields["query"], fields.get("operationName"), fields.get("variables") or {}, read_only)
