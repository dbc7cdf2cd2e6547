"""Fees inside an offering's Document."""

from typing import Any

from catalog.model.records.fee import Cover, Fee
from catalog.model.render.context import Context, plain
from catalog.model.vocabulary import RecordType


def render_fee(fee: Fee, context: Context) -> dict[str, Any]:
    return {
        "kind": str(fee.kind),
        "amount": plain(fee.amount),
        "amountMax": plain(fee.amount_max),
        "per": fee.per and str(fee.per),
        "residency": fee.residency and str(fee.residency),
        "optional": fee.optional,
        "coveredFor": [_words(cover) for cover in fee.covered_for or ()],
        "covers": [_cover(cover, context) for cover in fee.covered_for or ()],
        "payTo": fee.pay_to,
        "due": fee.due and str(fee.due),
        "dueOn": fee.due_on and fee.due_on.isoformat(),
        "refundableUntil": fee.refundable_until and fee.refundable_until.isoformat(),
        "tax": fee.tax and str(fee.tax),
        "validFor": plain(fee.valid_for),
        "text": fee.text,
    }


def _words(cover: Cover) -> str:
    return f"{cover.audience}: {cover.text}" if cover.text else str(cover.audience)


def _cover(cover: Cover, context: Context) -> dict[str, Any]:
    payer = context.target(RecordType.INSTITUTION, cover.by)
    return {"audience": str(cover.audience), "by": payer, "share": cover.share, "text": cover.text}
