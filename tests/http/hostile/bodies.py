"""Bodies that are no request, broken encodings, hostile JSON and variables."""

import gzip
import json

from tests.http.hostile.request import JSON, Hostile, body, document

MEMBERS = b'{"query":"{__typename #%%SALT%%\\n}"'
IDS = "query($i:[ID!]!){nodes(ids:$i){id}}"
FILTER = "query($f:CredentialFilter){credentials(filter:$f){totalCount}}"
PROFILE = "query($p:ProfileInput!){credentials(profile:$p){totalCount}}"


def make_bodies() -> list[Hostile]:
    return [*_no_request(), *_encodings(), *_json(), *_variables(), *_persisted()]


def _no_request() -> list[Hostile]:
    one = b'{"query":"{__typename}"}'
    return [
        body("empty body", "JSON_INVALID", b""),
        body("batch of 1,000", "BATCH_NOT_SUPPORTED", b"[" + b",".join([one] * 1_000) + b"]"),
        body("batch of 10,000", "BODY_TOO_LARGE", b"[" + b",".join([one] * 10_000) + b"]", (413,)),
        body("batch of one", "BATCH_NOT_SUPPORTED", b"[" + one + b"]"),
        body("empty batch", "BATCH_NOT_SUPPORTED", b"[]"),
        body("null", "REQUEST_INVALID", b"null"),
        body("query is a list", "REQUEST_INVALID", b'{"query":["{__typename}"]}'),
        body("query is an object", "REQUEST_INVALID", b'{"query":{"a":1}}'),
        body("operationName is a number", "REQUEST_INVALID", MEMBERS + b',"operationName":1}'),
        body("operationName of 100 kB", "OPERATION_UNKNOWN", MEMBERS + b',"operationName":"' + b"a" * 100_000 + b'"}'),
        body("operationName __proto__", "OPERATION_UNKNOWN", MEMBERS + b',"operationName":"__proto__"}'),
        body("operationName with NUL", "OPERATION_UNKNOWN", MEMBERS + b',"operationName":"\\u0000"}'),
        body("extensions are text", "REQUEST_INVALID", MEMBERS + b',"extensions":"x"}'),
    ]


def _encodings() -> list[Hostile]:
    return [
        body("byte order mark", "JSON_INVALID", b'\xef\xbb\xbf{"query":"{__typename}"}'),
        body("UTF-16", "JSON_INVALID", '{"query":"{__typename}"}'.encode("utf-16")),
        body("UTF-32", "JSON_INVALID", '{"query":"{__typename}"}'.encode("utf-32")),
        body("overlong slash", "JSON_INVALID", b'{"query":"{__typename #\xc0\xaf}"}'),
        body("overlong NUL", "JSON_INVALID", b'{"query":"\xc0\x80{__typename}"}'),
        body("encoded surrogate", "JSON_INVALID", b'{"query":"{__typename #\xed\xa0\x80}"}'),
        body("cut off in a character", "JSON_INVALID", b'{"query":"\xf0\x9f\x98"}'),
        body("beyond Unicode", "JSON_INVALID", b'{"query":"\xf5\x80\x80\x80"}'),
        body("lone surrogate escape in JSON", "JSON_INVALID", b'{"query":"{__typename}","variables":{"a":"\\ud800"}}'),
        body("NUL bytes", "JSON_INVALID", b"\0" * 50_000),
        body("random bytes", "JSON_INVALID", bytes(range(256)) * 400),
        body("gzip without saying so", "JSON_INVALID", gzip.compress(b'{"query":"{__typename}"}', mtime=0)),
        Hostile(
            "gzip bomb, said so",
            frozenset({"JSON_INVALID", "MEDIA_TYPE_NOT_SUPPORTED"}),
            gzip.compress(b" " * 50_000_000, mtime=0),
            headers=(JSON, ("content-encoding", "gzip")),
            statuses=frozenset({400, 413, 415}),
        ),
    ]


def _json() -> list[Hostile]:
    return [
        body("JSON 50,000 deep", "JSON_INVALID", b"[" * 50_000),
        body("JSON objects 10,000 deep", "JSON_INVALID", b'{"a":' * 10_000),
        body("duplicate keys, the last one counts", "", b'{"query":"{a}","query":"{b}",' + MEMBERS[1:] + b"}"),
        body("10,000 unknown members", "", MEMBERS + b"".join(b',"k%d":0' % one for one in range(10_000)) + b"}"),
        body(
            "10,000 alike keys",
            "",
            MEMBERS + b"".join(b',"%s":0' % (b"a" * (one % 9) + b"%d" % one) for one in range(6_000)) + b"}",
        ),
        body("1e999", "JSON_INVALID", MEMBERS + b',"variables":{"a":1e999}}'),
        body("NaN", "JSON_INVALID", MEMBERS + b',"variables":{"a":NaN}}'),
        body("integer of 100,000 digits", "JSON_INVALID", MEMBERS + b',"variables":{"a":' + b"9" * 100_000 + b"}}"),
        body("numbers that share a hash", "PAGE_INVALID", _asked(IDS, [n * (2**61 - 1) for n in range(1, 8)] * 300)),
        body("trailing bytes", "JSON_INVALID", b'{"query":"{__typename}"}' + b"{}" * 1_000),
        body("100 kB of spaces", "", b" " * 100_000 + MEMBERS + b"}"),
        body("60 kB of escapes", "", MEMBERS + b',"extensions":{"a":"' + b"\\u0041" * 10_000 + b'"}}'),
    ]


