"""Lists of credentials and institutions."""

from collections.abc import Sequence
from typing import Any

from catalog.model import listing
from catalog.model.vocabulary import RecordType
from catalog.runtime.batch import Many
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter, refuse_profile
from catalog.schema.paging import Page, connection, read_page


def credentials(
    parents: Sequence[Any],
    context: RequestContext,
    filter: Any = None,
    profile: Any = None,
    **page: Any,
) -> list[Any]:
    refuse_profile(profile)
    wanted = listing.Wanted(filter=read_filter(filter))
    return [_credential_page(context, wanted, page) for _ in parents]


def _credential_page(context: RequestContext, wanted: listing.Wanted, asked: dict[str, Any]) -> dict[str, Any]:
    page = read_page(context.state.epoch, **asked)
    rows = listing.list_credentials(context.connection, wanted, _slice(page))
    return connection(context.state.epoch, [([slug], one) for one, slug in rows], page, _wanted=wanted)


def credentials_of_institutions(
    parents: Sequence[Any],
    context: RequestContext,
    filter: Any = None,
    **asked: Any,
) -> list[Any]:
    """One statement for all institutions of the level."""
    conditions = read_filter(filter)
    page = read_page(context.state.epoch, **asked)
    institutions = [parent["id"] for parent in parents]
    rows = listing.list_credentials_by_institution(context.connection, institutions, conditions, _slice(page))
    return [
        connection(
            context.state.epoch,
            [([slug], one) for one, slug in rows.get(institution, [])],
            page,
            _wanted=listing.Wanted(filter=conditions, institution=institution),
        )
        for institution in institutions
    ]


def credential_count(parents: Sequence[Any], context: RequestContext) -> list[int]:
    """The lists of one level differ at most in their institution: one statement."""
    return listing.count_credentials(context.connection, [parent["_wanted"] for parent in parents])


def things(record_type: RecordType) -> Many:
    """The list of all things of a type."""

    def many(parents: Sequence[Any], context: RequestContext, **asked: Any) -> list[Any]:
        page = read_page(context.state.epoch, **asked)
        rows = listing.list_things(context.connection, record_type, context.viewer, _slice(page))
        return [connection(context.state.epoch, [([slug], one) for one, slug in rows], page) for _ in parents]

    return many


def thing_count(record_type: RecordType) -> Many:
    def many(parents: Sequence[Any], context: RequestContext) -> list[int]:
        return [listing.count_things(context.connection, record_type, context.viewer)] * len(parents)

    return many


def _slice(page: Page) -> listing.Slice:
    after = listing.slug_key(page.after, "after")
    return listing.Slice(page.size + 1, after, listing.slug_key(page.before, "before"), page.backward)
