"""What dimensions are called, and every value that they can have, in the order in which people expect them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from catalog.coverage.dimensions import CoverageDimension as By
from catalog.coverage.matrix import SHARED
from catalog.model.bulk import table_of
from catalog.model.documents import find_ids_by_slug
from catalog.model.filter import ONLINE
from catalog.model.tables import DemandRow, DocumentRow
from catalog.model.vocabulary import (
    Attendance,
    Audience,
    CredentialKind,
    CreditStatus,
    DeliveryMode,
    InstitutionKind,
    Lifecycle,
    RecordType,
)
from catalog.schema.context import RequestContext
from catalog.schema.fields import pick_language
from catalog.schema.relations.searching.facets import LANGUAGES, band_label
from catalog.search.narrowing.bands import HOUR_BANDS, PRICE_BANDS
from catalog.search.narrowing.facets import FacetField

DOCUMENT = table_of(DocumentRow).c
DEMAND = table_of(DemandRow).c
UNKNOWN = "Unknown"
SHARED_LABEL = "Shared, not split"
BY_ID = {
    By.INSTITUTION: (RecordType.INSTITUTION, "name"),
    By.FUNDER: (RecordType.INSTITUTION, "name"),
    By.FUNDING_PROGRAM: (RecordType.FUNDING_PROGRAM, "name"),
    By.SKILL: (RecordType.SKILL, "label"),
    By.REGION: (RecordType.REGION, "name"),
    By.DELIVERY_REGION: (RecordType.REGION, "name"),
    By.SECTOR: (RecordType.SECTOR, "name"),
}
"""Counted by ids; the label stands under this key."""
BY_CODE = {By.OCCUPATION: (RecordType.OCCUPATION, "title"), By.THEME: (RecordType.THEME, "name")}
SHOWN_AS_CODE = frozenset({By.REGION, By.DELIVERY_REGION, By.SECTOR})
"""Counted by ids, and shown by the codes that filters take."""
WORDS: dict[By, Sequence[str]] = {
    By.INSTITUTION_KIND: [str(one) for one in InstitutionKind if one is not InstitutionKind.NOT_STATED],
    By.KIND: [str(one) for one in CredentialKind],
    By.MODE: [str(one) for one in DeliveryMode],
    By.ATTENDANCE: [str(one) for one in Attendance],
    By.CREDIT_STATUS: [str(one) for one in CreditStatus if one is not CreditStatus.NOT_STATED],
    By.AUDIENCE: [str(one) for one in Audience],
    By.LIFECYCLE: [str(one) for one in Lifecycle if one is not Lifecycle.UNKNOWN],
    By.TEER: [str(number) for number in range(6)],
    By.PRICE_BAND: [band.value for band in PRICE_BANDS],
    By.HOURS_BAND: [band.value for band in HOUR_BANDS],
}
"""All there are, in their order."""
WHOLE = frozenset({By.INSTITUTION, By.FUNDING_PROGRAM, By.REGION, By.DELIVERY_REGION, By.SECTOR, By.THEME})
"""Dimensions of which everything that is published is listed, also where nothing is offered; of occupations those that
forecasts name; of others what occurs.
"""
RUNNING = frozenset({By.START_MONTH, By.FISCAL_YEAR, By.ACADEMIC_YEAR})


@dataclass(frozen=True, slots=True)
class Named:
    """A value as it is counted (None: unknown), as it is shown, and what it is called."""

    counted: str | None
    value: str | None
    label: str


NOT_KNOWN = Named(None, None, UNKNOWN)
NOT_SPLIT = Named(SHARED, SHARED, SHARED_LABEL)


def names_of(context: RequestContext, by: By, occurring: Iterable[str | None], *, whole: bool) -> list[Named]:
    """In order, Unknown last. `whole`: also what nothing is offered of."""
    found = set(occurring)
    counted = [one for one in found if one is not None]
    if whole:
        counted = list(dict.fromkeys([*counted, *_all(context, by, counted)]))
    named = _named(context, by, counted)
    return [*named, *([NOT_KNOWN] if None in found else [])]


def _all(context: RequestContext, by: By, occurring: Sequence[str]) -> Iterable[str]:
    if by in WORDS:
        return WORDS[by]
    if by is By.OCCUPATION:  # what is needed and offered by nobody is what is missing
        named = DEMAND.occupation
        return list(context.connection.scalars(select(named).where(named.is_not(None)).distinct().order_by(named)))
    if by not in WHOLE:
        return ()
    listed = DOCUMENT.visibility.in_(context.viewer.listed())
    if by in BY_CODE:
        column, kind = DOCUMENT.slug, BY_CODE[by][0]
    else:
        column, kind = DOCUMENT.id, BY_ID[by][0]
    ids = list(context.connection.scalars(select(column).where(DOCUMENT.type == kind, listed)))
    if kind is RecordType.REGION:
        ids = _of_one_scheme(context, ids, occurring)
    return [*ids, ONLINE] if by is By.DELIVERY_REGION else ids


def _of_one_scheme(context: RequestContext, regions: Sequence[str], occurring: Sequence[str]) -> list[str]:
    """Regions are cut in several ways: those that are cut as what occurs is."""
    documents = context.documents(regions)
    schemes = {documents[one]["scheme"] for one in occurring if one in documents}
    return [one for one, own in documents.items() if not schemes or own["scheme"] in schemes]


def _named(context: RequestContext, by: By, counted: Sequence[str]) -> list[Named]:
    if by in BY_ID:
        documents = context.documents(one for one in counted if one != ONLINE)
        named = [_of_document(by, one, documents.get(one), BY_ID[by][1]) for one in counted]
        return sorted(named, key=lambda one: (one.counted == ONLINE, one.label, one.value or ""))
    if by in BY_CODE:
        kind, key = BY_CODE[by]
        ids = find_ids_by_slug(context.connection, kind, counted)
        documents = context.documents(ids.values())
        return sorted(
            (_coded(one, documents.get(ids.get(one, "")), key) for one in counted),
            key=lambda one: (one.label, one.value or ""),
        )
    if by in WORDS:
        order = {one: place for place, one in enumerate(WORDS[by])}
        return [
            Named(one, one, _word(by, one)) for one in sorted(counted, key=lambda one: (order.get(one, len(order)), one))
        ]
    return [Named(one, one, _word(by, one)) for one in sorted(counted, key=lambda one: (one == ONLINE, one))]


def _of_document(by: By, one: str, document: Any, key: str) -> Named:
    """What cannot be shown keeps its number and is called by nothing but its kind."""
    if one == ONLINE:
        return Named(one, one, "Online")
    if document is None:
        return Named(one, None, "Not listed")
    value = document["code"] if by in SHOWN_AS_CODE else one
    return Named(one, value, pick_language(document[key], None) or one)


def _coded(one: str, document: Any, key: str) -> Named:
    return (
        Named(one, one, one) if document is None else Named(one, document["code"], pick_language(document[key], None) or one)
    )


def _word(by: By, value: str) -> str:
    match by:
        case By.TEER:
            return f"TEER {value}"
        case By.PRICE_BAND:
            return band_label(FacetField.PRICE, next(one for one in PRICE_BANDS if one.value == value))
        case By.HOURS_BAND:
            return band_label(FacetField.HOURS, next(one for one in HOUR_BANDS if one.value == value))
        case By.LANGUAGE:
            return LANGUAGES.get(value, value)
        case By.CITY:
            return "Online" if value == ONLINE else value
        case _ if by in RUNNING:
            return value
        case _:
            return value.replace("_", " ").capitalize()
