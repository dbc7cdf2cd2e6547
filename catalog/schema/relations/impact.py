"""What a withdrawal would break."""

from collections.abc import Sequence
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.vocabulary import RecordType
from catalog.pathways.impact import find_impact
from catalog.schema.context import RequestContext
from catalog.schema.relations.lookup import find

MOST_IMPACTS = 1_000


def impact(parents: Sequence[Any], context: RequestContext, credential: str) -> list[Any]:
    """What the viewer may not see is left out. Raises ArgumentInvalid where there is no such credential."""
    document = find(context, RecordType.CREDENTIAL, credential)
    if document is None:
        raise ArgumentInvalid("credential leads to no credential of the catalogue", argument="credential")
    found = find_impact(context.connection, [document["id"]], context.graph)
    shown = context.documents({one.thing for one in found})
    listed = [
        {"effect": one.effect, "type": one.type, "id": one.thing, "slug": one.slug, "place": one.place}
        for one in found
        if one.thing in shown
    ]
    return [listed[:MOST_IMPACTS]] * len(parents)
