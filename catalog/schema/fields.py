"""How fields are declared: plain ones are read from the Document, relations are batch functions."""

from collections.abc import Sequence
from typing import Any

import graphene

from catalog.errors import DocumentMissing, NotAvailable
from catalog.runtime.batch import Batch, Many, read_plain
from catalog.schema.context import RequestContext


def _read(attname: str, default: Any, parent: Any, info: Any, **_arguments: Any) -> Any:  # noqa: ARG001 - graphene's signature
    return read_plain(parent, info.field_name)


class DocumentType(graphene.ObjectType):
    """An object whose plain fields are keys of a dictionary, named as the API names them."""

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, **options: Any) -> None:
        super().__init_subclass_with_meta__(default_resolver=_read, **options)


class Plain(graphene.Field):
    """A field that stands in the Document as it is shown."""


class Relation(graphene.Field):
    """A field that `many` computes for all parents at once."""

    def __init__(self, type_: Any, *, many: Many, **options: Any) -> None:
        if getattr(many, "comes_later", False):
            options.setdefault("description", "Not available yet: answers NOT_AVAILABLE.")
        super().__init__(type_, **options)
        self.many = many

    def wrap_resolve(self, parent_resolver: Any) -> Batch:  # noqa: ARG002 - graphene's signature
        return Batch(self.many)


def forward_arguments() -> dict[str, graphene.Argument]:
    """The arguments of a list that is read from the front."""
    return {"first": graphene.Argument(graphene.Int), "after": graphene.Argument(graphene.String)}


def page_arguments() -> dict[str, graphene.Argument]:
    """The arguments of a list that is read from both ends."""
    backward = {"last": graphene.Argument(graphene.Int), "before": graphene.Argument(graphene.String)}
    return forward_arguments() | backward


def name_arguments() -> dict[str, graphene.Argument]:
    """The arguments of one thing: its slug or its id."""
    return {"slug": graphene.Argument(graphene.String), "id": graphene.Argument(graphene.ID)}


def text(key: str) -> Many:
    """A language map as one text: the language asked for, else English, else whichever there is."""

    def many(parents: Sequence[Any], _context: RequestContext, language: str | None = None) -> list[str | None]:
        return [pick_language(parent.get(key), language) for parent in parents]

    return many


def pick_language(texts: dict[str, str] | None, language: str | None) -> str | None:
    """`fr-CA` is served by `fr-CA`, then `fr`."""
    if not texts:
        return None
    if language is None and "en" in texts:
        return texts["en"]
    wanted = [language, language.split("-")[0]] if language else []
    return next((texts[one] for one in [*wanted, "en"] if one in texts), next(iter(texts.values())))


def one(key: str) -> Many:
    """The Document whose id stands under `key`, or that stands there itself: as it was once."""

    def many(parents: Sequence[Any], context: RequestContext) -> list[Any]:
        named = [parent.get(key) for parent in parents]
        documents = context.documents(wanted for wanted in named if isinstance(wanted, str))
        return [wanted if isinstance(wanted, dict) else _found(documents, wanted) for wanted in named]

    return many


def _found(documents: dict[str, Any], wanted: str | None) -> Any:
    if wanted is None:
        return None
    return documents.get(wanted) or DocumentMissing("what this field leads to cannot be shown")


def optional(key: str) -> Many:
    """The Document whose id stands under `key`; None where it cannot be shown."""

    def many(parents: Sequence[Any], context: RequestContext) -> list[Any]:
        documents = context.documents(parent[key] for parent in parents if parent.get(key))
        return [documents.get(parent.get(key) or "") for parent in parents]

    return many


def several(key: str) -> Many:
    """The Documents whose ids are listed under `key`, without those that cannot be shown."""

    def many(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
        documents = context.documents(wanted for parent in parents for wanted in parent[key])
        return [[documents[wanted] for wanted in parent[key] if wanted in documents] for parent in parents]

    return many


def not_available(field: str) -> Many:
    """A capability that a later release brings: it answers an error of its own, never a made-up value."""

    def many(parents: Sequence[Any], _context: RequestContext, **_arguments: Any) -> list[NotAvailable]:
        return [NotAvailable(f"{field} is not available yet")] * len(parents)

    many.comes_later = True  # type: ignore[attr-defined] # read where the field is declared
    return many
