"""Renders a Record to the Document that the API reads: a pure function of the record and what its links lead to.

A Document holds its own parts by value and everything else by id. Its keys are the API's field names; keys that begin with
an underscore feed computed fields and are never shown. Raise RENDER_FORMAT when the outcome changes: `catalog check
--rebuild` then renders every thing anew, which makes no version.
"""

from typing import Any

from catalog.model.record import Record
from catalog.model.records.coded import CodedRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.render.coded import render_coded
from catalog.model.render.context import Context
from catalog.model.render.credential import render_credential
from catalog.model.render.funding_award import render_award
from catalog.model.render.institution import render_institution

RENDER_FORMAT = 1

__all__ = ["RENDER_FORMAT", "Context", "render"]


def render(record: Record, context: Context) -> dict[str, Any]:
    match record:
        case InstitutionRecord():
            return render_institution(record, context)
        case CredentialRecord():
            return render_credential(record, context)
        case FundingAwardRecord():
            return render_award(record, context)
        case CodedRecord():
            return render_coded(record, context)
