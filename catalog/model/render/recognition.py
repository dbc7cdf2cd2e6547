"""Documents of recognitions and equivalences."""

from typing import Any

from catalog.model.records.recognition import EquivalenceRecord, RecognitionRecord
from catalog.model.render.context import Context
from catalog.model.render.credential import render_credit
from catalog.model.render.rule import render_optional_rule
from catalog.model.vocabulary import RecordType


def render_recognition(record: RecognitionRecord, context: Context) -> dict[str, Any]:
    return {
        "__typename": "Recognition",
        "id": context.id,
        "slug": context.slug,
        "from": context.target(RecordType.CREDENTIAL, record.from_),
        "to": context.target(RecordType.CREDENTIAL, record.to),
        "institution": context.target(RecordType.INSTITUTION, record.institution),
        "credit": render_credit(record.credit),
        "kind": record.kind and str(record.kind),
        "rule": render_optional_rule(record.rule, context.targets),
        "guaranteed": record.guaranteed,
        "effectiveFrom": record.effective_from and record.effective_from.isoformat(),
        "effectiveTo": record.effective_to and record.effective_to.isoformat(),
        "note": record.note,
    }


def render_equivalence(record: EquivalenceRecord, context: Context) -> dict[str, Any]:
    return {
        "__typename": "Equivalence",
        "id": context.id,
        "slug": context.slug,
        "members": context.several(RecordType.CREDENTIAL, record.members),
        "basis": str(record.basis),
        "reviewedBy": record.reviewed_by,
        "on": record.on and record.on.isoformat(),
        "note": record.note,
    }
