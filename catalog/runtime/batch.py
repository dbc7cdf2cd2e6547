"""Batch resolvers: all parents of a level in, as many values out, so that a query per parent cannot be written."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from graphql import GraphQLResolveInfo

Many: TypeAlias = Callable[..., Sequence[Any]]
"""`many(parents, context, **arguments)`: a list of the same length and order, each a value or an exception for that slot."""


class Batch:
    """The resolver of a computed field. The executor calls `many`; graphql-core can call it parent by parent."""

    def __init__(self, many: Many) -> None:
        self.many = many

    def __call__(self, parent: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        (value,) = self.many([parent], info.context, **arguments)
        if isinstance(value, Exception):
            raise value
        return value


def read_plain(parent: Any, name: str) -> Any:
    """A plain field: the key of that name, or the attribute of what is no dictionary."""
    return parent.get(name) if isinstance(parent, dict) else getattr(parent, name, None)
