"""CredentialFilter in SQL, over the credential table: as catalog.model.filter.matches means it, and held to it by tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, exists, not_, or_

from catalog.model.bulk import among_any_number, table_of
from catalog.model.eligibility import Eligibility
from catalog.model.filter import OFFERING_CONDITIONS, CredentialFilter
from catalog.model.filter_sql.bounds import inside
from catalog.model.filter_sql.delivery import delivery_conditions, to_cents
from catalog.model.filter_sql.moment import Moment
from catalog.model.filter_sql.places import Places, find_places
from catalog.model.tables import (
    CredentialInstitutionRow,
    CredentialRow,
    CredentialSkillRow,
    CredentialTagRow,
    DeliveryRow,
    MenuItemRow,
    PathwayItemRow,
)
from catalog.model.vocabulary import CreditStatus

__all__ = ["CredentialQuery", "Moment", "Places", "find_places", "to_cents"]

CREDENTIAL = table_of(CredentialRow).c
BY_INSTITUTION = table_of(CredentialInstitutionRow).c
SKILL = table_of(CredentialSkillRow).c
TAG = table_of(CredentialTagRow).c
DELIVERY = table_of(DeliveryRow).c
MENU_ITEM = table_of(MenuItemRow).c
PATHWAY_ITEM = table_of(PathwayItemRow).c


@dataclass(frozen=True, slots=True)
class CredentialQuery:
    """A filter with all that it needs to become SQL: the moment, and the campuses that its places stand for."""

    wanted: CredentialFilter
    moment: Moment | None
    """Only where statuses are asked for."""
    places: tuple[Places, ...] = ()
    eligibility: Eligibility | None = None
    """Only where it is asked for what somebody may take."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """On a row of the credential table."""
        return [CREDENTIAL.listed, *self._credential(), *self._offering()]

    def narrowing(self, credential: Column[str]) -> ColumnElement[bool]:
        """On an id of any credential, listed or not."""
        return exists().where(CREDENTIAL.id == credential, *self._credential(), *self._offering())

    def _credential(self) -> Iterator[ColumnElement[bool]]:
        wanted, unknown = self.wanted, self.wanted.include_unknown
        if wanted.kinds is not None:
            yield CREDENTIAL.kind.in_(wanted.kinds)
        if wanted.institutions is not None:
            yield exists().where(
                BY_INSTITUTION.credential == CREDENTIAL.id, BY_INSTITUTION.institution.in_(wanted.institutions)
            )
        if wanted.skills is not None:
            yield _among(SKILL.credential, SKILL.skill, wanted.skills, keep_unknown=unknown)
        for kind, values in self._tags():
            yield _among(TAG.credential, TAG.value, values, TAG.kind == kind, keep_unknown=unknown)
        if wanted.credit_status is not None:
            yield _credit_status(wanted.credit_status, keep_unknown=unknown)
        if wanted.hours is not None:
            yield inside(wanted.hours, (CREDENTIAL.hours_min, CREDENTIAL.hours_max), keep_unknown=unknown)
        if wanted.eligible_now is not None and self.eligibility is not None:
            fitting = self.eligibility.fitting(wanted=wanted.eligible_now, include_unknown=unknown)
            yield among_any_number(CREDENTIAL.id, fitting)
        if wanted.menu is not None:
            yield exists().where(MENU_ITEM.credential == CREDENTIAL.id, MENU_ITEM.menu == wanted.menu)
        if wanted.pathway is not None:
            yield exists().where(PATHWAY_ITEM.credential == CREDENTIAL.id, PATHWAY_ITEM.pathway == wanted.pathway)

    def _tags(self) -> Iterator[tuple[str, frozenset[str]]]:
        codes = {"occupation": self.wanted.occupations, "sector": self.wanted.sectors, "theme": self.wanted.themes}
        yield from ((kind, frozenset(map(str.lower, one))) for kind, one in codes.items() if one is not None)
        if self.wanted.audiences is not None:
            yield "audience", frozenset(map(str, self.wanted.audiences))

    def _offering(self) -> Iterator[ColumnElement[bool]]:
        """One delivery for which every condition holds; a credential without any is unknown in all of them."""
        if all(getattr(self.wanted, name) is None for name in OFFERING_CONDITIONS):
            return
        own = DELIVERY.credential == CREDENTIAL.id
        fits = exists().where(own, *delivery_conditions(self.wanted, self.moment, self.places))
        yield or_(fits, not_(exists().where(own))) if self.wanted.include_unknown else fits


def _among(
    owner: Column[str], value: Column[str], wanted: frozenset[str], *more: ColumnElement[bool], keep_unknown: bool
) -> ColumnElement[bool]:
    own = exists().where(owner == CREDENTIAL.id, *more)
    matching = own.where(value.in_(wanted))
    return or_(matching, not_(own)) if keep_unknown else matching


def _credit_status(wanted: frozenset[CreditStatus], *, keep_unknown: bool) -> ColumnElement[bool]:
    matching = CREDENTIAL.credit_status.in_(wanted - {CreditStatus.NOT_STATED})
    unknown = or_(CREDENTIAL.credit_status.is_(None), CREDENTIAL.credit_status == CreditStatus.NOT_STATED)
    return or_(matching, unknown) if keep_unknown else matching
