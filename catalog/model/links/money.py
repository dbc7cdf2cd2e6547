"""What funding awards and funding programs point at."""

from collections.abc import Iterator

from catalog.model.links.link import Link, link, rule_links, several
from catalog.model.records.funding_award import FundingAwardRecord
from catalog.model.records.funding_program import FundingProgramRecord
from catalog.model.vocabulary import RecordType


def of_award(record: FundingAwardRecord) -> Iterator[Link]:
    yield from link("funder", RecordType.INSTITUTION, record.funder)
    yield from several("recipients", RecordType.INSTITUTION, record.recipients)
    yield from several("covers", RecordType.CREDENTIAL, record.covers)


def of_program(record: FundingProgramRecord) -> Iterator[Link]:
    yield from link("owner", RecordType.INSTITUTION, record.owner)
    yield from rule_links("rule", record.rule)
    yield from several("designations", RecordType.CREDENTIAL, record.designations)
    for index, exclusion in enumerate(record.excludes or ()):
        yield from link(f"excludes[{index}].program", RecordType.FUNDING_PROGRAM, exclusion.program)
