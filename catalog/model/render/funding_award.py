"""Documents of funding awards."""

from typing import Any

from catalog.model.identity import part_id
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.render.context import Context, plain
from catalog.model.vocabulary import Allocation, RecordType


def render_award(record: FundingAwardRecord, context: Context) -> dict[str, Any]:
    return {
        "__typename": "FundingAward",
        "id": context.id,
        "slug": context.slug,
        "funder": context.target(RecordType.INSTITUTION, record.funder),
        "recipients": [context.target(RecordType.INSTITUTION, recipient) for recipient in record.recipients or ()],
        "amount": plain(record.amount),
        "fiscalYears": record.fiscal_years or [],
        "purpose": record.purpose,
        "covers": [_covered(reference, context) for reference in record.covers or ()],
        "seatsFunded": record.seats_funded,
        "learnersPlanned": record.learners_planned,
        "allocation": str(record.allocation or Allocation.EXACT),
        "note": record.note,
    }


def _covered(reference: Any, context: Context) -> dict[str, Any]:
    credential = context.target(RecordType.CREDENTIAL, reference)
    assert credential is not None
    part = reference.partition("#")[2] if isinstance(reference, str) else ""
    return {"credential": credential, "offering": part_id(credential, "offering", part) if part else None}
