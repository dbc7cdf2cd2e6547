"""mlo:cost, which is only words."""

from typing import Any

from catalog.formats.xcri_cap.texts import words
from catalog.model.reading.delivery import Reading
from catalog.model.reading.prices import read_price
from catalog.model.shapes import LINE_LENGTH


def fees_of(reading: Reading, elements: list[Any]) -> list[dict[str, Any]]:
    """Fees; a cost that cannot be read to its last word stays a text."""
    fees: list[dict[str, Any]] = []
    for element in elements:
        said = " ".join(words(element).split())
        if not said:
            continue
        found = reading.take("presentation/cost", read_price, said, reading.told.currency)
        fees += found if found is not None else [{"kind": "TUITION", "text": said[:LINE_LENGTH]}]
    return fees
