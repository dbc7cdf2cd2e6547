"""Makes records ready to be compared: every offering has a ref, every mentioned skill is a thing, every content a hash."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.db.types import RawJson, write_json
from catalog.errors import Issue, Severity
from catalog.model.identity import slugify
from catalog.model.links import skill_slug
from catalog.model.record import Record, content
from catalog.model.records.coded import SkillRecord
from catalog.model.records.credential import CredentialRecord
from catalog.model.records.offering import Offering
from catalog.model.vocabulary import RecordType

DERIVED_REF_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record of a call. `implied` marks a skill or an institution that a credential only mentions."""

    row: int | None
    record: Record
    type: RecordType
    ref: str
    content: dict[str, Any]
    text: RawJson
    hash: str
    confirmed_on: date | None
    implied: bool = False

    @property
    def key(self) -> tuple[RecordType, str]:
        return self.type, self.ref


def content_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def prepare(records: Sequence[Record], mentioned: Sequence[Record] = ()) -> tuple[list[Incoming], list[Issue]]:
    """The records of a call, once each, and what is wrong or was derived. The order of the records does not matter.

    `mentioned` become things only where nobody knows them yet.
    """
    issues: list[Issue] = []
    ready: dict[tuple[RecordType, str], Incoming] = {}
    for row, record in enumerate(records, start=1):
        complete, warnings = _with_offering_refs(record, row)
        issues += warnings
        incoming = _incoming(complete, row)
        earlier = ready.get(incoming.key)
        if earlier and earlier.hash != incoming.hash:
            issues.append(
                Issue(
                    "REF_DUPLICATE",
                    f"the ref {incoming.ref!r} is also used by record {earlier.row}, with other content",
                    path="ref", row=row, field="ref", value=incoming.ref,
                    hint="give each thing of a source a ref of its own",
                )
            )  # fmt: skip
        if earlier is None or (incoming.confirmed_on or date.min) > (earlier.confirmed_on or date.min):
            ready[incoming.key] = incoming
    named = [_incoming(one, None, implied=True) for one in mentioned]
    for implied in (*named, *_implied_skills(ready.values())):
        ready.setdefault(implied.key, implied)
    return list(ready.values()), issues


def _incoming(record: Record, row: int | None, *, implied: bool = False) -> Incoming:
    stated = content(record)
    text = write_json(stated)
    ref = record.ref or record.slug
    assert ref is not None, "parse_record lets no record without ref and slug pass"
    return Incoming(row, record, record.kind_of_thing, ref, stated, text, content_hash(text), record.confirmed_on, implied)


def _implied_skills(incoming: Iterable[Incoming]) -> list[Incoming]:
    """A mentioned skill with a label becomes a thing if there is none yet; the label does not depend on the order."""
    labels: dict[str, dict[str, str]] = {}
    for one in incoming:
        for mention in (one.record.skills or ()) if isinstance(one.record, CredentialRecord) else ():
            if mention.label is None:
                continue
            known = labels.setdefault(skill_slug(mention), mention.label)
            if mention.label != known:
                labels[skill_slug(mention)] = min(known, mention.label, key=write_json)
    return [_implied_skill(slug, label) for slug, label in labels.items()]


def _implied_skill(slug: str, label: dict[str, str]) -> Incoming:
    scheme, _, code = slug.partition(":")
    skill = SkillRecord.model_construct(type="skill", ref=slug, scheme=scheme, code=code, labels=label)
    return _incoming(skill, None, implied=True)


def _with_offering_refs(record: Record, row: int) -> tuple[Record, list[Issue]]:
    if not isinstance(record, CredentialRecord) or all(offering.ref for offering in record.offerings or ()):
        return record, []
    issues: list[Issue] = []
    taken = Counter(offering.ref for offering in record.offerings or () if offering.ref)
    offerings: list[Offering] = []
    for index, offering in enumerate(record.offerings or ()):
        ref = offering.ref or derived_ref(offering)
        if not offering.ref:
            taken[ref] += 1
            severity = Severity.WARNING if taken[ref] == 1 else Severity.ERROR
            message = f"has no ref; {ref!r} was derived from its term, place and mode"
            hint = "state a ref, so that a changed date stays the same offering"
            path = f"offerings[{index}].ref"
            issues.append(Issue("OFFERING_REF_DERIVED", message, path, row, "offerings", hint=hint, severity=severity))
        offerings.append(offering.model_copy(update={"ref": ref}))
    return record.model_copy(update={"offerings": offerings}), issues


def derived_ref(offering: Offering) -> str:
    """From term, place and mode, as far as they are stated."""
    start = offering.starts_on
    term = (start.text or str(start.earliest or start.latest or "")) if start else ""
    place = next((str(place.campus or place.community or "") for place in offering.places or ()), "")
    words = " ".join(filter(None, (term or offering.label, place.partition("#")[2] or place, offering.mode)))
    return slugify(words or "run")[:DERIVED_REF_LENGTH]
