"""The texts of a result in which marks are shown."""

from collections.abc import Sequence
from typing import Any

from catalog.schema.context import RequestContext
from catalog.search.collecting.texts import as_texts

OWN = ("title", "summary", "description")


def texts_to_mark(context: RequestContext, documents: Sequence[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """For each Document (field, text), every language; the names of provider and skills that can be shown among them."""
    wanted = [one for document in documents for one in (document["provider"], *document["skills"])]
    near = context.documents(wanted)
    return [[*_own(document), *_named(document, near)] for document in documents]


def _own(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, text) for name in OWN for text in as_texts(document[name])]


def _named(document: dict[str, Any], near: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    provider = near.get(document["provider"])
    found = [("provider", text) for text in as_texts(provider["name"])] if provider else []
    skills = [near[one] for one in document["skills"] if one in near]
    return found + [("skills", text) for skill in skills for text in as_texts(skill["label"])]
