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
MOST_NAMED = 2 * MOST_VALUES
"""Some of what was counted cannot be shown."""
CHOSEN_AS_COUNTED = frozenset(
    {
        *(FacetField.KIND, FacetField.MODE, FacetField.ATTENDANCE, FacetField.CREDIT_STATUS, FacetField.STATUS),
        *(FacetField.INSTITUTION, FacetField.SKILL, FacetField.OCCUPATION, FacetField.ELIGIBLE_NOW),
    }
)
"""Facets whose filters take the very values that are counted."""
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
    chosen = {str(chosen).lower()} if isinstance(chosen, bool) else chosen
    is_chosen = _chooser(field, chosen)
    counts = _most(field, counted.values, chosen)
    named = _named(context, field, counts)
    values: list[dict[str, Any]] = [
        {"value": value, "label": label, "count": counts[key], "selected": is_chosen(key, value)}
        for key, (value, label) in named.items()
    ]
    if field in BANDS:
        order = {band.value: place for place, band in enumerate(BANDS[field])}
        values.sort(key=lambda one: order[one["value"]])
    else:
        values.sort(key=lambda one: (not one["selected"], -one["count"], one["label"], one["value"]))
        values = sorted(values[:MOST_VALUES], key=lambda one: (-one["count"], one["label"], one["value"]))
    if counted.unknown:
        values.append({"value": None, "label": UNKNOWN, "count": counted.unknown, "selected": False})
    return {"field": field, "values": values, "approximate": False}


def _most(field: FacetField, counts: Mapping[str, int], chosen: Any) -> dict[str, int]:
    """The most frequent, before any is named; what was chosen stays, also where nothing is left of it."""
    kept = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED])
    if field in CHOSEN_AS_COUNTED:
        kept |= {str(one): counts.get(str(one), 0) for one in chosen or ()}
    return kept


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
        return {band.value: (band.value, band_label(field, band)) for band in BANDS[field] if band.value in keys}
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
        case FacetField.ELIGIBLE_NOW:
            return "You meet what it asks" if value == "true" else "You do not meet all that it asks"
        case _:
            return value.replace("_", " ").capitalize()


def band_label(field: FacetField, band: Band) -> str:
    if field is FacetField.HOURS:
        return (
            f"{band.least:g} hours and more"
            if band.greatest is None
            else f"{band.least:g} to under {band.greatest:.0f} hours"
        )
    if band.greatest is not None and band.greatest < 1:
        return "Free"
    if band.least < 1:
        return f"Under ${band.greatest:,.2f}"
    return f"${band.least:,.0f} and more" if band.greatest is None else f"${band.least:,.0f} to ${band.greatest:,.2f}"
