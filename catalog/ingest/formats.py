"""Every format that can be read, and which of them a file is: told by its content, not by its name."""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from catalog.errors import ArgumentInvalid
from catalog.ingest.pages import is_pages, read_pages
from catalog.ingest.sent_again import is_sent_again, read_again
from catalog.model.reading.content import Content, ContentRefused, Kind, open_content
from catalog.model.reading.delivery import Delivery, Told, refused

FOLDERS: tuple[str, ...] = (
    "record_json",
    "template",
    "ctdl",
    "open_badges",
    "case",
    "schema_org",
    "xcri_cap",
    "ooapi",
    "open_edx",
    "foreign_table",
)
"""In the order in which they are asked; a table of unknown columns is what nobody else took for his."""
_HINTS = {
    Kind.ZIP: "if it is a workbook, `catalog template` writes one with our sheets",
    Kind.JSON: "docs/FORMATS.md names what JSON is taken; `catalog template -o courses.json` writes our own",
    Kind.XML: "XCRI-CAP 1.2 is the XML that is taken",
    Kind.HTML: "pages are taken for their schema.org markup",
    Kind.TEXT: "`catalog template -o courses.csv` writes a table with our columns",
}


@dataclass(frozen=True, slots=True)
class Format:
    """One interchange format: its name, as `--format` takes it, and the module that reads it."""

    name: str
    module: ModuleType

    def recognises(self, content: Content) -> bool:
        return bool(self.module.recognises(content))

    def read(self, content: Content, told: Told) -> Delivery:
        found: Delivery = self.module.read(content, told)
        return found


def formats() -> list[Format]:
    """Loaded when first asked for: a command that reads nothing need not wait for them."""
    modules = [import_module(f"catalog.formats.{folder}.read") for folder in FOLDERS]
    return [Format(module.FORMAT, module) for module in modules]


def named_format(name: str) -> Format:
    """Raises ArgumentInvalid for a name that no format has."""
    known = formats()
    found = next((one for one in known if one.name == name), None)
    if found is None:
        names = ", ".join(one.name for one in known)
        raise ArgumentInvalid(f"there is no format {name!r}; there are {names}", argument="format")
    return found


def read_delivery(data: bytes, told: Told, name: str | None = None) -> Delivery:
    """What a file states, read as the format `name` or as the first one that recognises it. Never raises for its content."""
    try:
        content = open_content(data, told)
    except ContentRefused as error:
        return Delivery(name or "unknown", issues=[error.issue])
    if is_pages(content):
        return read_pages(content, told, named_format("schema.org").read)
    if is_sent_again(content):
        return read_again(content, told, named_format(str(content.value["format"])).read)
    if name:
        found: Format | None = named_format(name)
    else:
        found = next((one for one in formats() if one.recognises(content)), None)
    if found is None:
        message = f"the file is {_ARTICLES[content.kind]}, but none of the formats that are taken"
        return refused("unknown", "FORMAT_UNKNOWN", message, _HINTS[content.kind])
    delivery = found.read(content, told)
    delivery.issues[:0] = content.warnings
    return delivery


_ARTICLES = {
    Kind.ZIP: "a ZIP archive",
    Kind.JSON: "JSON",
    Kind.XML: "XML",
    Kind.HTML: "an HTML page",
    Kind.TEXT: "text",
}
