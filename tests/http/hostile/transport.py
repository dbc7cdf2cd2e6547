"""Content types, headers, methods and addresses."""

from urllib.parse import quote

from tests.http.hostile.framing import ASKED, REFUSED
from tests.http.hostile.request import JSON, UNCODED, Hostile, address, by_get


def make_transport() -> list[Hostile]:
    return [*_content_types(), *_headers(), *_methods(), *_addresses()]


def _post(name: str, codes: str, *headers: tuple[str, str], status: int = 200, method: str = "POST") -> Hostile:
    expected = frozenset(codes.split("|")) if codes else frozenset[str]()
    return Hostile(name, expected, ASKED, method, headers=headers, statuses=frozenset({status}))


def _content_types() -> list[Hostile]:
    refused = "MEDIA_TYPE_NOT_SUPPORTED"
    return [
        _post("no content type", refused, status=415),
        *(
            _post(f"content type {kind[:40]}", refused, ("content-type", kind), status=415)
            for kind in (
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/graphql",
                "application/json; charset=utf-16",
                "application/json, text/plain",
                "application/jsonp",
                "a" * 50_000,
                "application/json;" + "charset=utf-7;" * 3_000,
            )
        ),
        _post("content type of 3,000 parameters", "", ("content-type", "application/json" + ";a=b" * 3_000)),
        _post("content type twice", refused, JSON, ("content-type", "text/plain"), status=415),
    ]


def _headers() -> list[Hostile]:
    return [
        _post("500 headers", "-", JSON, *((f"x-{one}", "a" * 50) for one in range(500)), status=400),
        _post("500 headers of one name", "-", JSON, *(("x-a", "b" * 50) for _ in range(500)), status=400),
        _post("500 cookies", "-", JSON, *(("cookie", f"a{one}=b") for one in range(500)), status=400),
        _post("60 kB of cookies", "", JSON, ("cookie", "a=b;" * 15_000)),
        _post("Accept of 60 kB", "NOT_ACCEPTABLE", JSON, ("accept", "text/html," * 6_000), status=406),
        _post("Accept of 20,000 weights", "NOT_ACCEPTABLE", JSON, ("accept", "a/b" + ";q=0.1" * 10_000), status=406),
        _post("Accept-Encoding of 60 kB", "", JSON, ("accept-encoding", "gzip;q=0.5 ," * 5_000)),
        _post("Accept-Encoding of spaces", "", JSON, ("accept-encoding", "gzip" + " " * 60_000 + ";q=0")),
        _post("If-None-Match of 60 kB", "", JSON, ("if-none-match", 'W/"a",' * 10_000)),
        _post("request id of 60 kB", "", JSON, ("x-request-id", "a" * 60_000)),
        _post("request id that forges a log line", "", JSON, ("x-request-id", 'a"},{"status":200')),
        _post("forged address", "", JSON, ("x-forwarded-for", "1.1.1.1"), ("x-real-ip", "1.1.1.1")),
        _post("method override", "", JSON, ("x-http-method-override", "DELETE")),
        _post("bearer of 60 kB", "", JSON, ("authorization", "Bearer " + "a" * 60_000)),
        _post("header name of 60 kB", "", JSON, ("x" * 60_000, "a")),
        _post("40,000 headers of one name", "-", JSON, *([("x", "a")] * 40_000), status=400),
        _post("header of 2 MB", "-", JSON, ("x", "a" * 2_000_000), status=400),
    ]


def _methods() -> list[Hostile]:
    refused = "METHOD_NOT_ALLOWED"
    kinds = [_post(f"method {one}", refused, JSON, status=405, method=one) for one in ("PUT", "DELETE", "PATCH", "OPTIONS")]
    return [
        *kinds,
        Hostile("method TRACE", frozenset({refused}), b"", "TRACE", statuses=frozenset({405})),
        Hostile("method nobody knows", UNCODED, b"", "HACK", statuses=REFUSED),
        by_get("mutation by GET", "GRAPHQL_VALIDATION_FAILED|METHOD_NOT_ALLOWED", "mutation{__typename}"),
        by_get("subscription by GET", "GRAPHQL_VALIDATION_FAILED|METHOD_NOT_ALLOWED", "subscription{__typename}"),
    ]


def _addresses() -> list[Hostile]:
    deep = quote("[" * 300 + "]" * 300)
    return [
        address("no query", "QUERY_MISSING", ""),
        address("thousands of parameters", "REQUEST_INVALID", "&".join(f"a{one}=b" for one in range(3_000))),
        address("2,000 queries", "REQUEST_INVALID", "&".join(["query=%7Ba%7D"] * 2_000)),
        address("20 queries, the first one counts", "GRAPHQL_VALIDATION_FAILED", "&".join(["query=%7Ba%7D"] * 20)),
        address("address of 60 kB", "ADDRESS_TOO_LONG", "query=" + "a" * 60_000, (414,)),
        Hostile(
            "address of 1 MB",
            UNCODED | {"ADDRESS_TOO_LONG"},
            method="GET",
            address=b"/graphql?query=" + b"a" * 1_000_000,
            headers=(),
            statuses=REFUSED,
        ),
        address("bytes that are no UTF-8", "REQUEST_INVALID", "query=%ff%fe"),
        address("overlong UTF-8", "REQUEST_INVALID", "query=%c0%80"),
        address("encoded NUL", "GRAPHQL_PARSE_FAILED", "query=%00"),
        address("half an escape", "GRAPHQL_PARSE_FAILED", "query=%7"),
        address("variables that are no JSON", "JSON_INVALID", "query=%7Ba%7D&variables=%7B"),
        address(
            "variables 300 deep by GET", "VARIABLES_TOO_DEEP", f"query=%7B__typename%7D&variables=%7B%22a%22%3A{deep}%7D"
        ),
        address("variables are a list", "REQUEST_INVALID", "query=%7Ba%7D&variables=%5B%5D"),
        address(
            "a person's place in the address",
            "PROFILE_NEEDS_POST|PROFILE_MUST_BE_VARIABLE",
            "query="
            + quote("query($f:CredentialFilter){credentials(filter:$f){totalCount}}")
            + "&variables="
            + quote('{"f":{"near":{"latitude":48,"longitude":-123,"km":1}}}'),
        ),
        Hostile(
            "unencoded bytes",
            UNCODED | {"REQUEST_INVALID"},
            method="GET",
            address=b"/graphql?query=\xff\xfe",
            headers=(),
            statuses=REFUSED,
        ),
        Hostile(
            "path with NUL", UNCODED, method="GET", address=b"/graphql%00?query=a", headers=(), statuses=frozenset({404})
        ),
        Hostile(
            "path that climbs",
            UNCODED,
            method="GET",
            address=b"/static/../../../../etc/passwd",
            headers=(),
            statuses=frozenset({404}),
        ),
        Hostile(
            "encoded path that climbs",
            UNCODED,
            method="GET",
            address=b"/graphiql/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            headers=(),
            statuses=frozenset({404}),
        ),
    ]
