"""What stands behind the numbers of a matrix as a whole: awards and sources."""

from collections.abc import Iterator, Sequence

from catalog.export.about import SourceUse, source_uses
from catalog.export.credentials import name_of
from catalog.export.tables import Cell
from catalog.model.history import count_statements
from catalog.schema.context import RequestContext
from catalog.schema.relations.counting.coverage import Counted


def award_rows(counted: Counted) -> Iterator[Sequence[Cell]]:
    context = counted.listed.context
    ids = [one.id for one in counted.matrix.totals.awards]
    documents = context.documents(ids)
    around = context.documents(
        value for own in documents.values() for value in (own["funder"], *(one["credential"] for one in own["covers"]))
    )
    for one in ids:
        if own := documents.get(one):
            amount = own["amount"] or {}
            covered = "; ".join(around[two["credential"]]["slug"] for two in own["covers"] if two["credential"] in around)
            yield (
                own["slug"],
                name_of(own["funder"], around),
                float(amount["amount"]) if amount else None,
                amount.get("currency"),
                own["allocation"],
                own["purpose"],
                own["seatsFunded"],
                covered,
                one,
            )


def sources_of(context: RequestContext, counted: Counted) -> list[SourceUse]:
    """Of the credentials, the awards and the figures that are counted."""
    credentials = [one.decode() for one in counted.matrix.view.credential("id").tolist()]
    awards = [one.id for one in counted.matrix.totals.awards]
    figures = [one for key in counted.keys if (one := counted.figure_id(key))]
    return source_uses(context.connection, count_statements(context.connection, [*credentials, *awards, *figures]))
