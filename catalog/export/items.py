"""What is exported: Documents with the names around them and the sources behind them, a few hundred at a time."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from catalog.export.about import SourceUse, source_uses
from catalog.model.bulk import chunks, table_of
from catalog.model.documents import Document, load_documents
from catalog.model.filter_sql import CredentialQuery
from catalog.model.history import address_of, load_provenance, load_sources
from catalog.model.listing import Slice, Wanted, list_credentials
from catalog.model.render.rule import named_in, without_hidden
from catalog.model.tables import CampusRow
from catalog.model.viewer import Anonymous
from catalog.model.vocabulary import Reuse, SourceKind

CAMPUS = table_of(CampusRow).c
TOGETHER = 300
"""Documents in memory at once."""
PAGE = 5_000
NAMED = ("provider", "supersedes")
NAMED_LISTS = ("skills", "occupations", "sectors", "themes", "components")


@dataclass(frozen=True, slots=True)
class Item:
    """`around` holds the Documents of what it names, by id; `sources` who states what of it."""

    document: Document
    around: Mapping[str, Document]
    sources: Sequence[Mapping[str, Any]]


@dataclass
class Items:
    """The credentials that a filter keeps and that may be exported, by slug. Counts are whole when all have been read."""

    connection: Connection
    query: CredentialQuery
    check: Callable[[], None] = lambda: None
    exported: int = 0
    left_out: int = 0
    """Whose provider does not allow it, and stewarded ones that nobody has opened."""
    _used: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Item]:
        for ids in self._ids():
            self.check()
            yield from self._load(ids)

    def sources(self) -> list[SourceUse]:
        """Of everything read so far, by name."""
        return source_uses(self.connection, self._used)

    def _ids(self) -> Iterator[list[str]]:
        after = None
        while rows := list_credentials(self.connection, Wanted(self.query), Slice(PAGE, after)):
            for chunk in chunks([one for one, _ in rows], TOGETHER):
                yield list(chunk)
            after = rows[-1][1]

    def _load(self, ids: Sequence[str]) -> Iterator[Item]:
        documents = load_documents(self.connection, ids, Anonymous())
        allowed = [documents[one] for one in ids if one in documents and may_export(documents[one])]
        self.left_out += len(documents) - len(allowed)
        self.exported += len(allowed)
        teachers = _load_teachers(self.connection, allowed)
        around = load_documents(self.connection, [*named_by(allowed), *teachers.values()], Anonymous())
        around = {one: own for one, own in around.items() if may_name(own)}
        stated = self._sources_of([one["id"] for one in allowed])
        for one in allowed:
            named = [*named_by([one]), *(teachers[campus] for campus in taught_at(one) if campus in teachers)]
            own = {other: around[other] for other in named if other in around}
            yield Item(presentable(one, own), own | _campuses(own), stated.get(one["id"], []))

    def _sources_of(self, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        provenance = load_provenance(self.connection, ids)
        keys = {choice.statement.source for own in provenance.values() for choice in own}
        known = load_sources(self.connection, keys)
        found: dict[str, list[dict[str, Any]]] = {}
        for thing, choices in provenance.items():
            fields: dict[str, set[str]] = defaultdict(set)
            pages: dict[str, set[str]] = defaultdict(set)
            for choice in choices:
                if choice.chosen:
                    key = choice.statement.source
                    fields[key].add(choice.path)
                    if (page := address_of(choice, known[key].kind, None)) is not None:
                        pages[key].add(page)
            self._used.update(fields.keys())
            found[thing] = [
                {
                    "name": known[key].name,
                    "kind": known[key].kind,
                    "url": None if known[key].kind == SourceKind.MIRROR else known[key].url,
                    "pages": sorted(pages[key]),
                    "states": sorted(own),
                }
                for key, own in sorted(fields.items())
                if key in known
            ]
        return found


def may_export(document: Document) -> bool:
    """OPEN or silent; DISPLAY_ONLY is shown, not handed on. What is stewarded goes out only where it says OPEN.

    Illustrations stay here: outside nobody sees that they are none of the world's.
    """
    reuse = document["_reuse"]
    if document["_illustration"]:
        return False
    return reuse == Reuse.OPEN if document["_stewarded"] else reuse in (None, Reuse.OPEN)


def may_name(document: Document) -> bool:
    """Whether its name may stand in what is exported of others: of credentials only of those that are exported, too."""
    if document["__typename"] != "Credential":
        return True
    return may_export(document) and document["_visibility"] in Anonymous().listed()


def presentable(document: Document, around: Mapping[str, Document]) -> Document:
    """Without what it names and may not: rules that do are words."""
    requirements = [one | {"rule": without_hidden(one["rule"], around)} for one in document["requirements"]]
    lists = {name: [one for one in document[name] if one in around] for name in NAMED_LISTS}
    single = {name: document[name] if document[name] in around else None for name in NAMED}
    return document | lists | single | {"requirements": requirements}


def named_by(documents: Iterable[Document]) -> list[str]:
    """Ids of everything that these name."""
    found: dict[str, None] = {}
    for one in documents:
        found |= dict.fromkeys(one[name] for name in NAMED if one[name])
        found |= dict.fromkeys(value for name in NAMED_LISTS for value in one[name])
        found |= dict.fromkeys(value for asked in one["requirements"] for value in named_in(asked["rule"]))
        found |= dict.fromkeys(partner["institution"] for own in _runs(one) for partner in own.get("partnerships", ()))
    return [one for one in found if one]


def _runs(document: Document) -> list[Mapping[str, Any]]:
    return [document, *document["offerings"], *([document["usual"]] if document["usual"] else [])]


def taught_at(document: Document) -> set[str]:
    """Ids of campuses."""
    return {place["campus"] for run in _runs(document) for place in run.get("places", ()) if place["campus"]}


def _load_teachers(connection: Connection, documents: Iterable[Document]) -> dict[str, str]:
    """The institution of each campus at which they are taught."""
    taught = {campus for one in documents for campus in taught_at(one)}
    query = select(CAMPUS.id, CAMPUS.institution).where(CAMPUS.id.in_(sorted(taught)))
    return {row.id: row.institution for row in connection.execute(query)}


def _campuses(around: Mapping[str, Document]) -> dict[str, Document]:
    """Campuses by their own ids, as parts of institutions."""
    institutions = [one for one in around.values() if one["__typename"] == "Institution"]
    return {campus["id"]: campus for one in institutions for campus in one["campuses"]}
