"""Lists of credentials, of all things of a type, and of what belongs to one thing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from catalog.model import listing
from catalog.model.related import DOCUMENT, Related, Wanted, list_related
from catalog.model.vocabulary import RecordType
from catalog.runtime.batch import Many
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.schema.paging import Page, connection
from catalog.schema.profiles import read_standing
from catalog.schema.relations.totals import AllOf, RelatedTo


def credentials(
    parents: Sequence[Any],
    context: RequestContext,
    filter: Any = None,
    profile: Any = None,
    **asked: Any,
) -> list[Any]:
    standing = None if profile is None else read_standing(profile, context)
    wanted = listing.Wanted(read_filter(filter, context, standing, asks=True))
    page = context.page(**asked)
    rows = listing.list_credentials(context.connection, wanted, _slice(page))
    return [_page(context, rows, page, wanted) for _ in parents]


def credentials_of_institutions(
    parents: Sequence[Any],
    context: RequestContext,
    filter: Any = None,
    **asked: Any,
) -> list[Any]:
    """One statement for all institutions of the level."""
    query = read_filter(filter, context)
    page = context.page(**asked)
    institutions = [parent["id"] for parent in parents]
    rows = listing.list_credentials_by_institution(context.connection, institutions, query, _slice(page))
    return [_page(context, rows.get(one, []), page, listing.Wanted(query, one)) for one in institutions]


def things(record_type: RecordType) -> Many:
    """The list of all things of a type."""

    def many(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
        return list_things(parents, context, record_type, (), asked)

    return many


def list_things(
    parents: Sequence[Any],
    context: RequestContext,
    record_type: RecordType,
    narrowed: tuple[ColumnElement[bool], ...],
    asked: dict[str, Any],
) -> list[Any]:
    page = context.page(**asked)
    rows = listing.list_things(context.connection, record_type, context.viewer, _slice(page), narrowed)
    return [_page(context, rows, page, AllOf(record_type, narrowed)) for _ in parents]


def related(kind: Related) -> Many:
    """What each parent is connected with: one statement for the level. A filter is for lists of credentials."""

    def many(parents: Sequence[Any], context: RequestContext, filter: Any = None, **asked: Any) -> list[Any]:
        narrowed = () if filter is None else (read_filter(filter, context).narrowing(DOCUMENT.id),)
        wanted = Wanted(kind, narrowed)
        page = context.page(**asked)
        ids = [parent["id"] for parent in parents]
        rows = list_related(context.connection, wanted, ids, context.viewer, _slice(page))
        return [_page(context, rows.get(one, []), page, RelatedTo(wanted, one)) for one in ids]

    return many


def _page(context: RequestContext, rows: list[tuple[str, str]], page: Page, count: Any) -> dict[str, Any]:
    return connection(context.epoch, [([slug], one) for one, slug in rows], page, _count=count)


def _slice(page: Page) -> listing.Slice:
    after = listing.slug_key(page.after, "after")
    return listing.Slice(page.size + 1, after, listing.slug_key(page.before, "before"), page.backward)
