"""Makes one delivery of those of single pages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import orjson

from catalog.errors import Issue, Severity
from catalog.ingest.addressing import page_key
from catalog.model.reading.delivery import Cover, Delivery
from catalog.model.record import Record, content
from catalog.publishing.manner import Key, key_of

MOST_ALIKE = 20
"""Warnings of one code about one field; the others are counted."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A listing as one page shows it."""

    record: Record
    row: int
    cover: Cover | None
    weight: tuple[bool, int]


@dataclass
class Joining:
    """Numbers of items go on from page to page, and places begin with the address of the page.

    What is wrong with a page as a whole is wrong with an item of its own, so that the others can be taken.
    """

    _whole: Delivery = field(default_factory=lambda: Delivery("schema.org", form="pages"))
    _shown: dict[Key, _Shown] = field(default_factory=dict)
    _mentioned: dict[Key, Record] = field(default_factory=dict)
    _alike: Counter[tuple[str, str | None]] = field(default_factory=Counter)

    def add(self, address: str, page: Delivery) -> None:
        """The next page."""
        own = len(self._whole.places) + 1
        self._whole.places[own] = address
        for row, place in page.places.items():
            self._whole.places[own + row] = f"{address} {place}".strip()
        self._whole.items |= {own + row: item for row, item in page.items.items()}
        self._whole.gone += [replace(one, row=own + one.row) for one in page.gone]
        self._whole.issues += list(self._issues(page, own))
        for one in page.mentioned:
            self._mentioned.setdefault(key_of(one), one)
        here = page_key(address)
        for row, record, cover in zip(page.rows, page.records, page.covers, strict=True):
            is_own = bool(record.url) and page_key(str(record.url)) == here
            self._show(_Shown(record, own + row, cover, (is_own, len(orjson.dumps(content(record))))))

    def joined(self) -> Delivery:
        """All of it, in the order of the pages."""
        for (code, name), count in self._alike.items():
            if count > MOST_ALIKE:
                message = f"{name or 'the pages'}: {count - MOST_ALIKE} more warnings like those above"
                self._whole.issues.append(Issue(code, message, field=name, severity=Severity.WARNING))
        for one in sorted(self._shown.values(), key=lambda shown: shown.row):
            self._whole.records.append(one.record)
            self._whole.rows.append(one.row)
            self._whole.covers.append(one.cover)
        self._whole.mentioned = list(self._mentioned.values())
        return self._whole

    def _show(self, one: _Shown) -> None:
        """A list of courses says less of each than its own page does."""
        before = self._shown.get(key_of(one.record))
        if before is None or one.weight > before.weight:
            self._shown[key_of(one.record)] = one

    def _issues(self, page: Delivery, own: int) -> Iterator[Issue]:
        for issue in page.issues:
            row = own + (issue.row or 0)
            if issue.severity is Severity.ERROR:
                yield replace(issue, row=row, place=self._place(row, issue))
                continue
            self._alike[issue.code, issue.field] += 1
            if self._alike[issue.code, issue.field] <= MOST_ALIKE:
                yield replace(issue, row=row if issue.row else None, place=self._place(row, issue))

    def _place(self, row: int, issue: Issue) -> str:
        """The address first; an issue may know better than its item where in the page it is."""
        address, _, inside = self._whole.places[row].partition(" ")
        return f"{address} {issue.place or inside}".strip()
