"""Words of schema.org, however a file writes them: plain, with a prefix, as a whole address, or by a name of its own.

No context is ever fetched: of one that is only an address, the address says what it is.
"""

import re
from collections.abc import Mapping
from typing import Any

COURSES = frozenset({"Course", "CourseInstance"})
PROGRAMS = frozenset({"EducationalOccupationalProgram", "WorkBasedProgram"})
AWARDS = frozenset({"EducationalOccupationalCredential"})
LISTINGS = COURSES | PROGRAMS | AWARDS
"""Types of what a learner can take or earn."""
_HOME = re.compile(r"https?://(?:www\.)?schema\.org(?:/|#|$)")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?=[-_]|$)")
KEYWORDS = {"type": "@type", "id": "@id"}
"""Schema.org's own context lets these be written without the sign."""


class Names:
    """What the names of a file mean, as its `@context` says."""

    def __init__(self, context: Any = None) -> None:
        self.is_schema_org = False
        self.is_stated = context is not None
        self.language: str | None = None
        self._prefixes = {"schema": ""}
        self._terms: dict[str, str] = {}
        for one in context if isinstance(context, list) else [context]:
            if isinstance(one, str):
                self.is_schema_org |= bool(_HOME.match(one))
            elif isinstance(one, Mapping):
                self._learn(one)

    def _learn(self, context: Mapping[str, Any]) -> None:
        for term, meaning in context.items():
            address = meaning.get("@id") if isinstance(meaning, Mapping) else meaning
            if term == "@language":
                self.language = primary(meaning)
            elif isinstance(address, str) and (found := _HOME.match(address)):
                self.is_schema_org = True
                rest = address[found.end() :]
                if rest:
                    self._terms[term] = rest
                elif term[:1] != "@":
                    self._prefixes[term] = ""

    def local(self, name: str) -> str:
        """The name as schema.org has it; a name of another vocabulary stays as it is written."""
        if name in KEYWORDS:
            return KEYWORDS[name]
        if found := _HOME.match(name):
            return name[found.end() :]
        prefix, colon, rest = name.partition(":")
        if colon:
            return rest if prefix in self._prefixes and rest[:2] != "//" else name
        return self._terms.get(name, name)


def is_written_out(name: str) -> bool:
    """Whether a name says by itself that it is of schema.org."""
    return bool(_HOME.match(name)) or name.startswith("schema:")


def primary(tag: Any) -> str | None:
    """The language of a tag, without the country."""
    found = _LANGUAGE.match(tag.strip()) if isinstance(tag, str) else None
    return found[0].lower() if found else None
