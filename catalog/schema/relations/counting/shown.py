"""Measures and keys as the API shows them."""

from typing import Any

from catalog.coverage.dimensions import CoverageDimension
from catalog.coverage.measures import Measures
from catalog.coverage.need import Figure
from catalog.schema.relations.counting.names import Named
from catalog.schema.relations.pricing import money

MOST_AWARDS_SHOWN = 50


def show_key(by: CoverageDimension, named: Named) -> dict[str, Any]:
    return {"dimension": str(by), "value": named.value, "label": named.label}


def show_measures(own: Measures, figure: Figure | None = None) -> dict[str, Any]:
    return {
        "credentials": own.credentials,
        "offerings": own.offerings,
        "openOfferings": own.open_offerings,
        "institutions": own.institutions,
        "seats": own.seats,
        "seatsUnknown": own.seats_unknown,
        "seatsLeft": own.seats_left,
        "seatsLeftUnknown": own.seats_left_unknown,
        "hours": own.hours,
        "hoursUnknown": own.hours_unknown,
        "price": own.price and {"min": money(own.price[0]), "max": money(own.price[1])},
        "medianPrice": money(own.median_price),
        "priceUnknown": own.price_unknown,
        "fundedAmount": money(own.funded_amount),
        "awards": [one.id for one in own.awards[:MOST_AWARDS_SHOWN]],
        "awardsCount": len(own.awards),
        "awardsUnknown": own.awards_unknown,
        "sharedAmount": money(own.shared_amount),
        "amountPerSeat": money(own.amount_per_seat),
        "openingsPerYear": figure and figure.per_year,
        "priceStated": own.price_stated,
        "hoursStated": own.hours_stated,
    }
