"""A published table beside what the API would count."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from catalog.coverage.compare import Difference, Listing, OurCell, PublishedTable, compare_counts, compare_list
from catalog.coverage.dimensions import CoverageDimension
from catalog.export.credentials import called
from catalog.model.bulk import chunks
from catalog.schema.context import RequestContext
from catalog.schema.exports import Exporter
from catalog.schema.relations.counting.coverage import Counted

TOGETHER = 500
SHOWN_SLUGS = 5


def compare(
    context: RequestContext, exporter: Exporter, published: PublishedTable, filter_text: str | None, at: datetime | None
) -> list[Difference]:
    """Raises ArgumentInvalid."""
    by = published.dimensions or (CoverageDimension.INSTITUTION,)
    counted = exporter.count(context, by, filter_text, at, with_empty=False)
    if published.is_list:
        return compare_list(published, list(_listings(context, counted)), _left_out(context, counted))
    return compare_counts(published, list(_cells(context, counted)), _general(counted))


def _cells(context: RequestContext, counted: Counted) -> Iterator[OurCell]:
    for key in counted.keys:
        cell = counted.show(key)
        own = cell["measures"]
        names = tuple((one["value"] or one["label"], one["label"]) for one in cell["keys"])
        counts = {
            "credentials": own["credentials"],
            "offerings": own["offerings"],
            "institutions": own["institutions"],
            "seats": own["seats"],
        }
        yield OurCell(names, counts, tuple(_reasons(context, counted, key, own)))


def _reasons(
    context: RequestContext, counted: Counted, key: tuple[str | None, ...], own: dict[str, object]
) -> Iterator[str]:
    if own["seatsUnknown"]:
        yield f"{own['seatsUnknown']} of its offerings do not say how many seats they have"
    ids = counted.matrix.credentials(key)[:SHOWN_SLUGS]
    found = counted.listed.documents(ids, context)
    if slugs := [found[one]["slug"] for one in ids if one in found]:
        yield f"counted here: {', '.join(slugs)}{' and more' if len(counted.matrix.credentials(key)) > SHOWN_SLUGS else ''}"


def _general(counted: Counted) -> list[str]:
    """What no row shows: things whose value is not known may belong to any."""
    unknown = {one for key in counted.matrix.cells if None in key for one in counted.matrix.credentials(key)}
    return [f"{len(unknown)} credentials of unknown {_names(counted)} may belong here"] if unknown else []


def _names(counted: Counted) -> str:
    return " or ".join(one.replace("_", " ").lower() for one in counted.matrix.by)


def _listings(context: RequestContext, counted: Counted) -> Iterator[Listing]:
    ids = [one.decode() for one in counted.matrix.view.credential("id").tolist()]
    for chunk in chunks(ids, TOGETHER):
        context.check()
        found = counted.listed.documents(chunk, context)
        yield from _named(context, [found[one] for one in chunk if one in found])


def _named(context: RequestContext, documents: Sequence[dict[str, object]]) -> Iterator[Listing]:
    around = context.documents(str(one["provider"]) for one in documents)
    for one in documents:
        provider = around.get(str(one["provider"]), {})
        names = (*provider.get("name", {}).values(), provider.get("shortName"), provider.get("slug"))
        yield Listing(str(one["slug"]), called(one["title"]) or "", tuple(name for name in names if name))  # type: ignore[arg-type] # a language map


def _left_out(context: RequestContext, counted: Counted) -> dict[str, str]:
    """Titles of what meets the filter and is not to be counted."""
    documents = counted.listed.documents(counted.listed.not_counted, context)
    titles = (title for one in documents.values() for title in one["title"].values())
    return dict.fromkeys(titles, "the catalogue has it, but it is an illustration, or its record says not to count it")
