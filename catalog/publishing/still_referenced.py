"""Keeps what others point at: nothing is withdrawn, and no campus or offering removed, while something leads to it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from catalog.errors import Issue, Severity
from catalog.model.bulk import chunks, table_of
from catalog.model.identity import part_id
from catalog.model.links import Link
from catalog.model.tables import ReferenceRow, RuleReferenceRow, StatementRow, ThingRow
from catalog.publishing.drafting import Draft
from catalog.publishing.resolve import PARTED, REQUIRED, part_ids

THING = table_of(ThingRow).c
STATEMENT = table_of(StatementRow).c
TABLES: tuple[Table, ...] = (table_of(ReferenceRow), table_of(RuleReferenceRow))


def still_referenced(
    connection: Connection, source: str | None, drafts: Mapping[str, Draft], own_links: Mapping[str, list[Link]]
) -> list[Issue]:
    """An issue for each reference that would lead nowhere; `own_links` are those that the things of the call will have.

    What the same source says, and a listing's provider, hold a thing fast. Anybody else's reference is only a warning:
    nobody can keep others from taking their own material back.
    """
    lost = list(_lost(connection, drafts, own_links))
    own = _stated_by(connection, source) if lost else set()
    return [_issue(drafts[row.target], row, _severity(row, own)) for row in lost]


def _lost(connection: Connection, drafts: Mapping[str, Draft], own_links: Mapping[str, list[Link]]) -> Iterator[Any]:
    """The references that stay and would lead nowhere."""
    known = [one.id for one in drafts.values() if one.old]
    for table in TABLES:
        for chunk in chunks(known):
            for row in connection.execute(_pointing_at(table, table.c.target.in_(chunk))):
                if _is_lost(drafts[row.target], row.part) and not _is_dropped(row, own_links.get(row.thing)):
                    yield row


def _is_dropped(row: Any, kept: list[Link] | None) -> bool:
    """Whether the call restates the thing that refers, without this reference."""
    return kept is not None and all((link.path, link.written) != (row.path, row.written) for link in kept)


def _severity(row: Any, own: set[str]) -> Severity:
    return Severity.ERROR if row.path in REQUIRED or row.thing in own else Severity.WARNING


def _pointing_at(table: Table, condition: ColumnElement[bool]) -> Select[Any]:
    columns = (table.c.thing, table.c.path, table.c.written, table.c.target, table.c.part, THING.slug)
    joined = select(*columns).join(table_of(ThingRow), table.c.thing == THING.id)
    return joined.where(condition, THING.state == "ACTIVE").order_by(table.c.thing, table.c.path)


def _is_lost(draft: Draft, part: str | None) -> bool:
    if draft.record is None:
        return True
    return part is not None and part_id(draft.id, PARTED.get(draft.type, "part"), part) not in part_ids(
        draft.id, draft.record
    )


def _stated_by(connection: Connection, source: str | None) -> set[str]:
    in_force = STATEMENT.until_commit.is_(None)
    return set(connection.scalars(select(STATEMENT.thing).where(STATEMENT.source == source, in_force))) if source else set()


def _issue(draft: Draft, row: Any, severity: Severity) -> Issue:
    lost = f"{draft.slug}#{row.part}" if row.part else draft.slug
    verb = "cannot go" if severity is Severity.ERROR else "goes"
    message = f"{lost} {verb}: {row.slug} still refers to it in {row.path}"
    hint = f"change {row.slug} first, or in the same call"
    return Issue("STILL_REFERENCED", message, row=draft.row, value=lost, hint=hint, severity=severity)
