"""Words that mean the same here, both ways: SEO is search engine optimization. Read from a file that anybody may mend."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from catalog.errors import StorageError
from catalog.search.text.folding import words_of
from catalog.search.text.plain_words import only_looks_common
from catalog.search.text.stems import stem

Way: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Each way of saying a thing, by the stems of its words, with the other ways as folded words."""

    others: dict[Way, tuple[Way, ...]] = field(default_factory=dict)

    def of(self, words: Way) -> tuple[Way, ...]:
        """`electric vehicles` has the others of `electric vehicle`."""
        return self.others.get(_stems(words), ())


def make_synonyms(groups: list[list[str]]) -> Synonyms:
    """A way that stands in several groups has the others of all of them."""
    others: dict[Way, dict[Way, None]] = {}
    for group in groups:
        ways = [tuple(words_of(one)) for one in group]
        for way in ways:
            others.setdefault(_stems(way), {}).update((other, None) for other in ways if other != way)
    return Synonyms({way: tuple(own) for way, own in others.items()})


def _stems(words: Way) -> Way:
    return tuple(word if only_looks_common(word) else stem(word, "en") for word in words)


def read_synonyms(path: Path) -> Synonyms:
    """No file: no synonyms. Raises StorageError (SYNONYMS_INVALID) naming the group that is wrong."""
    try:
        value = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return Synonyms()
    except orjson.JSONDecodeError as error:
        raise StorageError(f"{path} is not JSON: {error}", code="SYNONYMS_INVALID") from error
    groups = value.get("groups") if isinstance(value, dict) else None
    if not isinstance(groups, list):
        raise StorageError(f'{path} must be {{"groups": [[...], ...]}}', code="SYNONYMS_INVALID")
    for number, group in enumerate(groups, start=1):
        if not _is_group(group):
            message = f"{path}: group {number} must be a list of at least two texts with letters or digits"
            raise StorageError(message, code="SYNONYMS_INVALID")
    return make_synonyms(groups)


def _is_group(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) and words_of(one) for one in value)
