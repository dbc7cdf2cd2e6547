"""Documents of funding programs."""

from typing import Any

from catalog.model.records.funding_program import Exclusion, FundingProgramRecord
from catalog.model.render.context import Context, plain
from catalog.model.render.rule import render_optional_rule
from catalog.model.vocabulary import RecordType


def render_program(record: FundingProgramRecord, context: Context) -> dict[str, Any]:
    cap = record.cap
    return {
        "__typename": "FundingProgram",
        "id": context.id,
        "slug": context.slug,
        "url": record.url,
        "name": record.name or {},
        "owner": context.target(RecordType.INSTITUTION, record.owner),
        "cap": plain(cap.amount) if cap else None,
        "capPer": str(cap.per) if cap and cap.per else None,
        "decision": record.decision and str(record.decision),
        "rule": render_optional_rule(record.rule, context.targets),
        "windows": [plain(window) for window in record.windows or ()],
        "designations": context.several(RecordType.CREDENTIAL, record.designations),
        "covers": [str(one) for one in record.covers or ()],
        "paysTo": record.pays_to and str(record.pays_to),
        "taxable": record.taxable,
        "learnerContribution": plain(record.learner_contribution),
        "approvalFirst": [plain(one) for one in record.approval_first or ()],
        "excludes": [_exclusion(one, context) for one in record.excludes or ()],
        "note": record.note,
    }


def _exclusion(one: Exclusion, context: Context) -> dict[str, Any]:
    program = context.target(RecordType.FUNDING_PROGRAM, one.program)
    return {"cost": one.cost and str(one.cost), "program": program, "text": one.text}
