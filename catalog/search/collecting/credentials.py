"""Facts of credentials, from the tables that filters read and from their Documents."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, select

from catalog.db.types import to_microseconds
from catalog.model.bulk import table_of
from catalog.model.tables import (
    AwardCoverRow,
    CredentialInstitutionRow,
    CredentialRow,
    CredentialSkillRow,
    CredentialTagRow,
    FundingDesignationRow,
    MenuItemRow,
    PathwayItemRow,
    PathwayRow,
)
from catalog.model.vocabulary import CreditStatus, Lifecycle, PartnershipRole
from catalog.search.collecting.texts import as_texts, runs_of
from catalog.search.columns.layout import CREDENTIAL_LISTS
from catalog.search.text.folding import words_of

CREDENTIAL = table_of(CredentialRow)
TAG = table_of(CredentialTagRow).c
INSTITUTION = table_of(CredentialInstitutionRow).c
SKILL = table_of(CredentialSkillRow).c
MENU = table_of(MenuItemRow).c
PATHWAY = table_of(PathwayItemRow).c
OWN_PATHWAY = table_of(PathwayRow).c
AWARD = table_of(AwardCoverRow).c
DESIGNATION = table_of(FundingDesignationRow).c
TAGS = {"occupation": "occupations", "sector": "sectors", "theme": "themes", "audience": "audiences"}
NOT_KNOWN = float("nan")
TITLE_BYTES = 80
CANADIAN, CENTS = "CAD", 100
WANTED = ("summary", "skills", "offerings", "credit", "languages", "url")
"""What a learner looks for first, besides hours, price, place and how it is taught."""


def load_facts(connection: Connection, credentials: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Of those that are listed; without what only their Documents and deliveries say. Six statements."""
    query = select(CREDENTIAL).where(CREDENTIAL.c.listed, CREDENTIAL.c.id.in_(credentials))
    found = {row["id"]: _plain(dict(row)) for row in connection.execute(query).mappings()}
    lists = _tags(connection, credentials)
    for name, owner, value in (
        ("institutions", INSTITUTION.credential, INSTITUTION.institution),
        ("skills", SKILL.credential, SKILL.skill),
        ("menus", MENU.credential, MENU.menu),
        ("pathways", PATHWAY.credential, PATHWAY.pathway),
    ):
        for credential, values in _pairs(connection, owner, value, credentials).items():
            lists[credential][name] = values
    empty: dict[str, list[str]] = {name: [] for name in CREDENTIAL_LISTS}
    return {one: facts | empty | lists[one] for one, facts in found.items()}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    credit = row["credit_status"]
    return {
        "id": row["id"],
        "kind": row["kind"],
        "credit_status": None if credit == CreditStatus.NOT_STATED else credit,
        "hours_min": NOT_KNOWN if row["hours_min"] is None else row["hours_min"],
        "hours_max": NOT_KNOWN if row["hours_max"] is None else row["hours_max"],
        "is_counted": row["countable"] and not row["illustration"],
        "provider": row["provider"],
    }


def _tags(connection: Connection, credentials: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    query = select(TAG.credential, TAG.kind, TAG.value).where(TAG.credential.in_(credentials)).order_by(TAG.value)
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for credential, kind, value in connection.execute(query):
        found[credential].setdefault(TAGS[kind], []).append(value)
    return found


def _pairs(
    connection: Connection, owner: Column[str], value: Column[str], credentials: Sequence[str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in connection.execute(select(owner, value).where(owner.in_(credentials)).order_by(value)):
        found[one].append(other)
    return found


def load_compositions(connection: Connection, credentials: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the pathways and menus that name each credential, the pathways that lead to it among them."""
    named = (PATHWAY.credential, PATHWAY.pathway), (OWN_PATHWAY.award, OWN_PATHWAY.id), (MENU.credential, MENU.menu)
    return _owners(connection, named, credentials)


def load_awards(connection: Connection, credentials: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the awards that pay for each credential, or for one of its offerings."""
    return _owners(connection, [(AWARD.credential, AWARD.award)], credentials)


def load_programs(connection: Connection, credentials: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the programs that may be spent on each credential."""
    return _owners(connection, [(DESIGNATION.credential, DESIGNATION.program)], credentials)


def _owners(
    connection: Connection, named: Sequence[tuple[Column[str], Column[str]]], credentials: Sequence[str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for credential, owner in named:
        for one, others in _pairs(connection, credential, owner, credentials).items():
            found[one] += others
    return found


def document_facts(document: dict[str, Any], provider_names: Sequence[str], money: Sequence[str]) -> dict[str, Any]:
    """What the Document says, and whether public money or another funder stands behind it."""
    title = " ".join(words_of(next(iter(_english_first(document["title"])), "")))
    funds = any(_funding(one) for one in (document, *runs_of(document)))
    return {
        "title": title.encode()[:TITLE_BYTES].decode(errors="ignore"),
        "titles": sorted({" ".join(words_of(one)) for one in as_texts(document["title"])} - {""}),
        "updated_at": to_microseconds(datetime.fromisoformat(document["updatedAt"])),
        "completeness": completeness(document),
        "names": sorted({" ".join(words_of(one)) for one in provider_names} - {""}),
        "is_funded": bool(funds or money),
        "lifecycle": None if document["lifecycle"] == Lifecycle.UNKNOWN else document["lifecycle"],
        "registration": document["registration"],
        "funders": _funders(document),
        "components": sorted(document["components"]),
    }


def run_facts(run: dict[str, Any] | None) -> dict[str, Any]:
    """Of an offering, or of `usual`: what is counted of it, and filtered by nobody."""
    own = run or {}
    pools = enumerate(own.get("seatPools", ()))
    shared = [(one, number, _seats(pool)) for number, pool in pools for one in sorted(set(pool["sharedWith"]))]
    price = own.get("price")
    amount = price["amount"] if price and price["currency"] == CANADIAN else None
    return {
        "seats": _seats(own),
        "price": NOT_KNOWN if amount is None else float(Decimal(amount) * CENTS),
        "includes": sorted(own.get("includes", ())),
        "seats_shared": [one for one, _, _ in shared],
        "pools": [number for _, number, _ in shared],
        "pool_seats": [seats for _, _, seats in shared],
        "funders": _funders(own),
    }


def _seats(own: Mapping[str, Any]) -> float:
    """Of a run, or of a pool of its seats."""
    return NOT_KNOWN if own.get("seats") is None else float(own["seats"])


def _funding(own: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Partnerships of a credential or a run with whoever funds it."""
    return [one for one in own.get("partnerships", ()) if one["role"] == PartnershipRole.FUNDER]


def _funders(own: Mapping[str, Any]) -> list[str]:
    return sorted({one["institution"] for one in _funding(own) if one["institution"]})


def _english_first(texts: dict[str, str]) -> list[str]:
    return [texts[language] for language in sorted(texts, key=lambda one: (one != "en", one))]


def completeness(document: dict[str, Any]) -> float:
    """The share of ten things a learner looks for that the listing states, from 0 to 1."""
    runs = runs_of(document)
    stated = [bool(document[name]) for name in WANTED]
    stated.append(any(document[name] for name in ("totalHours", "instructionalHours", "statedHours", "weeks")))
    stated += [any(run[name] for run in runs) for name in ("price", "places", "mode")]
    return sum(stated) / len(stated)
