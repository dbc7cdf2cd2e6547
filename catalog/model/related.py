"""Lists of what one thing is connected with, for many things at once, in the order of slugs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select, union

from catalog.model.bulk import chunks, table_of
from catalog.model.listing import Slice
from catalog.model.tables import (
    DocumentRow,
    EquivalenceRow,
    FundingDesignationRow,
    PathwayItemRow,
    PathwayRow,
    RecognitionRow,
)
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import EquivalenceBasis, RecognitionKind

DOCUMENT = table_of(DocumentRow).c
ITEM = table_of(PathwayItemRow).c
PATHWAY = table_of(PathwayRow).c
MEMBER = table_of(EquivalenceRow).alias("member").c
OTHER = table_of(EquivalenceRow).alias("other").c
DESIGNATED = table_of(FundingDesignationRow).c
RECOGNITION = table_of(RecognitionRow).c
BETWEEN = table_of(DocumentRow).alias("between").c
GIVING_CREDIT = (RecognitionKind.COURSE, RecognitionKind.UNASSIGNED, RecognitionKind.BLOCK)
COUNTING = (EquivalenceBasis.SHARED_CURRICULUM, EquivalenceBasis.REVIEWED)


class Related(Enum):
    """(parent, thing) pairs of a connection."""

    PATHWAYS = "pathways"
    """The pathways in which a credential is a part."""
    AWARDS = "awards"
    """What a credential stacks into: the awards of these pathways, and what recognition gives credit towards."""
    EQUIVALENTS = "equivalents"
    """The credentials that count as this one."""
    RECOGNITIONS = "recognitions"
    """Where a credential is recognised."""
    DESIGNATIONS = "designations"
    """Where a funding program may be spent."""
    PROGRAMS = "programs"
    """The funding programs that may be spent on a credential."""
    WAYS_TO = "ways"
    """The pathways that lead to a credential."""

    RECOGNISED = "recognised"
    """What a credential is given for."""
    OF_INSTITUTION = "of_institution"
    """What an institution recognises."""

    def pairs(self, viewer: Viewer) -> Select[str, str]:
        """What lies between the two must be listed as well."""
        listed = BETWEEN.visibility.in_(viewer.listed())
        match self:
            case Related.PATHWAYS:
                return _pairs(ITEM.credential, ITEM.pathway)
            case Related.AWARDS:
                stacked = _pairs(ITEM.credential, PATHWAY.award)
                stacked = stacked.where(ITEM.pathway == PATHWAY.id, PATHWAY.id == BETWEEN.id, listed)
                counted = _pairs(RECOGNITION.from_credential, RECOGNITION.to_credential)
                counted = counted.where(RECOGNITION.kind.in_(GIVING_CREDIT), RECOGNITION.id == BETWEEN.id, listed)
                either = union(stacked, counted).subquery()
                return select(either.c.parent, either.c.thing)
            case Related.EQUIVALENTS:
                together = (MEMBER.equivalence == OTHER.equivalence, MEMBER.member != OTHER.member)
                pairs = _pairs(MEMBER.member, OTHER.member)
                shown = (MEMBER.basis.in_(COUNTING), MEMBER.equivalence == BETWEEN.id, listed)
                return pairs.where(*together, *shown).distinct()
            case Related.RECOGNITIONS:
                return _pairs(RECOGNITION.from_credential, RECOGNITION.id)
            case Related.RECOGNISED:
                return _pairs(RECOGNITION.to_credential, RECOGNITION.id)
            case Related.OF_INSTITUTION:
                return _pairs(RECOGNITION.institution, RECOGNITION.id)
            case Related.DESIGNATIONS:
                return _pairs(DESIGNATED.program, DESIGNATED.credential)
            case Related.PROGRAMS:
                return _pairs(DESIGNATED.credential, DESIGNATED.program)
            case Related.WAYS_TO:
                return _pairs(PATHWAY.award, PATHWAY.id)


def _pairs(parent: Column[str], thing: Column[str]) -> Select[str, str]:
    return select(parent.label("parent"), thing.label("thing"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list; `narrowed` are further conditions on a row of `document`."""

    related: Related
    narrowed: tuple[ColumnElement[bool], ...] = ()


def list_related(
    connection: Connection, wanted: Wanted, parents: Sequence[str], viewer: Viewer, part: Slice
) -> dict[str, list[tuple[str, str]]]:
    """(id, slug) by parent, each at most `part.limit`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in chunks(dict.fromkeys(parents)):
        shown = _shown(wanted, chunk, viewer)
        number = func.row_number().over(partition_by=shown.c.parent, order_by=part.order(shown.c.slug))
        ranked = select(shown, number.label("number")).where(*part.conditions(shown.c.slug)).subquery()
        query = select(ranked).where(ranked.c.number <= part.limit).order_by(ranked.c.parent, ranked.c.number)
        for row in connection.execute(query):
            found.setdefault(row.parent, []).append((row.id, row.slug))
    return found


def count_related(connection: Connection, wanted: Wanted, parents: Sequence[str], viewer: Viewer) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(dict.fromkeys(parents)):
        shown = _shown(wanted, chunk, viewer)
        query = select(shown.c.parent, func.count().label("number")).group_by(shown.c.parent)
        found |= {row.parent: row.number for row in connection.execute(query)}
    return found


def _shown(wanted: Wanted, parents: list[str], viewer: Viewer) -> Any:
    """The pairs of these parents whose thing the viewer may see in lists."""
    pairs = wanted.related.pairs(viewer).subquery()
    query = select(pairs.c.parent, DOCUMENT.id, DOCUMENT.slug).join(table_of(DocumentRow), pairs.c.thing == DOCUMENT.id)
    listed = DOCUMENT.visibility.in_(viewer.listed())
    return query.where(pairs.c.parent.in_(parents), listed, *wanted.narrowed).subquery()
