"""Codes of occupations, sectors and themes that the catalogue does not know are left out of a listing, and it is said.

A listing is worth more than one code of it. What somebody wrote as a Record of our own is not touched: there a code that
leads nowhere is an error, since whoever writes it can write the code's record, too.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from catalog.errors import Issue, Severity
from catalog.model.reading.delivery import Delivery
from catalog.model.record import Record
from catalog.model.records.coded import CodedRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.vocabulary import RecordType
from catalog.publishing.existing import load_slugs

FIELDS = {"occupations": RecordType.OCCUPATION, "sectors": RecordType.SECTOR, "themes": RecordType.THEME}


def leave_out_unknown(connection: Connection, delivery: Delivery, places: Sequence[int], records: list[Record]) -> None:
    """Changes the records at these places of a delivery; `records` are those records, and are changed with them."""
    if delivery.is_exact:
        return
    stated = {code.lower() for one in records for name in FIELDS for code in getattr(one, name, None) or ()}
    if not stated:
        return
    known = set(load_slugs(connection, stated))
    known |= {(one.kind_of_thing, one.coded_slug or "") for one in delivery.records[:1_000] if isinstance(one, CodedRecord)}
    for place, record in enumerate(records):
        if isinstance(record, CredentialRecord):
            changed = _without_unknown(record, known, delivery, places[place])
            if changed is not record:
                records[place] = delivery.records[places[place]] = changed


def _without_unknown(
    record: CredentialRecord, known: set[tuple[RecordType, str]], delivery: Delivery, place: int
) -> CredentialRecord:
    kept: dict[str, list[str] | None] = {}
    for name, type_ in FIELDS.items():
        codes = getattr(record, name) or []
        unknown = [code for code in codes if (type_, code.lower()) not in known]
        if unknown:
            kept[name] = [code for code in codes if code not in unknown] or None
            delivery.issues += [_unknown(type_, code, name, record, delivery, place) for code in unknown]
    return record.model_copy(update=kept) if kept else record


def _unknown(type_: RecordType, code: str, name: str, record: CredentialRecord, delivery: Delivery, place: int) -> Issue:
    row = delivery.rows[place]
    message = f"the catalogue knows no {type_} {code!r} yet; it was left out"
    hint = "check the code; once the catalogue has it, send the file again"
    where = delivery.places.get(row)
    return Issue("CODE_UNKNOWN", message, name, row, name, code, hint, Severity.WARNING, record.ref, where)
