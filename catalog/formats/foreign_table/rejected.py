"""Rows that failed, given back as CSV with the names of their columns, and a last one that says what is wrong."""

import csv
import io
from collections.abc import Mapping

from catalog.model.reading.delivery import Delivery

REJECTED = "what_is_wrong"
"""The last column; whoever sends the rows again need not take it out."""
BOM = "\ufeff"
BEGINS_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def write_rejected(delivery: Delivery, messages: Mapping[int, list[str]]) -> bytes:
    """`messages` says by the number of a row what is wrong with it. Cells that would begin a formula get an apostrophe."""
    rows = {number: delivery.items.get(number, {}) for number in messages}
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*names, REJECTED])
    for number, row in rows.items():
        writer.writerow([*(_safe(row.get(name, "")) for name in names), "; ".join(messages[number])])
    return (BOM + text.getvalue()).encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(BEGINS_FORMULA) else cell
