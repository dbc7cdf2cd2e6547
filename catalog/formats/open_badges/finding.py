"""Finds the definitions in a file, wherever they stand in it. Of what people received only the definition is looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.formats.open_badges.mapping import (
    ASSERTION,
    CREDENTIALS,
    DEFINITIONS,
    ENDORSEMENT,
    PRESENTATION,
    PROFILES,
    SUBJECTS,
)
from catalog.formats.open_badges.people import drop_people
from catalog.formats.open_badges.values import Node, id_of, several, types_of
from catalog.model.reading.delivery import Reading

LONGEST_PLACE = 500
"""Characters that name where something stands; what is nested deeper is named no further."""


@dataclass(frozen=True, slots=True)
class Found:
    """`issuer` is that of what the definition came in; `is_badge` whether it is given as a badge of its own."""

    node: Node
    place: str
    issuer: Any = None
    is_badge: bool = True


def top_nodes(value: Any) -> list[Any]:
    """What stands in the file side by side."""
    if isinstance(value, Mapping):
        for name in ("@graph", "credential"):
            if isinstance(value.get(name), list) and not types_of(value):
                return list(value[name])
    return several(value)


class Finder:
    """Issues of what holds no definition go to `reading`."""

    def __init__(self, reading: Reading, value: Any) -> None:
        self._reading = reading
        nodes = top_nodes(value)
        self._is_alone = len(nodes) == 1
        self._known = {id_of(one): one for one in nodes if isinstance(one, Mapping)}
        single = isinstance(value, Mapping) and self._is_alone and nodes[0] is value
        places = ["$"] if single else [f"$[{index}]" for index in range(len(nodes))]
        self._waiting = [*reversed([*zip(nodes, places, strict=True)])]

    def find(self) -> Iterator[Found]:
        while self._waiting:
            node, place = self._waiting.pop()
            yield from self._visit(node, place)

    def _visit(self, node: Any, place: str) -> Iterator[Found]:
        types = types_of(node) if isinstance(node, Mapping) else frozenset()
        if types & DEFINITIONS:
            yield Found(node, place, self._known_or_itself(node.get("issuer")))
        elif ASSERTION in types:
            yield from self._assertion(node, place)
        elif types & CREDENTIALS:
            yield from self._credential(node, place, is_endorsement=ENDORSEMENT in types, is_record="ClrCredential" in types)
        elif PRESENTATION in types:
            self._wait(node.get("verifiableCredential"), f"{place}.verifiableCredential")
        elif self._is_alone or types.isdisjoint(PROFILES):
            self._unknown(types, place)

    def _assertion(self, node: Node, place: str) -> Iterator[Found]:
        self._reading.begin(place)
        drop_people(self._reading, "the file says who received a badge; only what the badge is was read")
        badge = self._known_or_itself(node.get("badge"))
        yield from self._definition(badge, f"{place}.badge", None, is_badge=True)

    def _credential(self, node: Node, place: str, *, is_endorsement: bool, is_record: bool) -> Iterator[Found]:
        self._reading.begin(place)
        subjects = [one for one in several(node.get("credentialSubject")) if isinstance(one, Mapping)]
        if subjects and not is_endorsement:
            drop_people(self._reading, "the file says who received a credential; only what the credential is was read")
        count = 0
        for subject in subjects:
            self._check_subject(subject)
            count += self._wait(subject.get("verifiableCredential"), f"{place}.credentialSubject.verifiableCredential")
            achievements = several(subject.get("achievement"))
            count += len(achievements)
            for index, one in enumerate(achievements):
                number = f"[{index}]" if isinstance(subject["achievement"], list) else ""
                issuer = self._known_or_itself(node.get("issuer"))
                path = f"{place}.credentialSubject.achievement{number}"
                yield from self._definition(self._known_or_itself(one), path, issuer, is_badge=not is_record)
        if not count and is_endorsement:
            self._reading.fail("TYPE_UNKNOWN", "an endorsement speaks of something and defines nothing", "type")
        elif not count:
            self._reading.fail("FIELD_MISSING", "the credential has no achievement", "achievement")

    def _check_subject(self, subject: Node) -> None:
        types = types_of(subject)
        if types.isdisjoint(SUBJECTS):
            message = "credentialSubject has a type that is no AchievementSubject; its achievement was read"
            self._reading.warn("TYPE_UNKNOWN", message, "credentialSubject")

    def _definition(self, node: Any, place: str, issuer: Any, *, is_badge: bool) -> Iterator[Found]:
        if isinstance(node, Mapping):
            yield Found(node, place, self._known_or_itself(node.get("issuer")) or issuer, is_badge)
            return
        self._reading.begin(place)
        if isinstance(node, str):
            hint = "send the definition itself, or put it inside"
            message = "the definition is only named by its address, and nothing is fetched"
            self._reading.fail("DEFINITION_ELSEWHERE", message, "id", node, hint)
        else:
            self._reading.fail("FIELD_MISSING", "there is no definition of what was received", "badge")

    def _unknown(self, types: frozenset[str], place: str) -> None:
        self._reading.begin(place)
        say = self._reading.fail if self._is_alone else self._reading.warn
        named = ", ".join(sorted(types))[:80] or "no type"
        say("TYPE_UNKNOWN", f"defines no badge: its type is {named}", "type", hint="Achievement or BadgeClass")

    def _wait(self, value: Any, place: str) -> int:
        """How many more nodes are to be looked at."""
        nodes, place = several(value), place[:LONGEST_PLACE]
        self._waiting += [(one, f"{place}[{index}]") for index, one in reversed([*enumerate(nodes)])]
        return len(nodes)

    def _known_or_itself(self, value: Any) -> Any:
        """The node of this file that an address names; nothing else is ever looked up."""
        return self._known.get(value, value) if isinstance(value, str) else value
