"""What a record points at: every reference with its path and the type of thing that it must lead to."""

from collections.abc import Iterator

from catalog.model.links.composition import of_menu, of_pathway
from catalog.model.links.credential import of_credential, skill_slug
from catalog.model.links.link import Link, LinkKey, Targets, codes, link, link_key, rule_links, several, written
from catalog.model.links.money import of_award, of_program
from catalog.model.record import Record
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.demand import DemandRecord
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.funding_program import FundingProgramRecord
from catalog.model.records.institution import InstitutionRecord
from catalog.model.records.menu import MenuRecord
from catalog.model.records.pathway import PathwayRecord
from catalog.model.records.recognition import EquivalenceRecord, RecognitionRecord
from catalog.model.vocabulary import RecordType

__all__ = ["Link", "LinkKey", "Targets", "link_key", "links", "skill_slug", "written"]


def links(record: Record) -> Iterator[Link]:
    match record:
        case InstitutionRecord():
            yield from _institution(record)
        case CredentialRecord():
            yield from of_credential(record)
        case FundingAwardRecord():
            yield from of_award(record)
        case FundingProgramRecord():
            yield from of_program(record)
        case PathwayRecord():
            yield from of_pathway(record)
        case MenuRecord():
            yield from of_menu(record)
        case RecognitionRecord():
            yield from _recognition(record)
        case EquivalenceRecord():
            yield from several("members", RecordType.CREDENTIAL, record.members)
        case DemandRecord():
            yield from _demand(record)
        case _:
            return


def _institution(record: InstitutionRecord) -> Iterator[Link]:
    yield from link("region", RecordType.REGION, record.region)
    for campus in record.campuses or ():
        yield from link(f"campuses[{campus.ref}].region", RecordType.REGION, campus.region)


def _recognition(record: RecognitionRecord) -> Iterator[Link]:
    yield from link("from", RecordType.CREDENTIAL, record.from_)
    yield from link("to", RecordType.CREDENTIAL, record.to)
    yield from link("institution", RecordType.INSTITUTION, record.institution)
    yield from rule_links("rule", record.rule)


def _demand(record: DemandRecord) -> Iterator[Link]:
    yield from codes("occupation", RecordType.OCCUPATION, [record.occupation] if record.occupation else None)
    yield from codes("sector", RecordType.SECTOR, [record.sector] if record.sector else None)
    yield from several("regions", RecordType.REGION, record.regions)
