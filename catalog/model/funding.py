"""Funding awards and what each of them pays for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, exists, select

from catalog.model.bulk import chunks, table_of
from catalog.model.documents import Document
from catalog.model.tables import AwardCoverRow, DocumentRow, FundingDesignationRow
from catalog.model.vocabulary import RecordType

COVER = table_of(AwardCoverRow).c
DOCUMENT = table_of(DocumentRow).c
DESIGNATED = table_of(FundingDesignationRow).c
MOST_PROGRAMS = 20


@dataclass(frozen=True, slots=True)
class Award:
    document: Document

    @property
    def funder(self) -> str:
        return str(self.document["funder"])

    def covers_only(self, credential: str) -> bool:
        """Whether the award was given for this whole credential and nothing else."""
        covers = self.document["covers"]
        return len(covers) == 1 and covers[0] == {"credential": credential, "offering": None}

    @property
    def covers_several(self) -> bool:
        """Whether it pays for more than one thing: then none of them can show its amount as its own."""
        return len(self.document["covers"]) > 1

    def only_offering(self) -> str | None:
        """The one offering that the award was given for, if it is for one."""
        covers = self.document["covers"]
        return covers[0]["offering"] if len(covers) == 1 else None


def load_designated(connection: Connection, credentials: Iterable[str]) -> dict[str, set[str]]:
    """The programs that may be spent on each credential, those of which nobody states where they may be spent among them."""
    listed = list(dict.fromkeys(credentials))
    anywhere = select(DOCUMENT.id).where(
        DOCUMENT.type == RecordType.FUNDING_PROGRAM, ~exists().where(DESIGNATED.program == DOCUMENT.id)
    )
    free = set(connection.scalars(anywhere.order_by(DOCUMENT.slug).limit(MOST_PROGRAMS)))
    found = {one: set(free) for one in listed}
    for chunk in chunks(listed):
        query = select(DESIGNATED.program, DESIGNATED.credential).where(DESIGNATED.credential.in_(chunk))
        for row in connection.execute(query):
            found[row.credential].add(row.program)
    return found


def load_awards(
    connection: Connection, credentials: Iterable[str], documents: Callable[[Iterable[str]], dict[str, Document]]
) -> dict[str, list[Award]]:
    """The awards that pay for each credential or a part of it, in the order of their ids."""
    covered: list[tuple[str, str]] = []
    for chunk in chunks(dict.fromkeys(credentials)):
        query = select(COVER.award, COVER.credential).where(COVER.credential.in_(chunk)).distinct()
        covered += [(row.award, row.credential) for row in connection.execute(query.order_by(COVER.award))]
    known = documents(award for award, _ in covered)
    found: dict[str, list[Award]] = {}
    for award, credential in covered:
        if award in known:
            found.setdefault(credential, []).append(Award(known[award]))
    return found
