"""What the words of a title say for a comparison: its subject, the level it is at, its number, and what form it has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.ingest.likeness.title_vocabulary import COUNTED, FORMS, NUMBERS, SILENT, TIERS, Tier
from catalog.search.text.folding import fold

_CODE = re.compile(r"(?<![^\W_])[A-Z]{2,5}(?:-?[0-9]{3,4}| (?!(?:19|20)[0-9]{2}\b)[0-9]{3,4})[A-Z]?(?![^\W_])")
"""A course's number at its institution, such as FOR-012 or AHVS 488I; behind a space what looks like a year is none."""
_SHORT_FORM = re.compile(r"\((?=[^()]*[A-Z][^()]*[A-Z])[A-Za-z][A-Za-z-]{1,7}\)")
"""(EV), (FiiT), (BWR-E): the title says before it what it is short for."""
_JOINED = re.compile(
    r"(?<![^\W_])(micro|in|part|full|en)[- ](credentials?|certificate|credits?|program|person|time|ligne)(?![^\W_])"
)
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th|e|er|ere|eme)?")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,5}(?![^\W_])")


@dataclass(frozen=True, slots=True)
class TitleWords:
    """`words` are of the subject, in their order, in the singular; `acronyms` those of them that were written in capitals.

    `numbers`, `tier` and `forms` must be equal for two titles to mean the same.
    """

    words: tuple[str, ...]
    acronyms: frozenset[str]
    numbers: frozenset[str]
    tiers: frozenset[Tier]
    forms: frozenset[str]


@lru_cache(20_000)
def read_title(text: str) -> TitleWords:
    """What is no word of the subject says how two titles differ; without any such word a title is not compared."""
    plain = _SHORT_FORM.sub(" ", _CODE.sub(" ", text))
    acronyms = frozenset() if plain.isupper() else frozenset(one.lower() for one in _CAPITALS.findall(plain))
    folded = _JOINED.sub(r"\1\2", fold(plain))
    tokens = _WORD.findall(folded)
    words, numbers, tiers, forms = [], set(), set(), set()
    for token, number in _numbered(tokens):
        if number is not None:
            numbers.add(number)
        elif token in TIERS:
            tiers.add(TIERS[token])
        elif token in FORMS:
            forms.add(singular(token))
        elif token not in SILENT:
            words.append(singular(token))
    subject = tuple(dict.fromkeys(words))
    return TitleWords(subject, acronyms & set(subject), frozenset(numbers), frozenset(tiers), frozenset(forms))


def _numbered(tokens: list[str]) -> Iterator[tuple[str, str | None]]:
    """Each token, with its number where it is one. A letter is a number only behind what it counts."""
    before = ""
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        number = _number(token, before)
        counts = token in COUNTED and _number(following, token) is not None
        if not counts:
            yield token, number
        before = token


def _number(token: str, before: str) -> str | None:
    if found := _ORDINAL.fullmatch(token):
        return found[1].lstrip("0") or "0"
    if before in COUNTED:
        return NUMBERS.get(token) or (token if len(token) == 1 else None)
    return NUMBERS[token] if token in NUMBERS and set(token) <= set("ivx") else None


def singular(word: str) -> str:
    """Without the ending of many: in both languages that is enough to find `skill` in `skills`."""
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - what is shorter is no plural: ties, pies
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004 - gas, bus
        return word[:-1]
    return word
