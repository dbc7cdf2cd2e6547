"""What a call of apply will write, worked out before any lock is taken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.db.types import RawJson
from catalog.errors import Issue
from catalog.model.bulk import RowsByTable
from catalog.model.links import Link
from catalog.model.record import Record
from catalog.model.render import Context, render
from catalog.model.source import Source
from catalog.model.vocabulary import ChangeKind, RecordType, Visibility
from catalog.publishing.existing import Thing
from catalog.publishing.incoming import Incoming
from catalog.publishing.shown_through import stricter


@dataclass(frozen=True, slots=True)
class PlannedThing:
    """One thing as it will be. `kind` is None when only its Document or tables are written anew."""

    id: str
    type: RecordType
    slug: str
    old: Thing | None
    version: int
    record: Record | None
    text: RawJson | None
    record_hash: str
    links: tuple[tuple[Link, str], ...]
    context: Context | None
    kind: ChangeKind | None
    makes_version: bool
    changed_fields: tuple[str, ...]
    row: int | None = None
    most_visible: Visibility = Visibility.PUBLIC
    """What it is about may be less visible than it says of itself."""

    @property
    def visibility(self) -> Visibility:
        own = (self.record.visibility if self.record else None) or Visibility.PUBLIC
        return stricter(own, self.most_visible)

    @property
    def announced(self) -> Visibility:
        """Who hears of the change: whoever could see the thing before or can see it now."""
        before = self.old.visibility if self.old else None
        return next(
            (one for one in Visibility if one in (before, self.visibility if self.record else before)),
            Visibility.PUBLIC,
        )

    def document(self) -> dict[str, Any]:
        assert self.record is not None, "a withdrawn thing has no Document"
        assert self.context is not None, "a thing with a record was given its context"
        return render(self.record, self.context)


@dataclass(frozen=True, slots=True)
class Plan:
    """`base_revision` is the state it was worked out from; another commit in between makes it void."""

    base_revision: int
    source: Source
    new_statements: tuple[tuple[Incoming, str], ...] = ()
    closed_statements: tuple[str, ...] = ()
    absent: tuple[RecordType, ...] = ()
    """The types of what the source says no longer, because it was left out or marked as gone."""
    confirmations: tuple[tuple[str, date], ...] = ()
    things: tuple[PlannedThing, ...] = ()
    warnings: tuple[Issue, ...] = ()
    derived: RowsByTable = field(default_factory=dict)
    """Documents and table rows, rendered."""
    source_is_new: bool = False
    """Its declaration is new or changed. That is a commit too: other plans were made believing the old one."""
    records: int = 0

    @property
    def is_unchanged(self) -> bool:
        return not (self.new_statements or self.closed_statements or self.things or self.source_is_new)


def changed_fields(old: dict[str, Any] | None, new: dict[str, Any] | None) -> tuple[str, ...]:
    """The names of the fields that differ; sources are evidence, not content, and are named only when alone."""
    before, after = old or {}, new or {}
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return tuple(name for name in names if name != "sources") or tuple(names)
