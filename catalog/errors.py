"""Every error the catalogue raises on purpose.

CatalogError
├── RequestError            the caller's request cannot be answered as it stands
│   ├── ArgumentInvalid     ARGUMENT_INVALID, PAGE_INVALID
│   ├── CursorExpired       CURSOR_EXPIRED
│   └── LimitExceeded       DOCUMENT_TOO_LONG, DOCUMENT_TOO_DEEP, BODY_TOO_LARGE
├── NotAvailable            NOT_AVAILABLE: the capability is not built yet
├── DeadlineExceeded        DEADLINE_EXCEEDED
├── SearchUnavailable       SEARCH_UNAVAILABLE
├── DocumentMissing         DOCUMENT_MISSING: a relation leads to something withdrawn or restricted
├── RecordsRejected         RECORDS_REJECTED, with the issues that say why
├── FetchFailed             ADDRESS_INVALID, ADDRESS_FORBIDDEN, FETCH_UNREACHABLE, FETCH_TLS, FETCH_TIMEOUT, FETCH_TOO_LARGE,
│                           FETCH_STATUS, FETCH_REDIRECTS, FETCH_ENCODING, FETCH_PAGES, ROBOTS_FORBIDDEN, SITEMAP_INVALID
└── StorageError            WRITE_BUSY, SCHEMA_OUT_OF_DATE, DATABASE_UNREACHABLE, SETTING_INVALID
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "ERROR"
    WARNING = "WARNING"


def printable(text: str) -> str:
    """What came from outside, without what would steer a terminal or break an encoding."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape", "surrogatepass").decode() for one in text)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong with what somebody sent.

    `row` counts records from 1; `path` names the field inside the record, such as `offerings[fall].weeks`.
    """

    code: str
    message: str
    path: str = ""
    row: int | None = None
    field: str | None = None
    value: str | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR
    ref: str | None = None
    """What the publisher, or the catalogue, calls the record."""
    place: str | None = None
    """Where a person finds it in what was sent, such as `Offerings row 7` or `$.courses[3]`."""

    def __str__(self) -> str:
        record = self.place or (f"record {self.row}" if self.row else "")
        name = f"({self.ref})" if self.ref and record else self.ref or ""
        where = " ".join(part for part in (record, name, self.path) if part)
        hint = f" ({self.hint})" if self.hint else ""
        return printable(f"{where or 'file'}: {self.code}: {self.message}{hint}")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class CatalogError(Exception):
    """Anything that goes wrong in a way a caller can be told; `code` is stable and documented in docs/ERRORS.md."""

    code = "CATALOG_ERROR"

    def __init__(self, message: str, *, code: str | None = None, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.details = details


class RequestError(CatalogError):
    code = "REQUEST_INVALID"


class ArgumentInvalid(RequestError):
    code = "ARGUMENT_INVALID"


class CursorExpired(RequestError):
    code = "CURSOR_EXPIRED"


class LimitExceeded(RequestError):
    code = "LIMIT_EXCEEDED"


class NotAvailable(CatalogError):
    code = "NOT_AVAILABLE"


class DeadlineExceeded(CatalogError):
    code = "DEADLINE_EXCEEDED"


class SearchUnavailable(CatalogError):
    code = "SEARCH_UNAVAILABLE"


class DocumentMissing(CatalogError):
    code = "DOCUMENT_MISSING"


class StorageError(CatalogError):
    code = "STORAGE_ERROR"


class FetchFailed(CatalogError):
    """Nothing of an address was taken. `details` may have `status` and `retry_after_seconds`, as the server said."""

    code = "FETCH_UNREACHABLE"


class RecordsRejected(CatalogError):
    code = "RECORDS_REJECTED"

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = issues
        first = issues[0] if issues else "no issue given"
        super().__init__(f"{len(issues)} issue(s); the first: {first}")
