"""Reads the template in each of its forms: workbook, CSV and JSON."""

from catalog.formats.template.columns import REJECTED
from catalog.formats.template.flat import is_flat, read_flat
from catalog.formats.template.rejected import write_rejected
from catalog.formats.template.sheets import JSON_FORMAT, is_json_template, read_json, read_workbook
from catalog.formats.template.workbook import is_workbook
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Told

FORMAT = "template"

__all__ = ["FORMAT", "read", "recognises", "write_rejected"]


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
        delivery = read_workbook(content.data, told)
    elif content.kind is Kind.JSON:
        delivery = read_json(content.value, told)
    else:
        delivery = read_flat(content.text, told)
    delivery.is_mended = any(REJECTED in names for names in delivery.heads.values())
    return delivery


assert JSON_FORMAT.startswith(FORMAT)
