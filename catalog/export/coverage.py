"""Coverage as tables: the cells, the listings behind each, the totals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalog.export.tables import Cell, Table

MEASURES = (
    "credentials", "offerings", "open_offerings", "institutions", "seats", "seats_unknown", "seats_left",
    "seats_left_unknown", "hours", "hours_unknown", "price_min", "price_max", "median_price", "price_unknown",
    "funded_amount", "awards", "awards_unknown", "amount_per_seat", "forecast_openings_per_year_not_vacancies",
    "openings_shared_with", "price_stated", "hours_stated",
)  # fmt: skip
TOTAL = "Total (distinct, not the sum of the rows)"


def cells_table(dimensions: Sequence[str], cells: Iterable[Mapping[str, Any]], totals: Mapping[str, Any]) -> Table:
    """`cells` and `totals` as the API shows them. The totals are the last row."""
    heads = [name for one in dimensions for name in (one.lower(), f"{one.lower()}_label")]
    return Table("Coverage", (*heads, *MEASURES), _rows(len(dimensions), cells, totals))


def _rows(width: int, cells: Iterable[Mapping[str, Any]], totals: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for cell in cells:
        keys = [part for key in cell["keys"] for part in (key["value"], key["label"])]
        yield (*keys, *_measures(cell["measures"]))
    yield (None, TOTAL, *(None,) * (2 * width - 2), *_measures(totals))


def _measures(own: Mapping[str, Any]) -> tuple[Cell, ...]:
    price = own["price"] or {}
    return (
        own["credentials"],
        own["offerings"],
        own["openOfferings"],
        own["institutions"],
        own["seats"],
        own["seatsUnknown"],
        own["seatsLeft"],
        own["seatsLeftUnknown"],
        own["hours"],
        own["hoursUnknown"],
        _amount(price.get("min")),
        _amount(price.get("max")),
        _amount(own["medianPrice"]),
        own["priceUnknown"],
        _amount(own["fundedAmount"]),
        own["awardsCount"],
        own["awardsUnknown"],
        _amount(own["amountPerSeat"]),
        own["openingsPerYear"],
        "; ".join(own["_sharedNames"]) or None,
        own["priceStated"],
        own["hoursStated"],
    )


def _amount(value: Mapping[str, Any] | None) -> Cell:
    return float(value["amount"]) if value else None


def listings_table(dimensions: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Table:
    """Each credential behind each cell."""
    heads = [f"{one.lower()}_label" for one in dimensions]
    return Table("Listings", (*heads, "slug", "title", "provider", "id"), rows)


def awards_table(rows: Iterable[Sequence[Cell]]) -> Table:
    columns = ("slug", "funder", "amount", "currency", "allocation", "purpose", "seats_funded", "credentials", "id")
    return Table("Awards", columns, rows)
