"""Lists of what one thing is connected with, for many things at once, in the order of slugs."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Select, func, select

from catalog.model.bulk import chunks, table_of
from catalog.model.listing import Slice, has_readable_award
from catalog.model.tables import (
    DocumentRow,
    EquivalenceRow,
    FundingDesignationRow,
    PathwayItemRow,
    PathwayRow,
    RecognitionRow,
)
from catalog.model.viewer import Viewer
from catalog.model.vocabulary import EquivalenceBasis

DOCUMENT = table_of(DocumentRow).c
ITEM = table_of(PathwayItemRow).c
PATHWAY = table_of(PathwayRow).c
MEMBER = table_of(EquivalenceRow).alias("member").c
OTHER = table_of(EquivalenceRow).alias("other").c
DESIGNATED = table_of(FundingDesignationRow).c
RECOGNITION = table_of(RecognitionRow).c
COUNTING = (EquivalenceBasis.SHARED_CURRICULUM, EquivalenceBasis.REVIEWED)


class Related(Enum):
    """(parent, thing) pairs of a connection."""

    PATHWAYS = "pathways"
    """The pathways in which a credential is a part."""
    AWARDS = "awards"
    """What a credential stacks into: the awards of these pathways."""
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

    def pairs(self) -> Select[tuple[str, str]]:
        match self:
            case Related.PATHWAYS:
                return select(ITEM.credential.label("parent"), ITEM.pathway.label("thing"))
            case Related.AWARDS:
                joined = select(ITEM.credential.label("parent"), PATHWAY.award.label("thing"))
                return joined.join(table_of(PathwayRow), ITEM.pathway == PATHWAY.id).distinct()
            case Related.EQUIVALENTS:
                together = (MEMBER.equivalence == OTHER.equivalence, MEMBER.member != OTHER.member)
                pairs = select(MEMBER.member.label("parent"), OTHER.member.label("thing"))
                return pairs.where(*together, MEMBER.basis.in_(COUNTING)).distinct()
            case Related.RECOGNITIONS:
                return select(RECOGNITION.from_credential.label("parent"), RECOGNITION.id.label("thing"))
            case Related.DESIGNATIONS:
                return select(DESIGNATED.program.label("parent"), DESIGNATED.credential.label("thing"))
            case Related.PROGRAMS:
                return select(DESIGNATED.credential.label("parent"), DESIGNATED.program.label("thing"))
            case Related.WAYS_TO:
                return select(PATHWAY.award.label("parent"), PATHWAY.id.label("thing"))


def list_related(
    connection: Connection, related: Related, parents: Sequence[str], viewer: Viewer, part: Slice
) -> dict[str, list[tuple[str, str]]]:
    """(id, slug) by parent, each at most `part.limit`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for chunk in chunks(dict.fromkeys(parents)):
        shown = _shown(related, chunk, viewer)
        number = func.row_number().over(partition_by=shown.c.parent, order_by=part.order(shown.c.slug))
        ranked = select(shown, number.label("number")).where(*part.conditions(shown.c.slug)).subquery()
        query = select(ranked).where(ranked.c.number <= part.limit).order_by(ranked.c.parent, ranked.c.number)
        for row in connection.execute(query):
            found.setdefault(row.parent, []).append((row.id, row.slug))
    return found


def count_related(connection: Connection, related: Related, parents: Sequence[str], viewer: Viewer) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(dict.fromkeys(parents)):
        shown = _shown(related, chunk, viewer)
        query = select(shown.c.parent, func.count().label("number")).group_by(shown.c.parent)
        found |= {row.parent: row.number for row in connection.execute(query)}
    return found


def _shown(related: Related, parents: list[str], viewer: Viewer) -> Any:
    """The pairs of these parents whose thing the viewer may see in lists."""
    pairs = related.pairs().subquery()
    query = select(pairs.c.parent, DOCUMENT.id, DOCUMENT.slug).join(table_of(DocumentRow), pairs.c.thing == DOCUMENT.id)
    query = query.where(pairs.c.parent.in_(parents), DOCUMENT.visibility.in_(viewer.listed()))
    if related in (Related.PATHWAYS, Related.WAYS_TO):
        query = query.where(has_readable_award(viewer))
    return query.subquery()
