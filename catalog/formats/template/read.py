"""Reads the template in each of its forms: workbook, CSV and JSON."""

from dataclasses import replace

from catalog.formats.template.columns import REJECTED
from catalog.formats.template.flat import is_flat, read_flat
from catalog.formats.template.rejected import write_rejected
from catalog.formats.template.sheets import JSON_FORMAT, is_json_template, read_json, read_workbook
from catalog.formats.template.workbook import is_workbook
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Told

FORMAT = "template"

__all__ = ["FORMAT", "is_mended", "read", "recognises", "write_rejected"]


def recognises(content: Content) -> bool:
    """Every workbook; JSON that says so; a table with a column `ref` and one more of ours."""
    if content.kind is Kind.ZIP:
        return is_workbook(content.data)
    if content.kind is Kind.JSON:
        return is_json_template(content.value)
    return content.kind is Kind.TEXT and is_flat(content.text)


def read(content: Content, told: Told) -> Delivery:
    """Never raises: whatever is wrong is an issue that names sheet, row and column."""
    if content.kind is Kind.ZIP:
        return read_workbook(content.data, told)
    if content.kind is Kind.JSON:
        return read_json(content.value, told)
    return replace(read_flat(content.text, told), format=FORMAT)


def is_mended(delivery: Delivery) -> bool:
    """Whether it has the column in which rows that failed are given back with what is wrong with them."""
    return any(REJECTED in names for names in delivery.heads.values())


assert JSON_FORMAT.startswith(FORMAT)
