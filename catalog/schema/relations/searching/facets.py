"""Facets with the values that a filter takes, and labels for people."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from catalog.model.documents import find_ids_by_slug
from catalog.model.filter import ONLINE, CredentialFilter, city_key
from catalog.model.vocabulary import RecordType
from catalog.schema.context import RequestContext
from catalog.schema.fields import pick_language
from catalog.search.narrowing.bands import HOUR_BANDS, PRICE_BANDS, Band
from catalog.search.narrowing.facets import OWN_FILTER, Counted, FacetField

MOST_VALUES = 99
"""Shown of one facet, besides Unknown; chosen values always stay."""
UNKNOWN = "Unknown"
LANGUAGES = {"en": "English", "fr": "French"}
BANDS = {FacetField.PRICE: PRICE_BANDS, FacetField.HOURS: HOUR_BANDS}
BY_ID = {FacetField.INSTITUTION: "name", FacetField.SKILL: "label"}
"""Counted by ids, which filters take; the label stands under this key."""
BY_CODE = {FacetField.REGION: "name", FacetField.SECTOR: "name"}
"""Counted by ids, where filters take the code."""
Named: TypeAlias = dict[str, tuple[str, str]]
"""What was counted, with value and label; what cannot be shown is left out."""


def shown_facets(
    context: RequestContext, counted: Mapping[FacetField, Counted], wanted: CredentialFilter
) -> list[dict[str, Any]]:
    """In the order in which they were asked for."""
    return [_facet(context, field, one, wanted) for field, one in counted.items()]


def _facet(context: RequestContext, field: FacetField, counted: Counted, wanted: CredentialFilter) -> dict[str, Any]:
    chosen = getattr(wanted, OWN_FILTER.get(field, ""), None)
    is_chosen = _chooser(field, chosen)
    named = _named(context, field, counted.values)
    values: list[dict[str, Any]] = [
        {"value": value, "label": label, "count": counted.values[key], "selected": is_chosen(key, value)}
        for key, (value, label) in named.items()
    ]
    if field in BANDS:
        order = {band.value: place for place, band in enumerate(BANDS[field])}
        values.sort(key=lambda one: order[one["value"]])
    else:
        values.sort(key=lambda one: (not one["selected"], -one["count"], one["label"], one["value"]))
        values = values[:MOST_VALUES]
        values.sort(key=lambda one: (-one["count"], one["label"], one["value"]))
    if counted.unknown:
        values.append({"value": None, "label": UNKNOWN, "count": counted.unknown, "selected": False})
    return {"field": field, "values": values, "approximate": False}


def _chooser(field: FacetField, chosen: Any) -> Callable[[str, str], bool]:
    if field in BANDS:
        bands = {band.value: band for band in BANDS[field]}
        return lambda _key, value: bands[value].is_wanted(chosen)
    if field is FacetField.CITY:
        cities = {city_key(one) for one in chosen or ()}
        return lambda _key, value: city_key(value) in cities
    known = {str(one).lower() for one in chosen or ()}
    return lambda key, value: key.lower() in known or value.lower() in known


def _named(context: RequestContext, field: FacetField, keys: Iterable[str]) -> Named:
    if field in BY_ID:
        return _things(context, keys, BY_ID[field], by_code=False)
    if field in BY_CODE:
        online = {ONLINE: (ONLINE, "Online")} if ONLINE in keys else {}
        return online | _things(context, [one for one in keys if one != ONLINE], BY_CODE[field], by_code=True)
    if field is FacetField.OCCUPATION:
        return _occupations(context, keys)
    if field in BANDS:
        return {band.value: (band.value, _band_label(field, band)) for band in BANDS[field] if band.value in keys}
    return {one: (one, _label(field, one)) for one in keys}


def _things(context: RequestContext, ids: Iterable[str], key: str, *, by_code: bool) -> Named:
    documents = context.documents(ids)
    return {one: (own["code"] if by_code else one, pick_language(own[key], None) or one) for one, own in documents.items()}


def _occupations(context: RequestContext, codes: Iterable[str]) -> Named:
    ids = find_ids_by_slug(context.connection, RecordType.OCCUPATION, codes)
    documents = context.documents(ids.values())
    shown = {code: documents[one] for code, one in ids.items() if one in documents}
    return {code: (own["code"], pick_language(own["title"], None) or code) for code, own in shown.items()}


def _label(field: FacetField, value: str) -> str:
    match field:
        case FacetField.CITY:
            return "Online" if value == ONLINE else value
        case FacetField.LANGUAGE:
            return LANGUAGES.get(value, value)
        case FacetField.FUNDED:
            return "Funded"
        case _:
            return value.replace("_", " ").capitalize()


def _band_label(field: FacetField, band: Band) -> str:
    if field is FacetField.HOURS:
        return (
            f"{band.least:g} hours and more"
            if band.greatest is None
            else f"{band.least:g} to under {band.greatest:.0f} hours"
        )
    if band.greatest == 0 or band.value == "0-0":
        return "Free"
    return f"${band.least:,.0f} and more" if band.greatest is None else f"${band.least:,.0f} to ${band.greatest:,.2f}"
