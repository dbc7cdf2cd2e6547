"""Rows that failed, given back in the form in which they came, each with what is wrong with it."""

from collections.abc import Iterable, Mapping

from catalog.formats.template.cell import Cell
from catalog.formats.template.columns import CREDENTIALS, FEES, MEETINGS, OFFERINGS, REJECTED
from catalog.formats.template.group import Group
from catalog.formats.template.sheet import Row
from catalog.formats.template.write import Rows
from catalog.formats.template.write_plain import write_csv, write_json
from catalog.formats.template.write_workbook import write_workbook
from catalog.model.reading.delivery import Delivery

LONGEST = 4_000
"""Characters of what is wrong; a cell of a workbook holds 32,767."""


def write_rejected(delivery: Delivery, messages: Mapping[int, list[str]]) -> bytes:
    """`messages` says by the number of an item what is wrong with it."""
    items = [(delivery.items[row], "; ".join(told)) for row, told in messages.items() if row in delivery.items]
    if delivery.form == "csv":
        return write_csv([_told(row, wrong) for item, wrong in items for row in _rows(item)], *delivery.heads.values())
    sheets: Rows = {CREDENTIALS: [], OFFERINGS: [], FEES: [], MEETINGS: []}
    for item, wrong in items:
        if not isinstance(item, Group):
            sheets[_sheet_of(item)].append(_told(item, wrong))
            continue
        own: dict[str, list[Row]] = {CREDENTIALS: [item.credential] if item.credential else [], OFFERINGS: item.offerings}
        own |= {FEES: item.fees, MEETINGS: item.meetings}
        for name, rows in own.items():
            sheets[name] += [_told(row, wrong) for row in rows]
    if delivery.form == "json":
        source = delivery.source.model_dump(mode="json", by_alias=True, exclude_none=True) if delivery.source else None
        return write_json(sheets, source, delivery.heads)
    return write_workbook(sheets, delivery.heads)


def _rows(item: Row | list[Row]) -> Iterable[Row]:
    return item if isinstance(item, list) else [item]


def _sheet_of(row: Row) -> str:
    """A row without its ref belongs to no group; its place names its sheet."""
    return next((name for name in (OFFERINGS, FEES, MEETINGS) if row.place.startswith(name)), CREDENTIALS)


def _told(row: Row, wrong: str) -> dict[str, Cell]:
    return {**row.cells, REJECTED: wrong if len(wrong) <= LONGEST else f"{wrong[: LONGEST - 1]}…"}