def _asked(query: str, value: object) -> bytes:
    name = query[query.index("$") + 1]
    return json.dumps({"query": f"#%%SALT%%\n{query}", "variables": {name: value}}, separators=(",", ":")).encode()


def _nested(levels: int) -> bytes:
    return MEMBERS + b',"variables":{"a":' + b"[" * levels + b"]" * levels + b"}}"


def _variables() -> list[Hostile]:
    held = [{"credential": 1}] * 3_700
    return [
        *(body(f"variables {one} deep", "VARIABLES_TOO_DEEP", _nested(one)) for one in (41, 200, 254, 300, 1_000)),
        body("extensions 1,000 deep", "", MEMBERS + b',"extensions":{"a":' + b"[" * 1_000 + b"]" * 1_000 + b"}}"),
        body(
            "variables of 100 kB", "VARIABLES_TOO_LARGE", MEMBERS + b',"variables":{"a":"' + b"a" * 100_000 + b'"}}', (413,)
        ),
        body("variables of 60 kB, unused", "", MEMBERS + b',"variables":{"a":"' + b"a" * 60_000 + b'"}}'),
        body(
            "6,500 unused variables",
            "",
            MEMBERS + b',"variables":{' + b",".join(b'"%d":0' % n for n in range(6_500)) + b"}}",
        ),
        body("31,000 ids", "PAGE_INVALID", _asked(IDS, [1] * 31_000)),
        body("15,000 ids of text", "PAGE_INVALID", _asked(IDS, ["a"] * 15_000)),
        body("20,000 empty objects", "VARIABLES_INVALID", _asked(PROFILE, {"held": [{}] * 20_000})),
        body("3,700 held credentials", "ARGUMENT_INVALID", _asked(PROFILE, {"held": held})),
        body("20,000 nulls for a list", "VARIABLES_INVALID", _asked(IDS, [None] * 12_000)),
        body("ids nested 39 deep", "VARIABLES_INVALID", _asked(IDS, json.loads("[" * 38 + "1" + "]" * 38))),
        body("wrong kind of 60 kB", "VARIABLES_INVALID", _asked(FILTER, "a" * 60_000)),
        body("12,000 codes", "COST_TOO_HIGH", _asked(FILTER, {"cities": ["a"] * 12_000})),
        body("slug with NUL", "", _asked("query($s:String){credential(slug:$s){id}}", "a\0b")),
        body("infinite decimal", "VARIABLES_INVALID", _asked(FILTER, {"price": {"max": "Infinity"}})),
        body(
            "decimal of 60,000 digits",
            "VARIABLES_INVALID|ARGUMENT_INVALID|",
            _asked(FILTER, {"price": {"max": "9" * 60_000}}),
        ),
        body(
            "decimal with a huge exponent",
            "VARIABLES_INVALID|ARGUMENT_INVALID|",
            _asked(FILTER, {"price": {"max": "1e999999999"}}),
        ),
        body("greatest float", "", _asked(FILTER, {"hours": {"min": 1.7e308}})),
        body("year 0", "VARIABLES_INVALID", _asked(FILTER, {"startsAfter": "0000-00-00"})),
        document(
            "Int beyond 32 bits", "VARIABLES_INVALID", "query($n:Int){credentials(first:$n){totalCount}}", {"n": 2**31}
        ),
        document("Int as 1e2", "", "query($n:Int){credentials(first:$n){totalCount}}", {"n": 1e2}),
    ]


def _persisted() -> list[Hostile]:
    def hashed(name: str, codes: str, digest: object, query: str = "", statuses: tuple[int, ...] = (200, 400)) -> Hostile:
        asked: dict[str, object] = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}
        return body(name, codes, json.dumps(asked | ({"query": query} if query else {})).encode(), statuses)

    return [
        hashed("hash of nothing known", "PERSISTED_QUERY_NOT_FOUND", "0" * 64),
        hashed("hash that is no hash", "PERSISTED_QUERY_NOT_FOUND", "' OR 1=1 --"),
        hashed("hash of 100 kB", "PERSISTED_QUERY_NOT_FOUND", "a" * 100_000),
        hashed("hash of 10 MB", "BODY_TOO_LARGE", "a" * 10_000_000, "", (413,)),
        hashed("poisoned hash", "PERSISTED_QUERY_MISMATCH", "0" * 64, "{__typename}"),
        hashed("hash of a hostile document", "PERSISTED_QUERY_MISMATCH|DOCUMENT_TOO_DEEP", "0" * 64, "{a" * 5_000),
        hashed("hash that is a number", "QUERY_MISSING", 5),
        hashed("hash that is a list", "QUERY_MISSING", ["0" * 64] * 500),
        body("documentId of 100 kB", "PERSISTED_QUERY_NOT_FOUND", b'{"documentId":"sha256:' + b"a" * 100_000 + b'"}'),
        body("documentId of another kind", "QUERY_MISSING", b'{"documentId":"md5:0"}'),
    ]
