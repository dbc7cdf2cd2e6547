"""The words of a credential, field by field, with the names of what it points at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from catalog.model.filter import is_taught_online
from catalog.search.collecting.words import teaching_words

Texts: TypeAlias = Mapping[str, str]
Documents: TypeAlias = Mapping[str, dict[str, Any]]
PLAIN = ("summary", "description")
IN_LANGUAGE_OF_SOURCE = ("sectorText", "audienceText", "providerTerm")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a credential's words are taken from besides itself; `campuses` are parts of institutions, by id."""

    documents: Documents
    campuses: Documents
    institution_of: Mapping[str, str] = field(default_factory=dict)
    """Of each of these campuses."""

    def texts(self, ids: Iterable[str | None], *keys: str) -> list[str]:
        """All languages of the named texts of those that may be read."""
        known = [self.documents[one] for one in ids if one is not None and one in self.documents]
        return [text for one in known for key in keys for text in as_texts(one.get(key))]


def neighbours_of(document: dict[str, Any], compositions: Sequence[str]) -> list[str]:
    partners = [one["institution"] for one in _partnerships(document) if one["institution"]]
    codes = [one for key in ("skills", "occupations", "sectors", "themes") for one in document[key]]
    return [document["provider"], *partners, *codes, *compositions]


def _partnerships(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [*document["partnerships"], *(one for run in document["offerings"] for one in run["partnerships"])]


def texts_of(document: dict[str, Any], compositions: Sequence[str], near: Neighbours) -> dict[str, list[str]]:
    """By the fields of an entry, without `place`."""
    partners = _partnerships(document)
    others = dict.fromkeys(one["institution"] for one in partners if one["institution"] != document["provider"])
    found = {
        "title": as_texts(document["title"]),
        "provider": near.texts([document["provider"]], "name", "shortName"),
        "partners": near.texts(others, "name", "shortName") + [one["text"] for one in partners if one["text"]],
        "skills": near.texts(document["skills"], "label"),
        "topics": near.texts([*document["occupations"]], "title")
        + near.texts([*document["sectors"], *document["themes"]], "name"),
        "composition": near.texts(compositions, "title"),
        "body": [text for key in PLAIN for text in as_texts(document[key])],
    }
    found["body"] += [document[key] for key in IN_LANGUAGE_OF_SOURCE if document[key]]
    return {name: list(dict.fromkeys(own)) for name, own in found.items()}


def french_of(document: dict[str, Any], near: Neighbours) -> list[str]:
    own = [document["title"], *(document[key] for key in PLAIN)]
    own += [near.documents[one]["label"] for one in document["skills"] if one in near.documents]
    own += [near.documents[one]["title"] for one in document["occupations"] if one in near.documents]
    return [text for texts in own for language, text in (texts or {}).items() if language.split("-")[0] == "fr"]


def place_texts(run: dict[str, Any] | None, document: dict[str, Any], near: Neighbours) -> list[str]:
    """Where and how one delivery is taught; where it does not say, the towns of its provider, which a learner may mean."""
    if run is None:
        return _around_provider(document, near)
    campuses = [near.campuses[place["campus"]] for place in run["places"] if place["campus"] in near.campuses]
    found = [place["community"] for place in run["places"] if place["community"]] + _campus_texts(campuses, near)
    if not found and not is_taught_online(run["mode"]):
        found = _around_provider(document, near)
    label = [run["label"]] if run.get("label") else []
    return [*found, *teaching_words(run), *label]


def _around_provider(document: dict[str, Any], near: Neighbours) -> list[str]:
    provider = near.documents.get(document["provider"])
    if provider is None:
        return []
    return [*_campus_texts(provider["campuses"], near), *near.texts([provider["region"]], "name")]


def _campus_texts(campuses: Sequence[dict[str, Any]], near: Neighbours) -> list[str]:
    own = [text for one in campuses for text in (one["name"], one["city"], one["regionalDistrict"]) if text]
    return list(dict.fromkeys([*own, *near.texts((one["region"] for one in campuses), "name")]))


def runs_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Its offerings, else what is usual, if anything is."""
    return document["offerings"] or ([document["usual"]] if document["usual"] else [])


def as_texts(value: Any) -> list[str]:
    if value is None:
        return []
    return list(value.values()) if isinstance(value, dict) else [value]
