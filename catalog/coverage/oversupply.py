"""Near-identical offerings in one region: listings of the same title in other words, or that count as the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from catalog.coverage.dimensions import Around, CoverageDimension, values_of
from catalog.coverage.measures import Counting, Measures
from catalog.coverage.nearest import OVER
from catalog.search.columns.ragged import Array, Rows
from catalog.search.narrowing.statuses import statuses
from catalog.search.narrowing.view import View
from catalog.search.text.stems import stem

FILLING = frozenset(
    word
    for words in (
        "a an and the of in to for with on at by from into your its or 1 2 3 i ii iii",
        "micro microcredential credential certificate certification course program programme badge level part",
        "introduction introductory intro fundamentals basics essentials foundation foundations",
        "et le la les de des du en pour un une aux",
    )
    for word in words.split()
)
"""Words of titles that do not tell two listings apart."""
FEWEST_WORDS = 2
"""Left of a title, for it to be compared: one word alone says too little."""


class Likeness(StrEnum):
    """Why listings are near-identical."""

    EQUIVALENT = "EQUIVALENT"
    SAME_TITLE = "SAME_TITLE"


@dataclass(frozen=True, slots=True)
class Group:
    """`credentials` are ids, two or more; `region` is an id, or ONLINE."""

    region: str
    likeness: Likeness
    credentials: tuple[str, ...]
    measures: Measures

    @property
    def rank(self) -> tuple[int, int, str, tuple[str, ...]]:
        return (-self.measures.institutions, -self.measures.credentials, self.region, self.credentials)


def find_groups(
    view: View,
    around: Around,
    equivalents: Iterable[Sequence[str]],
    check: Callable[[], None] = lambda: None,
) -> list[Group]:
    """Most institutions first; of what is not over. Of two groups that hold the same listings the first reason is named."""
    going = view.narrow(~np.isin(statuses(view), OVER))
    alike = list(_alike(going, equivalents))
    regions = values_of(going, CoverageDimension.DELIVERY_REGION, around)
    places: dict[int, list[int]] = defaultdict(list)
    for place, code in zip(going.owner[regions.rows].tolist(), regions.codes.tolist(), strict=True):
        places[place].append(code)
    found: dict[tuple[str, tuple[int, ...]], Likeness] = {}
    for likeness, members in alike:
        check()
        for name, own in _by_region(members, places, regions.names).items():
            found.setdefault((name, own), likeness)
    return sorted(_measured(going, found, regions.rows, regions.codes, regions.names, check), key=lambda one: one.rank)


def _alike(view: View, equivalents: Iterable[Sequence[str]]) -> Iterator[tuple[Likeness, list[int]]]:
    ids = {one.decode(): place for place, one in enumerate(view.credential("id").tolist())}
    for group in equivalents:
        yield Likeness.EQUIVALENT, [ids[one] for one in group if one in ids]
    titled: dict[tuple[int, frozenset[str]], list[int]] = defaultdict(list)
    kinds = view.credential("kind").tolist()
    for place, title in enumerate(view.credential("title").tolist()):
        if len(words := telling_words(title.decode())) >= FEWEST_WORDS:
            titled[kinds[place], words].append(place)
    yield from ((Likeness.SAME_TITLE, own) for own in titled.values())


def telling_words(title: str) -> frozenset[str]:
    """Stems of the words of a folded title, without those that fill it."""
    return frozenset(stem(one, "en") for one in title.split() if one not in FILLING)


def _by_region(
    members: Sequence[int], places: Mapping[int, Sequence[int]], names: Sequence[str | None]
) -> dict[str, tuple[int, ...]]:
    here: dict[str, list[int]] = defaultdict(list)
    for one in sorted(set(members)):
        for code in dict.fromkeys(places.get(one, ())):
            if (name := names[code]) is not None:
                here[name].append(one)
    return {name: tuple(own) for name, own in here.items() if len(own) > 1}


def _measured(
    view: View,
    groups: Mapping[tuple[str, tuple[int, ...]], Likeness],
    rows: Rows,
    codes: Array,
    names: Sequence[str | None],
    check: Callable[[], None],
) -> Iterator[Group]:
    if not groups:
        return
    code_of = {name: code for code, name in enumerate(names)}
    order = np.argsort(view.owner[rows], kind="stable")
    rows, codes = rows[order], codes[order]
    begins = np.searchsorted(view.owner[rows], np.arange(len(view.credentials) + 1))
    picked, cells = [], []
    for number, (region, members) in enumerate(groups):
        check()
        places = np.concatenate([np.arange(begins[one], begins[one + 1]) for one in members])
        own = rows[places[codes[places] == code_of[region]]]
        picked.append(own)
        cells.append(np.full(len(own), number))
    measures = Counting(view, np.concatenate(picked), np.concatenate(cells), len(groups)).measures()
    ids = view.credential("id")
    for ((region, members), likeness), own in zip(groups.items(), measures, strict=True):
        yield Group(region, likeness, tuple(ids[one].decode() for one in members), own)
