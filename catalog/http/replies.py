"""Answers and problems as replies: status, headers, body."""

from hashlib import blake2b

import orjson

from catalog.http.answers import Answer, Facts
from catalog.http.exchange import Headers, Reply
from catalog.http.messages import GRAPHQL_RESPONSE
from catalog.http.response_cache import Entry

NOT_STORED = b"no-store"
NOSNIFF = (b"x-content-type-options", b"nosniff")
VARY = (b"vary", b"Accept, Accept-Encoding")
SERVER_ERROR = 500


def etag_of(epoch: str, body: bytes) -> bytes:
    """Weak, since it stands for the compressed body too; no answer of another epoch has it."""
    return b'W/"' + blake2b(body, digest_size=12, key=epoch.encode()[:64]).hexdigest().encode() + b'"'


def status_of(answer: Answer, media_type: str) -> int:
    """Under application/json a well-formed request is answered 200, since old clients read no body otherwise."""
    if answer.executed:
        return 200
    return answer.status if media_type == GRAPHQL_RESPONSE or answer.status >= SERVER_ERROR else 200


def answer_reply(answer: Answer, media_type: str, compressed: bytes | None, etag: bytes | None, freshness: bytes) -> Reply:
    """`compressed` is sent where it is given; `etag` and `freshness` are for what may be kept by others."""
    body = answer.body if compressed is None else compressed
    headers = _headers(media_type, body, freshness if etag else NOT_STORED, is_compressed=compressed is not None)
    if etag:
        headers.append((b"etag", etag))
    return Reply(status_of(answer, media_type), headers, body, answer.facts, "miss" if answer.validity else "off")


def kept_reply(entry: Entry, media_type: str, compressed: bytes | None, freshness: bytes | None) -> Reply:
    """`freshness` for an answer to GET; None: to POST."""
    body = entry.body if compressed is None else compressed
    form = (media_type, freshness is not None, compressed is not None)
    headers = entry.headers.get(form)
    if headers is None:
        headers = _headers(media_type, body, freshness or NOT_STORED, is_compressed=compressed is not None)
        entry.headers[form] = headers = [*headers, (b"etag", entry.etag)] if freshness else headers
    return Reply(200, headers.copy(), body, entry.facts, "hit")


def not_modified(etag: bytes, freshness: bytes, facts: Facts, cache: str) -> Reply:
    return Reply(304, [(b"etag", etag), (b"cache-control", freshness), VARY, NOSNIFF], b"", facts, cache)


def matches(stated: bytes | None, etag: bytes) -> bool:
    """If-None-Match, compared weakly."""
    if not stated:
        return False
    return stated == etag or stated.strip() == b"*" or etag[2:] in stated


def problem(status: int, message: str, code: str, media_type: str, headers: dict[str, str] | None = None) -> Reply:
    body = orjson.dumps({"errors": [{"message": message, "extensions": {"code": code}}]})
    shown = _headers(media_type, body, NOT_STORED, is_compressed=False)
    shown += [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return Reply(status, shown, body, Facts(codes=(code,)))


def _headers(media_type: str, body: bytes, freshness: bytes, *, is_compressed: bool) -> Headers:
    headers = [
        (b"content-type", _TYPES.get(media_type) or f"{media_type}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", freshness),
        VARY,
        NOSNIFF,
    ]
    if is_compressed:
        headers.append((b"content-encoding", b"gzip"))
    return headers


_TYPES = {name: f"{name}; charset=utf-8".encode() for name in (GRAPHQL_RESPONSE, "application/json")}
