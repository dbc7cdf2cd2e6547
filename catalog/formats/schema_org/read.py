"""Reads schema.org: JSON-LD in files, and pages with JSON-LD and microdata in them."""

from contextlib import suppress
from typing import Any

from catalog.formats.schema_org.detection import holds_courses, is_page
from catalog.formats.schema_org.graph import Graph, is_lone_run
from catalog.formats.schema_org.identified import Listed, identify_all
from catalog.formats.schema_org.listing import read_listing
from catalog.formats.schema_org.pages import Page, is_too_large, read_page
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.vocabulary import LISTINGS
from catalog.model.reading.content import Content, Kind
from catalog.model.reading.delivery import Delivery, Full, Reading, Told, refused

FORMAT = "schema.org"
HINT = "describe each course as a schema.org Course in a script of the type application/ld+json, or send the template"


def recognises(content: Content) -> bool:
    """Any page, and JSON of schema.org with a course, program or award in its first levels."""
    return is_page(content) or (content.kind is Kind.JSON and holds_courses(content.value))


def read(content: Content, told: Told) -> Delivery:
    """Never raises, never fetches: whatever cannot be taken is an issue, a warning where the rest still holds."""
    reading = Reading(FORMAT, told)
    graph = Graph()
    with suppress(Full):  # the last issue says so
        if content.kind is Kind.JSON:
            graph.add(content.value, "$")
            _read(graph, Scope(reading, graph, told.address), Page())
        else:
            if is_too_large(content.text):
                hint = "send the page of one course, or a file of JSON-LD"
                return refused(FORMAT, "FILE_TOO_LARGE", "the page, or one of its elements, is larger than pages are", hint)
            page = read_page(content.text, told.address)
            _take_page(page, graph, reading)
            _read(graph, Scope(reading, graph, page.base, page.language), page)
    return reading.end()


def _take_page(page: Page, graph: Graph, reading: Reading) -> None:
    if page.is_template:
        message = "the file is the source of a page, not the page: what its program fills in is missing"
        reading.warn("PAGE_IS_TEMPLATE", message, hint="send the page as a browser receives it")
    if page.is_too_deep:
        reading.fail("PAGE_TOO_DEEP", "the page is nested too deeply; what stands behind was not read")
    for block in page.blocks:
        if block.issue is None:
            graph.add(block.value, block.place)
            continue
        reading.begin(block.place)
        say = reading.fail if any(one in block.text for one in LISTINGS) else reading.warn
        say(block.issue.code, f"the block of JSON-LD cannot be read: {block.issue.message}", hint=block.issue.hint)
    graph.add_items(page.items)


def _read(graph: Graph, scope: Scope, page: Page) -> None:
    reading = scope.reading
    listed = identify_all(graph.listings(), scope)
    values: dict[str, tuple[Any, dict[str, Any]]] = {}
    for one in listed:
        ref = one.identity.ref
        if ref in values and _is_same(values[ref][0], one.found.node.raw):
            continue
        reading.begin(one.found.place, one.found.node.raw)
        _doubt(one, reading)
        value = read_listing(one.found, one.identity, scope)
        if ref in values:
            if values[ref][1] != value:
                reading.fail("REF_DUPLICATE", f"two listings are called {ref!r} and differ", "ref", ref)
            continue
        if ref is not None:
            values[ref] = (one.found.node.raw, value)
            reading.keep(value)
    if not listed:
        reading.row = 0
        _say_nothing_found(graph, page, reading)


def _is_same(one: Any, other: Any) -> bool:
    try:
        return bool(one == other)
    except RecursionError:
        return False


def _doubt(one: Listed, reading: Reading) -> None:
    found = one.found
    if found.is_by_profile:
        message = f"the type is {', '.join(found.node.types)[:80]}; it is read as a Course, whose profile it names"
        reading.warn("TYPE_UNKNOWN", message, "@type", hint="make it a Course")
    elif is_lone_run(found.node):
        hint = "describe the Course, and list its runs in hasCourseInstance"
        reading.warn(
            "COURSE_NOT_DESCRIBED", "the run stands without its course; it is read as a course of its own", hint=hint
        )
    if one.identity.is_made_up and one.identity.ref:
        hint = "give it an @id that stays"
        reading.warn(
            "REF_DERIVED", "the listing has neither @id, identifier nor address; its name tells it apart", "ref", hint=hint
        )


def _say_nothing_found(graph: Graph, page: Page, reading: Reading) -> None:
    if any(one.issue and any(name in one.text for name in LISTINGS) for one in page.blocks):
        return  # the block that cannot be read says it
    if page.has_rdfa:
        hint = "write the same as JSON-LD, in a script of the type application/ld+json"
        reading.fail("RDFA_NOT_READ", "the page describes its courses in RDFa, which is not read", hint=hint)
        return
    types = ", ".join(one for one, _ in graph.seen_types.most_common(10))[:200]
    told = f"it describes {types}, and no course" if types else "it says nothing of itself as schema.org"
    reading.fail("NOTHING_FOUND", f"there is no course in the file: {told}", hint=HINT)
