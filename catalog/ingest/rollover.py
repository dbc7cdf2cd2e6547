"""Copies the offerings of one term to the next, as drafts without dates, for somebody to fill in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, delete, select

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot, write_transaction
from catalog.errors import CatalogError
from catalog.ingest.stated import known_source, stated_credentials
from catalog.model.bulk import chunks, table_of, upsert_rows
from catalog.model.identity import slugify
from catalog.model.record import RECORD_FORMAT
from catalog.model.tables import DraftRow, ThingKeyRow
from catalog.model.vocabulary import RecordType

DRAFT = table_of(DraftRow)
KEY = table_of(ThingKeyRow).c
CLEARED = frozenset(
    {
        *("startsOn", "endsOn", "decisionOn", "registrationWindows", "run"),
        *("identifiers", "outcomes", "waitlist", "refund", "note", "includes"),
    }
)
"""What is true of one run only."""
_CLEARED_OF_PARTS = {"meetings": {"startsOn", "endsOn", "except"}, "fees": {"dueOn", "refundableUntil", "validFor"}}
STATE = "ROLLED_OVER"


@dataclass(frozen=True, slots=True)
class RolledOver:
    """`records` are credentials with only the new offerings; `skipped` (credential, offering) is there already."""

    records: list[dict[str, Any]]
    skipped: list[tuple[str, str]]

    @property
    def offerings(self) -> int:
        return sum(len(one["offerings"]) for one in self.records)


def roll_over(database: Database, source: str, old: str, new: str, clock: Callable[[], datetime]) -> RolledOver:
    """Every offering of the source whose ref, label or start names the term `old`, as a draft for the term `new`.

    Rolling over again writes the same drafts again. Raises CatalogError: SOURCE_UNKNOWN, TERM_UNKNOWN.
    """
    with read_snapshot(database, primary=True) as connection:
        owner = known_source(connection, source).key
        found = _copies(stated_credentials(connection, source), old, new)
        things = _things(connection, source, [one["ref"] for one in found.records])
    if not found.records and not found.skipped:
        message = f"no offering of {source} names the term {old!r} in its ref, label or start"
        raise CatalogError(message, code="TERM_UNKNOWN")
    now = clock()
    rows = [
        {
            "id": draft_id(source, record["ref"], offering["ref"]),
            "owner": owner,
            "type": str(RecordType.CREDENTIAL),
            "thing": things.get(record["ref"]),
            "base_version": None,
            "record_format": RECORD_FORMAT,
            "record": {**record, "offerings": [offering]},
            "state": STATE,
            "created_at": now,
            "updated_at": now,
        }
        for record in found.records
        for offering in record["offerings"]
    ]
    with write_transaction(database) as connection:
        upsert_rows(connection, DraftRow, rows)
    return found


def draft_id(source: str, credential: str, offering: str) -> str:
    """One draft for each new offering."""
    return str(uuid5(NAMESPACE_URL, f"{source}/{credential}#{offering}"))


def forget_drafts(connection: Connection, source: str, offerings: Iterable[tuple[str, str]]) -> None:
    """Removes the drafts of (credential, offering) that are published now."""
    if connection.execute(select(DRAFT.c.id).where(DRAFT.c.owner == source).limit(1)).first() is None:
        return
    for chunk in chunks(draft_id(source, *one) for one in offerings):
        connection.execute(delete(DRAFT).where(DRAFT.c.id.in_(chunk), DRAFT.c.state == STATE))


def load_drafts(connection: Connection, source: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Offerings that were rolled over and are not published yet, by (credential, offering)."""
    query = select(DRAFT.c.record).where(DRAFT.c.owner == source, DRAFT.c.state == STATE)
    records = connection.scalars(query)
    return {(one["ref"], offering["ref"]): offering for one in records for offering in one["offerings"]}


def _copies(records: list[dict[str, Any]], old: str, new: str) -> RolledOver:
    found = RolledOver([], [])
    for record in records:
        offerings = record.get("offerings", [])
        refs = {one["ref"] for one in offerings}
        copies = [_copy(one, old, new) for one in offerings if _names(one, slugify(old))]
        found.skipped.extend((record["ref"], one["ref"]) for one in copies if one["ref"] in refs)
        kept = [one for one in copies if one["ref"] not in refs]
        if kept:
            found.records.append({"type": "credential", "ref": record["ref"], "offerings": kept})
    return found


def _names(offering: Mapping[str, Any], term: str) -> bool:
    start = offering.get("startsOn", {})
    texts = (offering["ref"], offering.get("label", ""), start.get("text", ""), str(start.get("earliest", ""))[:7])
    return any(re.search(rf"(?:^|-){re.escape(term)}(?:-|$)", slugify(text)) for text in texts if text)


def _copy(offering: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    copy = {name: value for name, value in offering.items() if name not in CLEARED}
    for name, cleared in _CLEARED_OF_PARTS.items():
        if name in copy:
            copy[name] = [{key: value for key, value in part.items() if key not in cleared} for part in copy[name]]
    term, following = slugify(old), slugify(new)
    ref = offering["ref"]
    copy["ref"] = _renamed(ref, term, following) if _has(ref, term) else f"{following}-{ref}"[:100]
    if "label" in copy:
        copy["label"] = _renamed(copy["label"], old, new) if _has(copy["label"], old) else new
    return copy


def _has(text: str, term: str) -> bool:
    return term.lower() in text.lower()


def _renamed(text: str, old: str, new: str) -> str:
    return re.sub(re.escape(old), lambda _found: new, text, flags=re.IGNORECASE)


def _things(connection: Connection, source: str, refs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(refs):
        query = select(KEY.ref, KEY.thing).where(
            KEY.source == source, KEY.type == str(RecordType.CREDENTIAL), KEY.ref.in_(chunk)
        )
        found |= {row.ref: row.thing for row in connection.execute(query)}
    return found
