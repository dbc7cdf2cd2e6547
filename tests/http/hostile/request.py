"""One hostile request as bytes on the wire, and the codes that it may be answered with."""

import json
from dataclasses import dataclass, field
from urllib.parse import quote

from catalog.settings import Settings

SALT = b"%%SALT%%"
"""Replaced at each sending, so that no cache answers a document or a body that was sent before."""
JSON = ("content-type", "application/json")
UNCODED = frozenset({"-"})
"""Answered by the HTTP parser below the application: a 4xx without a body of ours."""


@dataclass(frozen=True)
class Hostile:
    """`codes`: at least one must be among the errors of the answer; none, or an empty one among them: there may be no error.

    `seconds` is more than usual for what is allowed and brings much data."""

    name: str
    codes: frozenset[str]
    body: bytes = b""
    method: str = "POST"
    address: bytes = b"/graphql"
    headers: tuple[tuple[str, str], ...] = (JSON,)
    adds_length: bool = True
    seconds: float = 0.1
    statuses: frozenset[int] = field(default=frozenset({200, 400}))

    def complaint(self, status: int, found: set[str], seconds: float, allowance: float) -> str | None:
        """What is wrong with the answer."""
        is_coded = bool(self.codes & found) if found else not self.codes or "" in self.codes
        if is_coded and status in self.statuses and seconds <= self.seconds * allowance:
            return None
        return f"{self.name}: {status} {sorted(found)} after {seconds * 1000:.0f} ms; expected {sorted(self.codes)}"

    def wire(self, salt: int) -> bytes:
        """The whole request; `salt` makes it another one than before."""
        lines = [self.method.encode() + b" " + self.address + b" HTTP/1.1", b"host: 127.0.0.1"]
        lines += [f"{name}: {value}".encode("latin-1") for name, value in self.headers]
        if self.adds_length and self.method != "GET":
            lines.append(b"content-length: %d" % len(self.body))
        whole = b"\r\n".join([*lines, b"", b""]) + self.body
        return whole.replace(SALT, b"%08d" % salt)


def coded(codes: str) -> frozenset[str]:
    """`A|B`: one of these; empty: no error."""
    return frozenset(codes.split("|")) if codes else frozenset()


def document(name: str, codes: str, text: str, variables: object = None, **more: object) -> Hostile:
    """A document by POST, with a comment that makes it new each time."""
    asked = {"query": f"#{SALT.decode()}\n{text}", **({"variables": variables} if variables is not None else {}), **more}
    return body(name, codes, json.dumps(asked).encode())


def body(name: str, codes: str, content: bytes, statuses: tuple[int, ...] = (200, 400), **more: object) -> Hostile:
    return Hostile(name, coded(codes), content, statuses=frozenset(statuses), **more)


def address(name: str, codes: str, query_string: str | bytes, statuses: tuple[int, ...] = (200, 400)) -> Hostile:
    stated = query_string if isinstance(query_string, bytes) else query_string.encode("ascii")
    return Hostile(name, coded(codes), method="GET", address=b"/graphql?" + stated, headers=(), statuses=frozenset(statuses))


def by_get(name: str, codes: str, text: str, **more: str) -> Hostile:
    parts = "".join(f"&{key}={quote(value)}" for key, value in more.items())
    return address(name, codes, f"query={quote(text)}{parts}")


def limit(name: str) -> int:
    """A limit as it stands when nobody sets it, for what lies just below."""
    return int(Settings.model_fields[name].default)


def words(count: int, form: str) -> str:
    """`form` with each number in the place of `@`."""
    return " ".join(form.replace("@", str(number)) for number in range(count))
