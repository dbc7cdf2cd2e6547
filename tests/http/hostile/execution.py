"""Requests that are allowed, or nearly, and costly to execute: filters, cursors, pages, search, cost."""

import base64
import json
from dataclasses import replace

from catalog.schema.filtering import MOST_VALUES
from tests.http.hostile.request import Hostile, document, words

FILTER = "query($f:CredentialFilter){credentials(filter:$f){totalCount}}"
TEXTS = [f"value-{one}" for one in range(MOST_VALUES)]
EVERY = {
    "kinds": ["COURSE", "DIPLOMA"] * (MOST_VALUES // 2),
    "institutions": TEXTS,
    "cities": TEXTS,
    "campuses": TEXTS,
    "modes": ["ONLINE", "IN_PERSON"] * (MOST_VALUES // 2),
    "attendance": ["EVENING", "WEEKEND"] * (MOST_VALUES // 2),
    "skills": TEXTS,
    "sectors": TEXTS,
    "languages": TEXTS,
    "creditStatus": ["CREDIT", "NON_CREDIT"] * (MOST_VALUES // 2),
    "audiences": ["YOUTH", "WOMEN"] * (MOST_VALUES // 2),
    "price": {"min": "0.01", "max": "99999"},
    "hours": {"min": 0.5, "max": 9_999.5},
    "weeks": {"min": 0.5, "max": 999.5},
    "startsAfter": "1900-01-01",
    "startsBefore": "2999-12-31",
    "status": ["OPEN", "UNKNOWN"] * (MOST_VALUES // 2),
    "noCostToLearner": False,
    "near": {"latitude": 48.43, "longitude": -123.36, "km": 20_000.0},
    "menu": "nothing",
    "pathway": "nothing",
    "includeUnknown": True,
}
WRONG = [f"id-{one}" for one in range(100)]
LIST = "edges{cursor node{id slug title}}"
LEAVES = "id version updatedAt slug kind title summary description url languages lifecycle status statusText issuesBadge audiences"
OWN = (
    '{institution(slug:"ubc"){credentials(first:100){edges{node{provider{credentials(first:100){edges{node{'
    + words(30, "a@:statusText b@:status")
    + "}}}}}}}}}"
)


def make_execution() -> list[Hostile]:
    return [*_filters(), *_pages(), *_search(), *_costs()]


def _filters() -> list[Hostile]:
    twenty = words(20, "a@:credentials(filter:$f){totalCount}")
    wide = {name: value for name, value in EVERY.items() if name not in {"menu", "pathway", "near"}}
    return [
        document("every condition, with all the values it takes", "", FILTER, {"f": EVERY}),
        document("one value too many", "ARGUMENT_INVALID", FILTER, {"f": {"cities": [*TEXTS, "x"]}}),
        document("regions nobody knows", "ARGUMENT_INVALID", FILTER, {"f": {"regions": TEXTS}}),
        document("20 times every condition", "COST_TOO_HIGH", f"query($f:CredentialFilter){{{twenty}}}", {"f": wide}),
        document("20 times around the Earth", "", f"query($f:CredentialFilter){{{twenty}}}", {"f": {"near": EVERY["near"]}}),
        document("patterns of LIKE", "", FILTER, {"f": {"cities": ["%", "_" * 200, "\\"]}}),
        document("a value of 10,000 letters", "ARGUMENT_INVALID", FILTER, {"f": {"cities": ["_" * 10_000]}}),
        document("statement in a value", "", FILTER, {"f": {"institutions": ["x'); DROP TABLE thing; --"]}}),
    ]


def _cursor(*key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _pages() -> list[Hostile]:
    asked = "query($a:String){credentials(after:$a){totalCount}}"
    forged = {
        "no base64": "!!!!",
        "no JSON": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        "no list": _cursor().replace("W10", "e30"),
        "another epoch": _cursor("0" * 32, "a", "b"),
        "60 kB": "A" * 60_000,
        "deep": base64.urlsafe_b64encode(b"[" * 700).decode(),
        "no ASCII": "é",
        "NUL": "\0",
    }
    return [
        *(document(f"cursor: {name}", "PAGE_INVALID|CURSOR_EXPIRED", asked, {"a": one}) for name, one in forged.items()),
        document(
            "cursor of changes", "PAGE_INVALID|CURSOR_EXPIRED", '{changes(after:"9999999999999999999"){edges{cursor}}}'
        ),
        document("first and last", "PAGE_INVALID", "{credentials(first:1,last:1){totalCount}}"),
        document("101 of a page", "PAGE_INVALID", "{credentials(first:101){totalCount}}"),
        document("100 ids that lead nowhere", "", "query($i:[ID!]!){nodes(ids:$i){id}}", {"i": WRONG}),
        document("20 times 100 ids", "", "query($i:[ID!]!){" + words(20, "a@:nodes(ids:$i){id}") + "}", {"i": WRONG}),
    ]


def _search() -> list[Hostile]:
    def search(name: str, text: str, codes: str = "") -> Hostile:
        return document(f"search: {name}", codes, "query($q:String){search(query:$q){totalCount}}", {"q": text})

    return [
        search("60 kB of words", "word " * 12_000, "|ARGUMENT_INVALID"),
        search("one word of 60 kB", "a" * 60_000, "|ARGUMENT_INVALID"),
        search("10,000 different words", " ".join(f"w{one}" for one in range(9_000)), "|ARGUMENT_INVALID"),
        search("operators", '+-"(*)~^:[a TO z] ' * 2_000, "|ARGUMENT_INVALID"),
        search("brackets", "(" * 30_000, "|ARGUMENT_INVALID"),
        search("wildcards", "a* *a ?? " * 3_000, "|ARGUMENT_INVALID"),
        search("NUL and controls", "a\0\x01\x02", "|ARGUMENT_INVALID"),
        search("joined emoji", "\U0001f468\u200d" * 5_000, "|ARGUMENT_INVALID"),
        document(
            "20 searches",
            "COST_TOO_HIGH",
            "query($q:String){" + words(20, "a@:search(query:$q,first:100){totalCount edges{node{slug}}}") + "}",
            {"q": "digital marketing and management of health care"},
        ),
        document(
            "8 searches",
            "",
            "query($q:String){" + words(8, "a@:search(query:$q,first:100){totalCount edges{node{slug}}}") + "}",
            {"q": "digital marketing and management of health care"},
        ),
    ]


def _costs() -> list[Hostile]:
    nested = (
        "credentials(first:100){edges{node{equivalents(first:100){edges{node{equivalents(first:100){edges{node{id}}}}}}}}}"
    )
    offerings = "offerings(when:ALL){label status seats fees{kind amount{amount}} places{role community}}"
    return [
        document("lists in lists in lists", "COST_TOO_HIGH", "{" + nested + "}"),
        document("20 lists of 100", "", "{" + words(20, f"a@:credentials(first:100){{{LIST}}}") + "}"),
        document(
            "100 credentials whole",
            "",
            "{credentials(first:100){edges{node{title summary description provider{name} " + offerings + "}}}}",
        ),
        document(
            "100 credentials with provenance",
            "COST_TOO_HIGH|",
            "{credentials(first:100){edges{node{provenance{field source value}}}}}",
        ),
        document("a page of demand, 20 times", "", "{" + words(20, "a@:demand(first:100){edges{node{id}}}") + "}"),
        document("coverage, 20 times", "COST_TOO_HIGH", "{" + words(20, "a@:coverage(by:[REGION]){revision}") + "}"),
    ]


def _large(name: str, text: str) -> Hostile:
    """The costliest that is allowed: much is asked for and much is answered."""
    return replace(document(name, "", text), seconds=1.0)


def _components(levels: int) -> str:
    """100 to the power of `levels` values, which 64 bits cannot hold from ten levels on."""
    return '{credential(slug:"a"){' + "components{" * levels + "id" + "}" * levels + "}}"
