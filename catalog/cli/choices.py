"""Options that take one word of a few."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import typer

E = TypeVar("E", bound=StrEnum)


def chosen(words: type[E]) -> Callable[[Any], E]:
    """Reads one of the words, in small or capital letters, with hyphens or underscores. Raises BadParameter."""

    def parse(word: Any) -> E:
        for one in words:
            if _spelled(one) == _spelled(str(word)):
                return one
        raise typer.BadParameter(f"{str(word)!r} is not one of {', '.join(words)}")

    return parse


def _spelled(word: str) -> str:
    return word.lower().replace("_", "-")
