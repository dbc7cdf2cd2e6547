"""Where stored derived rows are not those that follow from the records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from catalog.model.bulk import table_of
from catalog.publishing.derived import OWNED_BY, derived_rows
from catalog.publishing.plan import PlannedThing

VOLATILE = frozenset({"updated_at"})  # when a Document was written does not follow from what it says

Rows: TypeAlias = dict[type[SQLModel], dict[str, set[str]]]


def differences(connection: Connection, things: Iterable[PlannedThing]) -> Iterator[tuple[type[SQLModel], str, int, int]]:
    """(table, id of the thing, rows missing or other, rows too many)."""
    planned = list(things)
    wanted, stored = _wanted(planned), _stored(connection)
    for table in OWNED_BY:
        for thing in sorted(wanted[table].keys() | stored[table].keys()):
            right, found = wanted[table].get(thing, set()), stored[table].get(thing, set())
            if right != found:
                yield table, thing, len(right - found), len(found - right)


def _wanted(things: list[PlannedThing]) -> Rows:
    rows: Rows = {table: defaultdict(set) for table in OWNED_BY}
    for one in things:
        for table, own in (derived_rows(one) if one.record else {}).items():
            rows[table][one.id] |= {_text(row) for row in own}
    return rows


def _stored(connection: Connection) -> Rows:
    rows: Rows = {table: defaultdict(set) for table in OWNED_BY}
    for table, owner in OWNED_BY.items():
        for row in connection.execute(select(table_of(table))).mappings():
            rows[table][row[owner]].add(_text(dict(row)))
    return rows


def _text(row: dict[str, Any]) -> str:
    return repr(sorted((key, _plain(value)) for key, value in row.items() if key not in VOLATILE))


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
