"""The nodes of a file: which of them are listings, and what each is known by."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalog.formats.schema_org.nodes import Node, several, text_of
from catalog.formats.schema_org.vocabulary import AWARDS, COURSES, LISTINGS, Names, is_written_out

_HOLDERS = ("itemListElement", "item", "mainEntity", "itemOffered", "makesOffer", "hasOfferCatalog", "isPartOf")
_PARTS = ("hasPart", "hasCourse")
_NAMING = frozenset({"name", "url", "identifier", "courseCode", "provider", "sameAs", "image", "alternateName"})
_COURSE_PROFILE = "bioschemas.org/profiles/Course/"


@dataclass(frozen=True, slots=True)
class Found:
    """A listing, where it stands, and the organisation in whose list of offers it stands."""

    node: Node
    place: str
    owner: Node | None = None
    is_by_profile: bool = False


class Graph:
    """What several places say of one node is put together; the first word counts."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.seen_types: Counter[str] = Counter()
        self._known: dict[str, dict[str, Any]] = {}
        self._awarded: Counter[str] = Counter()

    def add(self, value: Any, place: str) -> None:
        """Takes the JSON of a file or of a block of a page; `place` is what it is called there."""
        self._learn(value)
        waiting: deque[tuple[Any, str, Names, Node | None, bool]] = deque([(value, place, Names(), None, False)])
        while waiting:
            one, at, names, owner, is_part = waiting.popleft()
            if isinstance(one, list):
                waiting += ((each, f"{at}[{index}]", names, owner, is_part) for index, each in enumerate(one))
            elif isinstance(one, Mapping):
                own = Names(one["@context"]) if "@context" in one else names
                node = Node(one, own)
                self._look(node, at, owner, is_part=is_part)
                if "@graph" in one:
                    waiting.append((one["@graph"], f"{at}.@graph", own, None, False))
                seller = node if any(name in node for name in ("makesOffer", "hasOfferCatalog")) else owner
                waiting += ((node.peek(name), f"{at}.{name}", own, seller, False) for name in _HOLDERS if name in node)
                waiting += ((node.peek(name), f"{at}.{name}", own, owner, True) for name in _PARTS if name in node)

    def add_items(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Takes items of microdata, except for listings that the page also has as JSON-LD."""
        before = len(self.found)
        known = {key for one in self.found for key in _keys(one.node)}
        for number, item in enumerate(items, start=1):
            self.add(item, f"microdata item {number}")
        self.found[before:] = [one for one in self.found[before:] if known.isdisjoint(_keys(one.node))]

    def _learn(self, value: Any) -> None:
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, list):
                waiting += reversed(one)
            elif isinstance(one, Mapping):
                waiting += reversed(list(one.values()))
                identity = one.get("@id", one.get("id"))
                if isinstance(identity, str):
                    known = self._known.setdefault(identity, {})
                    known |= {key: value for key, value in one.items() if key not in known}

    def _look(self, node: Node, place: str, owner: Node | None, *, is_part: bool) -> None:
        for one in node.peek("educationalCredentialAwarded"):
            if isinstance(one, Mapping) and isinstance(one.get("@id"), str):
                self._awarded[one["@id"]] += 1
        by_profile = not LISTINGS.intersection(node.types) and _follows_profile(node)
        if not (by_profile or is_listing(node)):
            self.seen_types.update(node.types)
        elif not is_part or not _NAMING.issuperset(node.names_stated()):
            self.found.append(Found(node, place, owner, by_profile))

    def listings(self) -> list[Found]:
        """Without awards that one course of the file leads to, and runs that a course names: those are read with it."""
        runs = {
            run["@id"]
            for one in self.found
            for run in one.node.peek("hasCourseInstance")
            if isinstance(run, Mapping) and isinstance(run.get("@id"), str)
        }
        own = [one for one in self.found if not self._is_told_elsewhere(one.node, runs)]
        return [replace(one, node=self.node(one.node.raw, one.node.names)) for one in own]

    def _is_told_elsewhere(self, node: Node, runs: set[str]) -> bool:
        if AWARDS.issuperset(node.types):
            return self._awarded[node.id or ""] == 1
        return is_lone_run(node) and node.id in runs

    def node(self, value: Any, names: Names) -> Node:
        """The node that a value is or names; one without properties where the file has none, and for a person."""
        own = value if isinstance(value, Mapping) else {}
        identity = own.get("@id", own.get("id")) if own else value
        known = self._known.get(identity, {}) if isinstance(identity, str) else {}
        found = Node({**known, **own}, Names(own["@context"]) if "@context" in own else names)
        return Node({"@type": "Person"}, names) if "Person" in found.types else found


def _keys(node: Node) -> Iterator[str]:
    """What two descriptions of one listing have in common: id, address or name."""
    if node.id:
        yield node.id
    texts = (text_of(one) for name in ("url", "name") for one in node.peek(name))
    yield from (" ".join(text.split()).casefold() for text in texts if text)


def is_listing(node: Node) -> bool:
    """Whether a node has one of our types, of schema.org and of no other vocabulary."""
    if not LISTINGS.intersection(node.types):
        return False
    written_out = any(is_written_out(one) for one in several(node.raw.get("@type")) if isinstance(one, str))
    return written_out or node.names.is_schema_org or not node.names.is_stated


def is_lone_run(node: Node) -> bool:
    """Whether it is a run, and not the course besides."""
    return LISTINGS.intersection(node.types) == {"CourseInstance"}


def _follows_profile(node: Node) -> bool:
    """Some publishers call a course a CreativeWork, and say by its profile, and by its runs, that it is one."""
    profiles = [one for key, value in node.raw.items() if key.endswith("conformsTo") for one in several(value)]
    named = (one.get("@id") if isinstance(one, Mapping) else one for one in profiles)
    is_named = any(isinstance(one, str) and _COURSE_PROFILE in one for one in named)
    return is_named and "hasCourseInstance" in node and bool({"CreativeWork", "LearningResource"}.intersection(node.types))


def is_course(node: Node) -> bool:
    return bool(COURSES.intersection(node.types)) or not LISTINGS.intersection(node.types)
