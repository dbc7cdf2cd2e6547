"""The fees of a row: each column that is a price is one, or several where a cell names several."""

from collections.abc import Callable
from typing import Any

from catalog.formats.foreign_table.cells import read_currency
from catalog.formats.foreign_table.columns import Columns
from catalog.model.reading.delivery import Reading
from catalog.model.reading.prices import read_price
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

KINDS = {
    "tuition": "TUITION",
    "price": "TUITION",
    "mandatory": "MANDATORY",
    "materials": "MATERIALS",
    "equipment": "EQUIPMENT",
    "application": "APPLICATION",
    "exam": "EXAM",
    "otherFee": "OTHER",
}


def read_fees(reading: Reading, columns: Columns, text: Callable[[str], str]) -> list[dict[str, Any]]:
    """As a Record has them. A price that cannot be read keeps its words, with a warning."""
    currency = reading.told.currency
    if stated := text("currency"):
        taken = reading.take(columns.name("currency"), read_currency, stated)
        if taken is None:
            return [{"kind": kind, "text": words} for field, kind in KINDS.items() if (words := text(field)[:LINE_LENGTH])]
        currency = taken
    found: list[dict[str, Any]] = []
    for field, kind in KINDS.items():
        words = text(field)
        if not words:
            continue
        name = columns.name(field)
        try:
            found += [fee | {"kind": kind} for fee in read_price(words, currency)]
        except Unreadable as error:
            reading.warn(error.code, f"{name} {error}; its words are kept", name, words, error.hint)
            found.append({"kind": kind, "text": words[:LINE_LENGTH]})
    return found
