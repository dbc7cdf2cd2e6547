"""Campuses, which live in their institution's Document."""

from collections.abc import Sequence
from typing import Any

from catalog.model.documents import find_campus_institutions
from catalog.schema.context import RequestContext


def campus(parents: Sequence[Any], context: RequestContext) -> list[Any]:
    wanted = [parent["campus"] for parent in parents if parent["campus"]]
    if not wanted:
        return [None] * len(parents)
    institutions = find_campus_institutions(context.connection, wanted)
    documents = context.documents(institutions.values())
    campuses = {one["id"]: one for document in documents.values() for one in document["campuses"]}
    return [campuses.get(parent["campus"]) for parent in parents]
