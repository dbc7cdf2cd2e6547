"""Entries and labels of what may be found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from catalog.model.bulk import chunks, table_of
from catalog.model.documents import load_documents
from catalog.model.tables import CampusRow, CredentialRow, DocumentRow
from catalog.model.viewer import Anonymous, Everything
from catalog.model.vocabulary import RecordType
from catalog.search.collecting.credentials import (
    document_facts,
    load_awards,
    load_compositions,
    load_facts,
    load_programs,
    run_facts,
)
from catalog.search.collecting.deliveries import EMPTY, load_deliveries
from catalog.search.collecting.texts import Neighbours, as_texts, french_of, neighbours_of, place_texts, runs_of, texts_of
from catalog.search.entry import Delivery, Entry, Label, hash_of

CREDENTIAL = table_of(CredentialRow).c
DOCUMENT = table_of(DocumentRow).c
CAMPUS = table_of(CampusRow).c
COMPOSED = ("Pathway", "Menu")
LABELLED = {RecordType.SKILL: "label", RecordType.OCCUPATION: "title", RecordType.INSTITUTION: "name"}
"""Things that are suggested besides credentials, and where their names stand."""


def listed_ids(connection: Connection) -> list[str]:
    """The credentials that search may find."""
    return list(connection.scalars(select(CREDENTIAL.id).where(CREDENTIAL.listed).order_by(CREDENTIAL.id)))


def load_entries(connection: Connection, ids: Iterable[str], now: datetime) -> Iterator[Entry]:
    """Of those that are listed, up to 5,000 at a time."""
    for chunk in chunks(ids):
        facts = load_facts(connection, chunk)
        documents = load_documents(connection, sorted(facts), Everything())
        runs = load_deliveries(connection, sorted(facts), now)
        compositions = load_compositions(connection, sorted(facts))
        awards, programs = load_awards(connection, sorted(facts)), load_programs(connection, sorted(facts))
        near = _load_neighbours(connection, documents, compositions)
        for one, document in documents.items():
            around = Around(compositions.get(one, []), awards.get(one, []), programs.get(one, []), near)
            yield _entry(document, facts[one], runs.get(one, []), around)


@dataclass(frozen=True, slots=True)
class Around:
    """What an entry is made of besides its credential: pathways and menus, awards and programs, and the things named."""

    compositions: Sequence[str]
    awards: Sequence[str]
    programs: Sequence[str]
    near: Neighbours

    @property
    def money(self) -> list[str]:
        return [*self.awards, *self.programs]


def _load_neighbours(
    connection: Connection, documents: dict[str, dict[str, Any]], compositions: dict[str, list[str]]
) -> Neighbours:
    """A name that nobody may read is not found either, nor is the title of a pathway or menu that is in no list."""
    wanted = {other for one, document in documents.items() for other in neighbours_of(document, compositions.get(one, []))}
    taught = {place["campus"] for document in documents.values() for run in runs_of(document) for place in run["places"]}
    query = select(CAMPUS.institution).where(CAMPUS.id.in_(sorted(taught - {None}))).distinct()
    found = load_documents(connection, wanted | set(connection.scalars(query)), Anonymous())
    found = {one: own for one, own in found.items() if own["__typename"] not in COMPOSED or _is_listed(own)}
    institutions = [one for one in found.values() if one["__typename"] == "Institution"]
    campuses = {campus["id"]: campus for one in institutions for campus in one["campuses"]}
    regions = {one["region"] for one in (*institutions, *campuses.values())} - {None}
    institution_of = {campus["id"]: one["id"] for one in institutions for campus in one["campuses"]}
    shown = found | load_documents(connection, sorted(regions - found.keys()), Anonymous())
    return Neighbours(shown, campuses, institution_of)


def _entry(document: dict[str, Any], facts: dict[str, Any], rows: Sequence[dict[str, Any]], around: Around) -> Entry:
    near = around.near
    texts, french = texts_of(document, around.compositions, near), french_of(document, near)
    shown = {run.get("id", document["id"]): run for run in runs_of(document)}
    placed = [(row | run_facts(shown.get(row["key"])), place_texts(shown.get(row["key"]), document, near)) for row in rows]
    if not placed:
        placed = [(EMPTY, place_texts(None, document, near))]
    deliveries = [Delivery({name: row[name] for name in EMPTY}, place) for row, place in placed]
    own = facts | document_facts(document, texts["provider"], around.money) | {"own_sectors": document["sectors"]}
    own["programs"] = sorted(set(around.programs))
    links = _links(document, around)
    everything = [own, texts, french, [[one.facts, one.place] for one in deliveries], links]
    own["hash"] = hash_of(everything)
    return Entry(document["id"], texts, french, deliveries, own, links)


def _links(document: dict[str, Any], around: Around) -> list[str]:
    """Everything whose change makes the entry old; things that cannot be read now may be later."""
    campuses = [place["campus"] for run in runs_of(document) for place in run["places"] if place["campus"]]
    taught_by = [around.near.institution_of[one] for one in campuses if one in around.near.institution_of]
    institutions = [around.near.documents[one] for one in (document["provider"], *taught_by) if one in around.near.documents]
    regions = [one["region"] for own in institutions for one in (own, *own["campuses"]) if one["region"]]
    named = [*neighbours_of(document, around.compositions), *around.money, *taught_by, *regions]
    return sorted(set(named))


def _is_listed(document: dict[str, Any]) -> bool:
    return document["_visibility"] in Anonymous().listed()


def _with_short(text: str, short: str | None) -> str:
    return f"{text} ({short})" if short and short != text else text


def label_ids(connection: Connection) -> list[str]:
    """Skills, occupations and institutions that may be listed."""
    visible = DOCUMENT.visibility.in_(Anonymous().listed())
    return list(connection.scalars(select(DOCUMENT.id).where(DOCUMENT.type.in_(LABELLED), visible).order_by(DOCUMENT.id)))


def load_labels(connection: Connection, ids: Iterable[str]) -> Iterator[Label]:
    """Of those that may be listed; anything else among the ids has none."""
    for chunk in chunks(ids):
        for one, document in load_documents(connection, chunk, Anonymous()).items():
            kind = document["__typename"].lower()
            if kind in LABELLED and _is_listed(document):
                short = document.get("shortName")
                texts = [_with_short(text, short) for text in as_texts(document[LABELLED[RecordType(kind)]])]
                yield Label(one, kind.upper(), list(dict.fromkeys(texts)))
