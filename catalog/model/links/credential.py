"""What credentials point at."""

from collections.abc import Iterator

from catalog.model.identity import slugify
from catalog.model.links.link import Link, codes, link, partners, rule_links, several
from catalog.model.records.credential import CredentialRecord, SkillMention
from catalog.model.records.offering import OfferingShape
from catalog.model.vocabulary import RecordType

LOCAL_SCHEME = "local"


def of_credential(record: CredentialRecord) -> Iterator[Link]:
    yield from link("provider", RecordType.INSTITUTION, record.provider)
    yield from link("supersedes", RecordType.CREDENTIAL, record.supersedes)
    yield from several("components", RecordType.CREDENTIAL, record.components)
    yield from several("skills", RecordType.SKILL, [skill_slug(mention) for mention in record.skills or ()])
    yield from codes("occupations", RecordType.OCCUPATION, record.occupations)
    yield from codes("sectors", RecordType.SECTOR, record.sectors)
    yield from codes("themes", RecordType.THEME, record.themes)
    yield from partners("partnerships", record.partnerships)
    for index, requirement in enumerate(record.requirements or ()):
        yield from rule_links(f"requirements[{index}].rule", requirement.rule)
    if record.usual:
        yield from _run("usual", record.usual)
    for offering in record.offerings or ():
        yield from _run(f"offerings[{offering.ref}]", offering)


def _run(path: str, run: OfferingShape) -> Iterator[Link]:
    for index, place in enumerate(run.places or ()):
        yield from link(f"{path}.places[{index}].campus", RecordType.INSTITUTION, place.campus)
    for index, meeting in enumerate(run.meetings or ()):
        yield from link(f"{path}.meetings[{index}].campus", RecordType.INSTITUTION, meeting.campus)
    for index, fee in enumerate(run.fees or ()):
        for number, cover in enumerate(fee.covered_for or ()):
            yield from link(f"{path}.fees[{index}].coveredFor[{number}].by", RecordType.INSTITUTION, cover.by)
    yield from several(f"{path}.includes", RecordType.CREDENTIAL, getattr(run, "includes", None))
    yield from _pools(path, run)
    yield from partners(f"{path}.partnerships", run.partnerships)


def _pools(path: str, run: OfferingShape) -> Iterator[Link]:
    for index, pool in enumerate(getattr(run, "seat_pools", None) or ()):
        yield from link(f"{path}.seatPools[{index}].sponsor", RecordType.INSTITUTION, pool.sponsor)
        yield from several(f"{path}.seatPools[{index}].sharedWith", RecordType.CREDENTIAL, pool.shared_with)


def skill_slug(mention: SkillMention) -> str:
    """`scheme:code`; a skill that is only a label is `local:` and the slug of its label."""
    if mention.scheme and mention.code:
        return f"{mention.scheme}:{mention.code}".lower()
    label = mention.label or {}
    return (
        f"{mention.scheme or LOCAL_SCHEME}:{mention.code or slugify(label.get('en') or next(iter(label.values())))}".lower()
    )
