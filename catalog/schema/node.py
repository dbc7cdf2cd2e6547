"""Anything with an id of its own."""

from typing import Any

import graphene


class Node(graphene.Interface):
    """Anything with an id of its own."""

    id = graphene.ID(required=True)

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> str:  # noqa: ARG003 - graphene's signature
        return str(instance["__typename"])
