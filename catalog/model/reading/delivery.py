"""What one file states, read into records: the one shape that every format hands on."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from catalog.errors import Issue, Severity
from catalog.model.identity import slugify
from catalog.model.reading.held import HeldRecords
from catalog.model.reading.unreadable import Unreadable
from catalog.model.record import Record, parse_record
from catalog.model.shapes import LINE_LENGTH
from catalog.model.source import Source
from catalog.model.vocabulary import RecordType

MOST_ISSUES = 10_000
"""Of one file; reading stops there."""
MOST_ITEMS = 2_000_000
"""Of one file; more of them than fit into one of the largest are not of anything."""
MOST_ALIKE = 50
"""Warnings of one code about one field; the others are counted."""
MOST_NAMES = 200
"""Of properties that are not taken; the others are counted."""
VALUE_LENGTH = 80

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a file besides its bytes, and what its plain values mean.

    `provider` is a reference to the institution whose listings they are; without it the file must name one.
    `address` is where the bytes came from: what relative addresses begin with.
    """

    provider: str | None = None
    language: str = "en"
    time_zone: str | None = None
    currency: str = "CAD"
    name: str | None = None
    address: str | None = None
    charset: str | None = None
    keeps_items: bool = True
    """Whether items are kept as they were, so that those that fail can be given back."""


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Gone:
    """A mark that something is no longer offered; absence alone is no such mark."""

    type: RecordType
    ref: str
    row: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What a record speaks of: the paths of its fields, such as `title.en`, and the fields of offerings (None: of none).

    Whatever else its source said before stays, but for the offerings in `gone`, which are marked as no longer offered.
    `untouched` are, by ref, fields of offerings that stay as they were although they have a place in the file.
    """

    fields: frozenset[str]
    offerings: frozenset[str] | None = None
    gone: frozenset[str] = frozenset()
    untouched: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """`rows` are the numbers, from 1, of the items that the records were made of; several may come of one item.

    `places` says where in the file an item stands, `items` what it was, for those that are sent back. `covers` goes beside
    `records`; None is a record that is all that its source says. `is_exact`: not even offerings that have ended stay unless
    they are stated again.
    """

    format: str
    form: str = ""
    """Which of several forms of its format it has."""
    source: Source | None = None
    records: HeldRecords = field(default_factory=HeldRecords)
    mentioned: list[Record] = field(default_factory=list)
    """Institutions that listings only name: they become things where nobody knows them, and are never changed so."""
    rows: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    heads: dict[str, list[str]] = field(default_factory=dict)
    """Of tables: the names of the columns that a file has, by its sheets."""
    places: dict[int, str] = field(default_factory=dict)
    items: dict[int, Any] = field(default_factory=dict)
    covers: list[Cover | None] = field(default_factory=list)
    is_exact: bool = False

    is_mended: bool = False
    """Whether the file is one of rows that had failed, sent again: only a part of what its source states."""

    @property
    def is_refused(self) -> bool:
        return any(issue.severity is Severity.ERROR for issue in self.issues)


class Full(Exception):
    """There are so many issues that reading on would help nobody."""


class Reading:
    """Collects what a reader finds: `begin` an item, then `keep` its records and say what is wrong with it."""

    def __init__(self, format_: str, told: Told, source: Source | None = None) -> None:
        self.told = told
        self.delivery = Delivery(format_, source=source)
        self.row = 0
        self._alike: Counter[tuple[str, str | None]] = Counter()
        self._dropped: Counter[str] = Counter()
        self._named: dict[str, bool] = {}

    def begin(self, place: str, item: Any = None) -> int:
        """The number of the next item; `place` is where a person finds it: `line 12`, `$.courses[3]`. Raises Full."""
        if len(self.delivery.places) >= MOST_ITEMS:
            self.row = 0
            self.fail("TOO_MANY_ITEMS", f"reading stopped after {MOST_ITEMS} items", hint="send the file in parts")
            raise Full
        self.row += 1
        self.delivery.places[self.row] = place
        if item is not None and self.told.keeps_items:
            self.delivery.items[self.row] = item
        return self.row

    @contextmanager
    def of_file(self) -> Iterator[None]:
        """What is said inside concerns the file, not the item at hand."""
        row, self.row = self.row, 0
        try:
            yield
        finally:
            self.row = row

    def keep(self, value: Mapping[str, Any], cover: Cover | None = None) -> bool:
        """Takes a record, written as JSON, of the item at hand; whether it is one. Nulls and empty lists are left out."""
        try:
            value = stated(value)
        except RecursionError:
            self.fail("RECORD_INVALID", "the record is nested too deeply")
            return False
        return self.keep_exactly(value, cover)

    def keep_exactly(self, value: Any, cover: Cover | None = None) -> bool:
        """The same for what is written as a Record already: whatever is wrong with it is said."""
        parsed = parse_record(value, self.row or None, self.told.language)
        if isinstance(parsed, list):
            for issue in parsed:
                self._add(issue)
            return False
        self.delivery.records.append(parsed)
        self.delivery.rows.append(self.row)
        self.delivery.covers.append(cover)
        return True

    def provider(self, name: str | None, url: str | None = None) -> str | None:
        """The reference of who offers a listing: the institution that the sender speaks for, else the one named here."""
        if self.told.provider or not name or not name.strip():
            return self.told.provider
        slug = slugify(name)
        if slug not in self._named:
            self._named[slug] = self._mention(slug, name, url)
        return slug if self._named[slug] else None

    def _mention(self, slug: str, name: str, url: str | None) -> bool:
        """Whether the institution can be one; an address that cannot is left out."""
        value = {"type": "institution", "ref": slug, "slug": slug, "name": name[:LINE_LENGTH], "kind": "NOT_STATED"}
        parsed = parse_record(stated(value | {"url": url}), self.row or None, self.told.language)
        if isinstance(parsed, list) and url:
            parsed = parse_record(stated(value), self.row or None, self.told.language)
        if isinstance(parsed, list):
            self.warn(parsed[0].code, f"the institution {name[:60]!r}: {parsed[0].message}", "provider", name)
            return False
        self.delivery.mentioned.append(parsed)
        return True

    def gone(self, type_: RecordType, ref: str) -> None:
        self.delivery.gone.append(Gone(type_, ref, self.row))

    def take(self, path: str, parse: Callable[..., T], value: Any, *more: Any) -> T | None:
        """The parsed value; None, with a warning, for what cannot be read. Nothing stated is nothing found."""
        if value is None or value == "":
            return None
        try:
            return parse(value, *more)
        except Unreadable as error:
            self.warn(error.code, f"{path} {error}", path, value, error.hint)
            return None

    def warn(self, code: str, message: str, path: str = "", value: Any = None, hint: str | None = None) -> None:
        """Something of the item was left out, or understood with doubt; the rest of it holds."""
        self._alike[code, path] += 1
        if self._alike[code, path] <= MOST_ALIKE:
            self._say(code, message, path, value, hint, Severity.WARNING)

    def fail(
        self,
        code: str,
        message: str,
        path: str = "",
        value: Any = None,
        hint: str | None = None,
        place: str | None = None,
    ) -> None:
        """The item cannot be published as it is. `place`: where, if that is not where the item begins."""
        self._say(code, message, path, value, hint, Severity.ERROR, place)

    def drop(self, name: str) -> None:
        """A property that has no place in a Record; each is named once, with how often it stood there."""
        self._dropped[name[:VALUE_LENGTH]] += 1

    def end(self) -> Delivery:
        """The delivery. A file that holds nothing at all says so."""
        for (code, path), count in self._alike.items():
            if count > MOST_ALIKE:
                message = f"{path or 'the file'}: {count - MOST_ALIKE} more warnings like those above"
                self.delivery.issues.append(Issue(code, message, severity=Severity.WARNING, field=path or None))
        for name, count in self._dropped.most_common(MOST_NAMES):
            message = f"{name} is not taken; it stands there {count} times"
            self.delivery.issues.append(Issue("FIELD_UNKNOWN", message, field=name, severity=Severity.WARNING))
        if len(self._dropped) > MOST_NAMES:
            message = f"{len(self._dropped) - MOST_NAMES} more properties are not taken"
            self.delivery.issues.append(Issue("FIELD_UNKNOWN", message, severity=Severity.WARNING))
        if not (self.delivery.records or self.delivery.gone or self.delivery.issues):
            self.delivery.issues.append(Issue("NOTHING_FOUND", "the file states nothing that the catalogue takes"))
        return self.delivery

    def _say(
        self,
        code: str,
        message: str,
        path: str,
        value: Any,
        hint: str | None,
        severity: Severity,
        place: str | None = None,
    ) -> None:
        row = self.row or None
        name = path.split(".", 1)[0].split("[", 1)[0] or None
        self._add(Issue(code, message, path, row, name, shown(value), hint, severity, place=place))

    def _add(self, issue: Issue) -> None:
        place = issue.place or (self.delivery.places.get(issue.row) if issue.row else None)
        self.delivery.issues.append(replace(issue, place=place))
        if len(self.delivery.issues) >= MOST_ISSUES:
            message = f"reading stopped after {MOST_ISSUES} issues"
            self.delivery.issues.append(Issue("TOO_MANY_ISSUES", message, place=place))
            raise Full


def stated(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without nulls, empty texts, lists and objects, at any depth: what is not stated is absent."""
    found = {key: _stated(one) for key, one in value.items()}
    return {key: one for key, one in found.items() if one not in (None, "", [], {})}


def _stated(value: Any) -> Any:
    if isinstance(value, Mapping):
        return stated(value)
    if isinstance(value, list | tuple):
        return [one for one in map(_stated, value) if one not in (None, "", [], {})]
    return value


def shown(value: Any) -> str | None:
    """A value as a message shows it: shortened, and never a whole record."""
    if value is None or isinstance(value, dict | list):
        return None
    text = str(value)
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"


def refused(format_: str, code: str, message: str, hint: str | None = None, **details: Any) -> Delivery:
    """The delivery of a file that cannot be read at all."""
    return Delivery(format_, issues=[Issue(code, message, hint=hint, **details)])
