"""How long each list can be, which is what an operation's cost is worked out from.

The lengths are those that a Record may have (catalog/model/records); a longer list is an error, never cut off.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, get_named_type, is_list_type, is_non_null_type

from catalog.coverage.years import MOST_MOMENTS
from catalog.model.records.credential import MOST_OFFERING_PARTS
from catalog.model.rule import MOST_NODES, MOST_VALUES
from catalog.runtime.cost import PAGE_OF, STARTS, WORK, ListBound
from catalog.runtime.plan import BOUND
from catalog.schema.paging import DEFAULT_SIZE, LARGEST_SIZE
from catalog.schema.relations.counting.ranked import MOST_NEAREST
from catalog.schema.relations.counting.shown import MOST_AWARDS_SHOWN
from catalog.schema.relations.eligibility import MOST_MISSING
from catalog.schema.relations.impact import MOST_IMPACTS
from catalog.schema.relations.transfers import MOST_DESTINATIONS, MOST_ITEMS

FILTER_VALUE = 200
SEARCH_WORK, FACET_WORK, COVERAGE_WORK = 100_000, 4_000, 40_000
"""Of a million values that an operation may cost: some eight searches at once."""
PLAN_WORK = 100_000
MOMENT_WORK = 25_000
MOST_PROGRAMS_OF_ONE = 200  # funding programs that may be spent on one credential
MOST_AWARDS = 60  # that cover one credential; each is shown among its partnerships too
PAGE = ListBound(LARGEST_SIZE, by_page=True)
RULES = ListBound(MOST_NODES, "rule", MOST_NODES)
PROVENANCE = ListBound(5_000)
GROUPS = {
    "offering": ("Credential",),
    "transfer": ("Pathway", "Plan"),
    "rule": ("Requirement", "PathwayPart", "FundingProgram", "Verdict"),
}
"""Lists that are bounded together for each object of these types."""


def _part(most: int) -> ListBound:
    """A list within an offering."""
    return ListBound(most, "offering", MOST_OFFERING_PARTS)


RUN = {"attendance": 5, "languages": 10, "fees": 40, "places": 20}
LENGTHS: dict[str, dict[str, int | ListBound]] = {
    "AllOf": {"rules": RULES},
    "AnyOf": {"rules": RULES},
    "AtLeast": {"rules": RULES},
    "Change": {"changedFields": 200},
    "Condition": {"value": MOST_VALUES},
    "CoverageCell": {"keys": 3},
    "Gap": {"nearest": MOST_NEAREST, "regions": 20},
    "GapConnection": {"teers": 6},
    "CoverageMeasures": {"awards": MOST_AWARDS_SHOWN, "openingsSharedBy": 20},
    "Credential": {
        "languages": 10,
        "partnerships": 20 + MOST_AWARDS,
        "identifiers": 20,
        "audiences": 16,
        "skills": 50,
        "occupations": 20,
        "sectors": 20,
        "themes": 20,
        "offerings": ListBound(200, "offering", MOST_OFFERING_PARTS),
        "requirements": 20,
        "components": 100,
        "records": 4,
        "earnBy": 4,
        "assessmentMethods": 20,
        "classified": 500,
        "fundingAwards": MOST_AWARDS,
    },
    "CreditSum": {"credentials": RULES},
    "Demand": {"regions": 20},
    "Envelope": {"unknowns": 500},
    "Equivalence": {"members": 100},
    "Facet": {"values": 100},
    "Fee": {"coveredFor": _part(20), "covers": _part(20)},
    "FundingAward": {"recipients": 50, "fiscalYears": 10, "covers": 100},
    "FundingProgram": {"windows": 50, "covers": 20, "approvalFirst": 20, "excludes": 50},
    "Highlight": {"fragments": 10},
    "Institution": {"campuses": 100},
    "Meeting": {"days": 7, "except": _part(100)},
    "Menu": {"partners": 20, "sections": 50},
    "MenuCheck": {"violations": 500},
    "MenuSection": {"items": 100},
    "MissingSet": dict.fromkeys(("credentials", "skills", "conditions", "texts"), MOST_NODES),
    "NetPrice": {"applied": MOST_PROGRAMS_OF_ONE, "possible": MOST_PROGRAMS_OF_ONE, "unknowns": 1_000},
    "Offering": {
        **{name: _part(most) for name, most in RUN.items()},
        "meetings": _part(50),
        "partnerships": ListBound(20 + MOST_AWARDS, "offering", MOST_OFFERING_PARTS + MOST_AWARDS),
        "outcomes": _part(20),
        "seatPools": _part(20),
        "includes": _part(50),
    },
    "PartialDate": {"recurs": 12},
    "Pathway": {"parts": 50, "limits": 20, "transfers": ListBound(MOST_DESTINATIONS, "transfer", MOST_ITEMS)},
    "PathwayLimit": {"except": 100},
    "PathwayPart": {"items": 100},
    "Plan": {"steps": 500, "unknowns": 500, "transfers": ListBound(MOST_DESTINATIONS, "transfer", MOST_ITEMS)},
    "PlanConflict": {"constraints": 20, "relaxations": 20},
    "PlanResult": {"plans": 10, "conflicts": 20},
    "PriorLearning": {"methods": 10},
    "PartProgress": {"counted": 100, "choices": 100, "expired": 100, "inProgress": 100},
    "Progress": {"satisfied": 50, "remaining": 50, "earnedOnTheWay": 100, "parts": 50, "unknowns": 20},
    "Query": {
        "nodes": LARGEST_SIZE,
        "trend": MOST_MOMENTS,
        "suggest": LARGEST_SIZE,
        "eligibility": LARGEST_SIZE,
        "impact": MOST_IMPACTS,
    },
    "Requirement": {"nodes": MOST_NODES},
    "SearchConnection": {"facets": 16},
    "SearchEdge": {"highlights": 5, "matchingOfferings": 200},
    "SeatPool": {"sharedWith": _part(20)},
    "Transfer": {"items": ListBound(MOST_ITEMS, "transfer", MOST_ITEMS)},
    "UnlockEdge": {"together": 10},
    "Usual": dict(RUN),
    "Verdict": {
        "nodes": ListBound(MOST_NODES + 1, "rule", MOST_NODES + 1),
        "missing": ListBound(MOST_MISSING, by_page=True),
    },
    "Version": {"changedFields": 200},
}


def set_bounds(schema: GraphQLSchema) -> None:
    """Raises KeyError for a list that nothing bounds."""
    for name, type_ in schema.type_map.items():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__"):
            _set(type_)


def _set(type_: GraphQLObjectType | GraphQLInterfaceType) -> None:
    if starts := frozenset(group for group, owners in GROUPS.items() if type_.name in owners):
        type_.extensions[STARTS] = starts
    for name, field in type_.fields.items():
        if get_named_type(field.type).name.endswith("Connection"):
            field.extensions[PAGE_OF] = page_size
        if "filter" in field.args:
            field.extensions[WORK] = search_work if "facets" in field.args else filter_work
        if is_list_type(field.type.of_type if is_non_null_type(field.type) else field.type):
            field.extensions[BOUND] = _bound(type_.name, name)
    for field, work in WORKS.get(type_.name, {}).items():
        type_.fields[field].extensions[WORK] = work
    if type_.name == "Verdict":
        type_.fields["missing"].extensions[PAGE_OF] = _missing
    if type_.name == "Query":
        type_.fields["nodes"].extensions[PAGE_OF] = _ids


def _bound(type_name: str, field_name: str) -> ListBound:
    if field_name == "edges":
        return PAGE
    if field_name == "provenance":
        return PROVENANCE
    most = LENGTHS.get(type_name, {}).get(field_name)
    if most is None:
        place = f"{type_name}.{field_name}"
        raise KeyError(f"{place} is a list of no length: add it to LENGTHS in {__name__}, as long as its record allows")
    return most if isinstance(most, ListBound) else ListBound(most)


def page_size(arguments: Mapping[str, Any]) -> int:
    """How many edges a connection has at most."""
    asked = [arguments[name] for name in ("first", "last") if arguments.get(name) is not None]
    return min(max(asked, default=DEFAULT_SIZE), LARGEST_SIZE)


def filter_work(arguments: Mapping[str, Any]) -> int:
    """A filter is looked up before it finds anything: each of its values takes about as long as so many values returned."""
    return FILTER_VALUE * _count(arguments.get("filter"))


def search_work(arguments: Mapping[str, Any]) -> int:
    """A search looks through everything that holds its words; so does each facet."""
    return SEARCH_WORK + FACET_WORK * len(arguments.get("facets") or ()) + filter_work(arguments)


def _count(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(_count(one) for one in value.values())
    return sum(_count(one) for one in value) if isinstance(value, list) else value is not None


def plan_work(arguments: Mapping[str, Any]) -> int:
    """A plan is worth some seconds of a processor; so is each alternative, or why there is none."""
    return PLAN_WORK * (1 + min(max(int(arguments.get("alternatives") or 0), 0), 5)) + filter_work(
        {"filter": arguments.get("constraints")}
    )


def coverage_work(arguments: Mapping[str, Any]) -> int:
    """Everything that is listed is looked through, once for each dimension."""
    return SEARCH_WORK + COVERAGE_WORK * len(arguments.get("by") or ()) + filter_work(arguments)


def trend_work(arguments: Mapping[str, Any]) -> int:
    """As many moments as may be asked for, since how many there are is not known before they are worked out."""
    return SEARCH_WORK + MOMENT_WORK * MOST_MOMENTS + filter_work(arguments)


def _missing(arguments: Mapping[str, Any]) -> int:
    return max(0, min(int(arguments["first"]), MOST_MISSING))


def _ids(arguments: Mapping[str, Any]) -> int:
    return len(arguments["ids"])


def _work(values: int) -> Callable[[Mapping[str, Any]], int]:
    """For what takes about as long as so many values returned, whatever it returns."""
    return lambda _arguments: values


WORKS: dict[str, dict[str, Callable[[Mapping[str, Any]], int]]] = {
    "Query": {
        "coverage": coverage_work,
        "trend": trend_work,
        "gaps": lambda given: SEARCH_WORK + 2 * COVERAGE_WORK + filter_work(given),
        "oversupply": lambda given: SEARCH_WORK + COVERAGE_WORK + filter_work(given),
        "plan": plan_work,
        "unlocks": lambda given: 40_000 + filter_work(given),
        "impact": _work(10_000),
    },
    "Verdict": {"missing": _work(5_000), "complete": _work(5_000), "stepsAway": _work(1_000)},
    "Pathway": {"progress": _work(5_000)},
    "Menu": {"check": lambda given: 1_000 + 100 * len(given.get("picks") or ())},
}
