"""Requests and answers of GraphQL over HTTP, as values."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from catalog.errors import RequestError

GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
FIELDS = {"query": str, "operationName": str, "variables": dict, "extensions": dict, "documentId": str}
MOST_FIELDS = 20
DEEPEST = 40  # levels of nesting in variables; no input type needs more than a dozen


@dataclass(frozen=True, slots=True)
class Question:
    """What a client asks: a document, or the hash of one that is known. `read_only`: by GET, where nothing may change."""

    query: str | None
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    read_only: bool = False
    hash: str | None = None


class HttpError(RequestError):
    """A request that is no GraphQL request; the status holds for every media type."""

    def __init__(self, status: int, message: str, code: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.headers = headers or {}


def choose_media_type(accept: str | None) -> str:
    """The richer of the two that the client accepts; absent means application/json. Raises HttpError (406)."""
    if not accept or accept == "*/*":
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


def check_content_type(content_type: str) -> None:
    """Raises HttpError (415)."""
    if content_type == JSON:
        return
    kind, _, parameters = content_type.partition(";")
    if kind.strip().lower() != JSON:
        raise HttpError(415, f"the body must be {JSON}", "MEDIA_TYPE_NOT_SUPPORTED")
    charsets = [one.strip()[8:].strip('"') for one in parameters.lower().split(";") if one.strip().startswith("charset=")]
    if not set(charsets) <= {"utf-8", "utf8"}:
        raise HttpError(415, "the body must be UTF-8", "MEDIA_TYPE_NOT_SUPPORTED")


def read_body(body: bytes, variables_bytes: int) -> Question:
    """Raises HttpError."""
    return _question(_parse_json(body), variables_bytes, read_only=False)


def read_address(query_string: bytes, variables_bytes: int) -> Question:
    """Raises HttpError."""
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise HttpError(
            400, f"the address is no form of UTF-8 text, or has more than {MOST_FIELDS} parameters", "REQUEST_INVALID"
        ) from None
    fields: dict[str, Any] = {name: value for name, value in reversed(pairs) if name in FIELDS}
    for name in ("variables", "extensions"):
        if name in fields:
            fields[name] = _parse_json(fields[name].encode(), name)
    return _question(fields, variables_bytes, read_only=True)


def _parse_json(body: bytes, name: str = "the body") -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HttpError(400, f"{name} is not JSON: {error}", "JSON_INVALID") from None


def _question(fields: Any, variables_bytes: int, *, read_only: bool) -> Question:
    if isinstance(fields, list):
        raise HttpError(400, "batches are not supported: send one operation", "BATCH_NOT_SUPPORTED")
    if not isinstance(fields, dict):
        raise HttpError(400, "the request must be a JSON object", "REQUEST_INVALID")
    for name, kind in FIELDS.items():
        if fields.get(name) is not None and not isinstance(fields[name], kind):
            raise HttpError(400, f"{name} must be {'text' if kind is str else 'an object'}", "REQUEST_INVALID")
    digest = _hash(fields)
    if not fields.get("query") and digest is None:
        raise HttpError(400, "query is missing", "QUERY_MISSING")
    variables = fields.get("variables") or {}
    _check_variables(variables, variables_bytes)
    return Question(fields.get("query") or None, fields.get("operationName") or None, variables, read_only, digest)


def _check_variables(variables: dict[str, Any], most: int) -> None:
    if not variables:
        return
    level: list[Any] = [variables]
    for _ in range(DEEPEST):
        level = [item for one in level for item in (one.values() if isinstance(one, dict) else one)]
        level = [one for one in level if isinstance(one, dict | list)]
        if not level:
            break
    else:
        raise HttpError(400, f"the variables are nested deeper than {DEEPEST} levels", "VARIABLES_TOO_DEEP")
    if len(orjson.dumps(variables)) > most:
        raise HttpError(413, f"the variables are larger than {most} bytes", "VARIABLES_TOO_LARGE")


def _hash(fields: dict[str, Any]) -> str | None:
    """The hash of a persisted document: as Apollo and urql send it, or as a documentId `sha256:...`."""
    stated = (fields.get("extensions") or {}).get("persistedQuery")
    if isinstance(stated, dict) and isinstance(stated.get("sha256Hash"), str):
        return str(stated["sha256Hash"]).lower()
    identifier = fields.get("documentId") or ""
    return identifier[7:].lower() if identifier.startswith("sha256:") else None
