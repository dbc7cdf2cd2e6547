"""Leaves out what a source may not speak of: listings that a community governs, where it did not agree."""

from collections.abc import Collection

from catalog.errors import Issue, Severity
from catalog.ingest.addressing import page_key
from catalog.model.reading.delivery import Delivery
from catalog.model.reading.held import HeldRecords


def leave_out(delivery: Delivery, avoided: Collection[str]) -> None:
    """Takes out the records whose address is, as `page_key` writes it, among these, and says so."""
    if not avoided:
        return
    kept = [index for index, record in enumerate(delivery.records) if not record.url or page_key(record.url) not in avoided]
    if len(kept) == len(delivery.records):
        return
    for index in sorted(set(range(len(delivery.records))).difference(kept)):
        record, row = delivery.records[index], delivery.rows[index]
        message = "a community governs what stands at this address; it was left aside"
        hint = "with its consent: catalog feeds add --stewarded"
        place, ref = delivery.places.get(row), record.ref
        delivery.issues.append(
            Issue("STEWARDED_SKIPPED", message, "url", row, "url", record.url, hint, Severity.WARNING, ref, place)
        )
    delivery.records = HeldRecords(delivery.records[index] for index in kept)
    delivery.rows = [delivery.rows[index] for index in kept]
    delivery.covers = [delivery.covers[index] for index in kept]
