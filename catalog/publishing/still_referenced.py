"""Keeps what others point at: nothing is withdrawn, and no campus or offering removed, while something leads to it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from catalog.errors import Issue
from catalog.model.bulk import chunks, table_of
from catalog.model.identity import part_id
from catalog.model.tables import ReferenceRow, RuleReferenceRow, ThingRow
from catalog.publishing.drafting import Draft
from catalog.publishing.resolve import PARTED, part_ids

THING = table_of(ThingRow).c
TABLES: tuple[Table, ...] = (table_of(ReferenceRow), table_of(RuleReferenceRow))


def still_referenced(connection: Connection, drafts: Mapping[str, Draft]) -> list[Issue]:
    """An issue for each reference from outside the call that would lead nowhere; those of the call are resolved anew."""
    issues: list[Issue] = []
    known = [one.id for one in drafts.values() if one.old]
    for table in TABLES:
        for chunk in chunks(known):
            for row in connection.execute(_pointing_at(table, table.c.target.in_(chunk))):
                draft = drafts[row.target]
                if row.thing in drafts or not _is_lost(draft, row.part):
                    continue
                issues.append(_issue(draft, row.slug, row.path, row.part))
    return issues


def _pointing_at(table: Table, condition: ColumnElement[bool]) -> Select[Any]:
    columns = (table.c.thing, table.c.path, table.c.target, table.c.part, THING.slug)
    joined = select(*columns).join(table_of(ThingRow), table.c.thing == THING.id)
    return joined.where(condition, THING.state == "ACTIVE").order_by(table.c.thing, table.c.path)


def _is_lost(draft: Draft, part: str | None) -> bool:
    if draft.record is None:
        return True
    return part is not None and part_id(draft.id, PARTED.get(draft.type, "part"), part) not in part_ids(
        draft.id, draft.record
    )


def _issue(draft: Draft, slug: str, path: str, part: str | None) -> Issue:
    lost = f"{draft.slug}#{part}" if part else draft.slug
    message = f"{lost} cannot go: {slug} still refers to it in {path}"
    return Issue("STILL_REFERENCED", message, row=draft.row, value=lost, hint=f"change {slug} first, or in the same call")
