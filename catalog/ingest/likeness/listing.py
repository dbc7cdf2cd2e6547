"""What of a credential's Document a comparison looks at."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.ingest.likeness.title_words import TitleWords, read_title
from catalog.model.documents import Document
from catalog.model.vocabulary import CreditStatus, PartnershipRole, Visibility
from catalog.search.text.folding import words_of

Span = tuple[float, float]
"""The least and the greatest of a range; the same where one figure is stated."""
HOURS = ("totalHours", "instructionalHours", "statedHours")
"""Each kind is compared with itself only: none is turned into another."""


@dataclass(frozen=True, slots=True)
class Listing:
    """`titles` by language. `institutions` are whoever provides it, `bound` what it is made of or follows. All are ids."""

    id: str
    slug: str
    titles: Mapping[str, TitleWords]
    title_hash: str
    kind: str
    institutions: frozenset[str]
    bound: frozenset[str]
    languages: frozenset[str]
    skills: frozenset[str]
    occupations: frozenset[str]
    hours: Mapping[str, Span]
    weeks: Span | None
    credit: tuple[str, float] | None
    credit_status: str | None
    summaries: Mapping[str, str]


def may_be_proposed(document: Document) -> bool:
    """Whether it is a public listing of the world's.

    What a community governs never is: its record has no word by which it could ask to be compared. Neither are
    illustrations, outside qualifications, and what is unlisted or needs a referral.
    """
    is_hidden = document["_visibility"] != Visibility.PUBLIC or document["_stewarded"]
    return document["catalogued"] and not is_hidden and not document["_illustration"]


def listing_of(document: Document) -> Listing:
    credit = document["credit"] or {}
    partners = (one for one in document["partnerships"] if one["role"] == PartnershipRole.CO_PROVIDER)
    institutions = (document["provider"], *(one["institution"] for one in partners))
    value, unit = credit.get("value"), credit.get("unit")
    status = credit.get("status")
    hours = {name: span for name in HOURS if (span := _span(document[name]))}
    return Listing(
        document["id"],
        document["slug"],
        {language: words for language, text in document["title"].items() if (words := read_title(text)).words},
        _title_hash(document["title"]),
        document["kind"],
        frozenset(one for one in institutions if one),
        frozenset(one for one in (*document["components"], document["supersedes"]) if one),
        frozenset(one.partition("-")[0] for one in document["languages"]),
        frozenset(document["skills"]),
        frozenset(document["occupations"]),
        hours,
        _span(document["weeks"]),
        (unit, value) if unit and value and credit.get("per") != "COURSE" else None,
        status if status in (CreditStatus.CREDIT, CreditStatus.NON_CREDIT) else None,
        document["summary"] or {},
    )


def _title_hash(title: Mapping[str, str]) -> str:
    """The same for titles that differ in capitals and signs only."""
    said = "\n".join(f"{language} {' '.join(words_of(title[language]))}" for language in sorted(title))
    return hashlib.sha256(said.encode()).hexdigest()


def _span(stated: Mapping[str, Any] | None) -> Span | None:
    """None also for what is open at one end: at least five hours may be fifty."""
    if not stated or stated["min"] is None or stated["max"] is None or stated["max"] <= 0:
        return None
    return stated["min"], stated["max"]
