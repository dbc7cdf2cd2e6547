"""Single things, by id or slug."""

import re
from collections.abc import Sequence
from typing import Any

from catalog.errors import ArgumentInvalid, NotAvailable
from catalog.model.documents import find_ids_by_slug, find_parents
from catalog.model.identity import is_id
from catalog.model.vocabulary import RecordType
from catalog.runtime.batch import Many
from catalog.schema.context import RequestContext

MOST_IDS = 100
SLUG = re.compile(r"^[A-Za-z0-9._:/-]{1,200}\Z")


def node(parents: Sequence[Any], context: RequestContext, id: str) -> list[Any]:
    return [_nodes(context, [id])[0]] * len(parents)


def nodes(parents: Sequence[Any], context: RequestContext, ids: list[str]) -> list[Any]:
    if len(ids) > MOST_IDS:
        raise ArgumentInvalid(
            f"ids has {len(ids)} ids; at most {MOST_IDS} are answered", code="PAGE_INVALID", argument="ids"
        )
    return [_nodes(context, ids)] * len(parents)


def _nodes(context: RequestContext, ids: list[str]) -> list[Any]:
    """Things have a Document of their own; an offering is a part of its credential's."""
    possible = [one for one in ids if is_id(one)]
    documents = context.documents(possible)
    others = [one for one in possible if one not in documents]
    credentials = find_parents(context.connection, others) if others else {}
    parents = context.documents(credentials.values())
    offerings = {one["id"]: one for parent in parents.values() for one in parent["offerings"]}
    found = documents | {one: offerings[one] for one in others if one in offerings}
    return [found[one] if one in found and found[one]["__typename"] in NODES else None for one in ids]


NODES = frozenset({"Offering", *(one.value[0].upper() + one.value[1:] for one in RecordType)})


def credential(
    parents: Sequence[Any],
    context: RequestContext,
    slug: str | None = None,
    id: str | None = None,
    at: Any = None,
) -> list[Any]:
    if at is not None:
        raise NotAvailable("at is not available yet", argument="at")
    return [_find(context, RecordType.CREDENTIAL, slug, id)] * len(parents)


def by_name(record_type: RecordType) -> Many:
    """A thing of a type by its slug or its id."""

    def many(parents: Sequence[Any], context: RequestContext, slug: str | None = None, id: str | None = None) -> list[Any]:
        return [_find(context, record_type, slug, id)] * len(parents)

    return many


def find(context: RequestContext, record_type: RecordType, name: str) -> Any:
    """By id or slug; None where there is none that the viewer may see."""
    return _find(context, record_type, None, name) if is_id(name) else _find(context, record_type, name, None)


def _find(context: RequestContext, record_type: RecordType, slug: str | None, wanted: str | None) -> Any:
    if (slug is None) == (wanted is None):
        raise ArgumentInvalid("give either slug or id", argument="slug")
    if slug is not None and not SLUG.match(slug):
        return None
    if slug is not None:
        wanted = find_ids_by_slug(context.connection, record_type, [slug.lower()]).get(slug.lower())
    found = context.documents([wanted]).get(wanted) if wanted and is_id(wanted) else None
    return found if found and found["__typename"].lower() == record_type.lower() else None
