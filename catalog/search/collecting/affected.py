"""Which entries a change makes old, as far as the tables say; the index itself knows what its entries were made of."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.tables import CampusRow, DeliveryPlaceRow, ReferenceRow, RuleReferenceRow, StatementRow

REFERENCE = table_of(ReferenceRow).c
RULE = table_of(RuleReferenceRow).c
PLACE = table_of(DeliveryPlaceRow).c
CAMPUS = table_of(CampusRow).c
STATEMENT = table_of(StatementRow).c


def affected_by(connection: Connection, changed: Iterable[str]) -> set[str]:
    """The changed things, what shows their names, and what they name: a pathway's parts, what an award pays for."""
    found: set[str] = set()
    for chunk in chunks(changed):
        found |= set(chunk)
        for other, known in ((REFERENCE.thing, REFERENCE.target), (REFERENCE.target, REFERENCE.thing)):
            found |= set(connection.scalars(select(other).where(known.in_(chunk))))
        found |= set(connection.scalars(select(RULE.target).where(RULE.thing.in_(chunk))))
        taught = select(PLACE.credential).join_from(PLACE.credential.table, CAMPUS.id.table, CAMPUS.id == PLACE.campus)
        found |= set(connection.scalars(taught.where(CAMPUS.institution.in_(chunk))))
    return found


def confirmed_since(connection: Connection, confirmations: int) -> set[str]:
    """Things of which a source was confirmed again after the catalogue had counted so many confirmations."""
    return set(connection.scalars(select(STATEMENT.thing).where(STATEMENT.confirmation > confirmations)))
