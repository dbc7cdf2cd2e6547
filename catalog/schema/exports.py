"""Files of credentials and of coverage: what is asked is read as the API reads it, and written at one revision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import IO, Any

import orjson
from graphql import GraphQLError, GraphQLInputType, GraphQLSchema
from graphql.utilities import coerce_input_value

from catalog.errors import ArgumentInvalid
from catalog.export.about import About
from catalog.export.bundle import CONTENT, Written, write_bundle
from catalog.export.coverage import awards_table, cells_table, listings_table
from catalog.export.credentials import about_table, called, flat_table, name_of, sources_table
from catalog.export.items import Items, may_name
from catalog.export.json_files import write_ctdl, write_json, write_json_ld, write_ndjson
from catalog.export.tables import Cell, write_csv, write_workbook
from catalog.model.bulk import chunks
from catalog.model.filter_sql import CredentialQuery
from catalog.schema.context import RequestContext
from catalog.schema.filtering import read_filter
from catalog.schema.relations.counting.asked import read_by
from catalog.schema.relations.counting.behind import award_rows, sources_of
from catalog.schema.relations.counting.coverage import Counted, count

LONGEST_FILTER = 20_000
TOGETHER = 500


class Ending(StrEnum):
    """Of files of credentials."""

    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    XLSX = "xlsx"
    JSON_LD = "jsonld"
    CTDL = "ctdl.json"


MEDIA_TYPES = {
    Ending.JSON: "application/json",
    Ending.NDJSON: "application/x-ndjson",
    Ending.CSV: "text/csv; charset=utf-8",
    Ending.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Ending.JSON_LD: "application/ld+json",
    Ending.CTDL: "application/ld+json",
}
COVERAGE_ENDINGS = (Ending.CSV, Ending.XLSX)
COVERAGE_QUERY = """query ($by: [CoverageDimension!]!, $filter: CredentialFilter, $includeEmpty: Boolean, $at: DateTime, $after: String) {
  coverage(by: $by, filter: $filter, includeEmpty: $includeEmpty, at: $at) {
    revision at
    totals { ...m }
    cells(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { keys { dimension value label } measures { ...m } credentials { totalCount edges { node { slug } } } } }
    }
  }
}
fragment m on CoverageMeasures {
  credentials offerings openOfferings institutions seats seatsUnknown seatsLeft seatsLeftUnknown hours hoursUnknown
  price { min { amount } max { amount } } medianPrice { amount } priceUnknown fundedAmount { amount } awardsCount awardsUnknown
  amountPerSeat { amount } openingsPerYear openingsSharedBy { name } priceStated hoursStated
}"""
"""What the table of coverage answers: the same numbers, and the listings behind each."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """`licence` is the installation's, for the data as a whole."""

    schema: GraphQLSchema
    licence: str | None = None

    def credentials(self, context: RequestContext, ending: Ending, filter_text: str | None, file: IO[bytes]) -> Items:
        """Raises ArgumentInvalid, LimitExceeded (EXPORT_TOO_LARGE) and DeadlineExceeded."""
        items = Items(context.connection, self.query(context, filter_text), context.check)
        about = self._about(context, "Credentials", {"filter": read_json(filter_text)})
        match ending:
            case Ending.JSON:
                write_json(file, about, items)
            case Ending.NDJSON:
                write_ndjson(file, about, items)
            case Ending.CSV:
                write_csv(file, flat_table(about, items))
            case Ending.XLSX:
                about_it = about_table(about, lambda: {"exported": items.exported, "left out": items.left_out})
                write_workbook(file, [flat_table(about, items), sources_table(items.sources), about_it])
            case Ending.JSON_LD:
                write_json_ld(file, about, items)
            case Ending.CTDL:
                write_ctdl(file, about, items)
        return items

    def query(self, context: RequestContext, filter_text: str | None) -> CredentialQuery:
        """Raises ArgumentInvalid."""
        return read_filter(self._filter(read_json(filter_text)), context)

    def coverage(
        self,
        context: RequestContext,
        ending: Ending,
        file: IO[bytes],
        by: Sequence[str],
        filter_text: str | None = None,
        at: datetime | None = None,
        *,
        with_empty: bool = True,
    ) -> Counted:
        """CSV has the cells alone; a workbook also the listings and awards behind them, the sources and the query.

        Raises ArgumentInvalid, LimitExceeded (COVERAGE_TOO_LARGE, EXPORT_TOO_LARGE) and DeadlineExceeded.
        """
        if ending not in COVERAGE_ENDINGS:
            message = f"coverage is written as {' or '.join(COVERAGE_ENDINGS)}, not as {ending}"
            raise ArgumentInvalid(message, argument="format")
        asked = {"by": list(by), "filter": read_json(filter_text), "includeEmpty": with_empty}
        asked |= {"at": at.isoformat()} if at else {}
        counted = self.count(context, by, filter_text, at, with_empty=with_empty)
        wanted = counted.matrix.by
        shown = [counted.show(key) for key in counted.keys]
        names = self._region_names(context, shown)
        for one in shown:
            one["measures"]["_sharedNames"] = [names[region] for region in one["measures"]["_sharedBy"] if region in names]
        cells = cells_table([str(one) for one in wanted], shown, counted.show_totals() | {"_sharedNames": []})
        if ending is Ending.CSV:
            write_csv(file, cells)
            return counted
        about = self._about(counted.listed.context, "Coverage", {**asked, "query": COVERAGE_QUERY}, COVERAGE_NOTES)
        about = replace(about, revision=counted.listed.revision)
        listings = listings_table([str(one) for one in wanted], self._listings(context, counted, shown))
        awards = awards_table(award_rows(counted))
        sources = sources_table(lambda: sources_of(context, counted))
        write_workbook(file, [cells, listings, awards, sources, about_table(about)])
        return counted

    def count(
        self,
        context: RequestContext,
        by: Sequence[str],
        filter_text: str | None = None,
        at: datetime | None = None,
        *,
        with_empty: bool = True,
    ) -> Counted:
        """Raises ArgumentInvalid."""
        wanted = read_by([self._coerced(str(one), "CoverageDimension", "by") for one in by])
        return count(context, wanted, self._filter(read_json(filter_text)), at, with_empty=with_empty)

    def bundle(self, context: RequestContext, file: IO[bytes]) -> list[Written]:
        """Raises DeadlineExceeded."""
        about = self._about(context, CONTENT, {})
        return write_bundle(file, context.connection, about, context.check)

    def _about(self, context: RequestContext, what: str, asked: Mapping[str, Any], notes: Sequence[str] = ()) -> About:
        state = context.state_read
        return About(what, context.now, state.revision, state.epoch, asked, self.licence, notes)

    def _filter(self, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, dict) and "near" in value:
            message = "filter.near tells where somebody is: it travels by POST to /graphql only"
            raise ArgumentInvalid(message, code="PROFILE_NEEDS_POST", argument="filter.near")
        return self._coerced(value, "CredentialFilter", "filter")

    def _coerced(self, value: Any, type_name: str, argument: str) -> Any:
        def refuse(path: list[str | int], _value: Any, error: GraphQLError) -> None:
            where = ".".join([argument, *map(str, path)])
            message = f"{where}: {error.message}"
            raise ArgumentInvalid(message, argument=where)

        type_: GraphQLInputType = self.schema.type_map[type_name]  # type: ignore[assignment] # input types, both
        return coerce_input_value(value, type_, refuse)

    @staticmethod
    def _region_names(context: RequestContext, shown: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        ids = {region for one in shown for region in one["measures"]["_sharedBy"]}
        return {one: called(own["name"]) or one for one, own in context.documents(ids).items()}

    @staticmethod
    def _listings(context: RequestContext, counted: Counted, shown: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Cell]]:
        for cell in shown:
            labels = [key["label"] for key in cell["keys"]]
            for ids in chunks(counted.matrix.credentials(cell["_key"]), TOGETHER):
                context.check()
                found = counted.listed.documents(ids, context)
                around = context.documents(one["provider"] for one in found.values())
                for one in ids:
                    own = found.get(one)
                    if own is None or not may_name(own):
                        yield (*labels, None, NOT_HANDED_ON, None, None)
                    else:
                        yield (*labels, own["slug"], called(own["title"]), name_of(own["provider"], around), one)


NOT_HANDED_ON = "counted, but its name is not handed on"
COVERAGE_NOTES = (
    "Totals are distinct counts: cells overlap, so that they are not the sums of the rows.",
    "Sums are over what is stated; beside each stands how many do not state it. Empty cells are not known, never zero.",
    "Forecast openings are a forecast of an outlook for the whole of its years, shown by year: not vacancies.",
    "SHARED_NOT_SPLIT rows are awards that pay for things in several cells; nobody has split them.",
)


def read_json(text: str | None) -> Any:
    """Raises ArgumentInvalid."""
    if text is None or not text.strip():
        return None
    if len(text) > LONGEST_FILTER:
        message = f"filter has {len(text)} characters; at most {LONGEST_FILTER} are read"
        raise ArgumentInvalid(message, argument="filter")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = f'filter is no JSON: {error}; write it as {{"regions": ["cariboo"]}}'
        raise ArgumentInvalid(message, argument="filter") from error
