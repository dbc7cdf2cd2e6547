"""What pathways and menus point at."""

from collections.abc import Iterator

from catalog.model.links.link import Link, link, partners, rule_links, several
from catalog.model.records.menu import MenuRecord
from catalog.model.records.pathway import PathwayRecord
from catalog.model.records.uniqueness import path_refs
from catalog.model.vocabulary import RecordType


def of_pathway(record: PathwayRecord) -> Iterator[Link]:
    yield from link("award", RecordType.CREDENTIAL, record.award)
    yield from link("owner", RecordType.INSTITUTION, record.owner)
    for ref, part in zip(path_refs(record.parts), record.parts or (), strict=True):
        yield from several(f"parts[{ref}].items", RecordType.CREDENTIAL, part.items)
        yield from rule_links(f"parts[{ref}].rule", part.rule)
    for index, limit in enumerate(record.limits or ()):
        yield from several(f"limits[{index}].except", RecordType.CREDENTIAL, limit.except_)


def of_menu(record: MenuRecord) -> Iterator[Link]:
    yield from link("owner", RecordType.INSTITUTION, record.owner)
    yield from link("award", RecordType.CREDENTIAL, record.award)
    yield from partners("partnerships", record.partnerships)
    for ref, section in zip(path_refs(record.sections), record.sections or (), strict=True):
        yield from several(f"sections[{ref}].items", RecordType.CREDENTIAL, section.items)
