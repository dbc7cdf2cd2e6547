"""What two listings cannot be the same for, however alike they otherwise look."""

from collections.abc import Mapping

from catalog.ingest.likeness.listing import Listing, Span
from catalog.ingest.likeness.title_vocabulary import Tier
from catalog.ingest.likeness.title_words import TitleWords
from catalog.model.vocabulary import CredentialKind

UNLIKE_HOURS = 3.0
"""Times as long: nobody who looks takes 30 hours and 100 for one thing."""
# fmt: off
SHORT = frozenset({
    CredentialKind.MICRO_CREDENTIAL, CredentialKind.COURSE, CredentialKind.SHORT_PROGRAM, CredentialKind.STATEMENT,
    CredentialKind.CERTIFICATE, CredentialKind.ASSOCIATE_CERTIFICATE,
})
"""Kinds that institutions give to one and the same thing. Others are only like themselves, or like OTHER."""
# fmt: on


def contradict(one: Listing, other: Listing) -> bool:
    """Whether they are one institution's, parts of each other, or say of themselves that they differ."""
    return (
        not one.institutions.isdisjoint(other.institutions)
        or one.id in other.bound
        or other.id in one.bound
        or bool(one.languages and other.languages and one.languages.isdisjoint(other.languages))
        or not kinds_agree(one.kind, other.kind)
        or any(titles_contradict(one.titles[tongue], other.titles[tongue]) for tongue in one.titles.keys() & other.titles)
        or _hours_contradict(one.hours, other.hours)
    )


def kinds_agree(one: str, other: str) -> bool:
    return one == other or CredentialKind.OTHER in (one, other) or {one, other} <= SHORT


def titles_contradict(one: TitleWords, other: TitleWords) -> bool:
    """Level 1 and Level 2, 2025 and 2026, introductory and advanced, a course and the exam in it."""
    if one.numbers != other.numbers or one.forms != other.forms:
        return True
    return one.tiers != other.tiers and (one.tiers | other.tiers) != {Tier.INTRODUCTORY}


def _hours_contradict(one: Mapping[str, Span], other: Mapping[str, Span]) -> bool:
    return any(apart(one[name], other[name]) >= UNLIKE_HOURS for name in one.keys() & other.keys())


def apart(one: Span, other: Span) -> float:
    """How many times the longer is as long as the shorter; 1 where they overlap."""
    longer, shorter = (one, other) if one[0] >= other[0] else (other, one)
    if longer[0] <= shorter[1]:
        return 1.0
    return longer[0] / shorter[1]
