"""Every table. They hold what is looked up, filtered, grouped or joined on; the rest is in Records and Documents."""

from catalog.model.tables.listings import (
    AwardCoverRow,
    CampusRow,
    CredentialInstitutionRow,
    CredentialRow,
    CredentialSkillRow,
    InstitutionRow,
    OfferingRow,
)
from catalog.model.tables.log import ChangeRow, CommitRow, RunRow, SourceRow, StatementRow, StateRow, VersionRow
from catalog.model.tables.things import (
    BoundaryRow,
    DocumentRow,
    ReferenceRow,
    RuleReferenceRow,
    ThingIdentifierRow,
    ThingKeyRow,
    ThingRow,
    ThingSlugRow,
)
from catalog.model.tables.work import DraftRow, EquivalenceRow, LeaseRow, SeatEventRow

__all__ = [
    "AwardCoverRow",
    "BoundaryRow",
    "CampusRow",
    "ChangeRow",
    "CommitRow",
    "CredentialInstitutionRow",
    "CredentialRow",
    "CredentialSkillRow",
    "DocumentRow",
    "DraftRow",
    "EquivalenceRow",
    "InstitutionRow",
    "LeaseRow",
    "OfferingRow",
    "ReferenceRow",
    "RuleReferenceRow",
    "RunRow",
    "SeatEventRow",
    "SourceRow",
    "StateRow",
    "StatementRow",
    "ThingIdentifierRow",
    "ThingKeyRow",
    "ThingRow",
    "ThingSlugRow",
    "VersionRow",
]
