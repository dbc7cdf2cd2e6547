"""Renders a Record to the Document that the API reads: a pure function of the record and what its links lead to.

A Document holds its own parts by value and everything else by id. Its keys are the API's field names; keys that begin with
an underscore feed computed fields and are never shown. Raise RENDER_FORMAT when the outcome changes: `catalog check
--rebuild` then renders every thing anew, which makes no version.
"""

from collections.abc import Callable
from typing import Any

from catalog.model.record import Record
from catalog.model.records.coded import CodedRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.demand import DemandRecord
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.funding_program import FundingProgramRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.records.menu import MenuRecord
from catalog.model.records.pathway import PathwayRecord
from catalog.model.records.recognition import EquivalenceRecord, RecognitionRecord
from catalog.model.render.coded import render_coded
from catalog.model.render.composition import render_menu, render_pathway
from catalog.model.render.context import Context
from catalog.model.render.credential import render_credential
from catalog.model.render.demand import render_demand
from catalog.model.render.funding_award import render_award
from catalog.model.render.funding_program import render_program
from catalog.model.render.institution import render_institution
from catalog.model.render.recognition import render_equivalence, render_recognition

RENDER_FORMAT = 6

__all__ = ["RENDER_FORMAT", "Context", "render"]


_RENDERERS: dict[type, Callable[[Any, Context], dict[str, Any]]] = {
    InstitutionRecord: render_institution,
    CredentialRecord: render_credential,
    FundingAwardRecord: render_award,
    FundingProgramRecord: render_program,
    PathwayRecord: render_pathway,
    MenuRecord: render_menu,
    RecognitionRecord: render_recognition,
    EquivalenceRecord: render_equivalence,
    DemandRecord: render_demand,
    CodedRecord: render_coded,
}


def render(record: Record, context: Context) -> dict[str, Any]:
    renderer = next(_RENDERERS[one] for one in type(record).__mro__ if one in _RENDERERS)
    return renderer(record, context) | {
        "_reuse": record.reuse and str(record.reuse),
        "_stewarded": record.stewardship is not None,
        "_illustration": bool(record.illustration),
    }
