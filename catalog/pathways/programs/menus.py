"""Whether picks from a menu make a program: every violation, each with what would mend it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from catalog.model.vocabulary import PickUnit
from catalog.pathways.course import Courses
from catalog.pathways.evaluation.outcomes import MET, NOT_MET
from catalog.pathways.programs.amounts import Need, credit_units, need_of, total
from catalog.pathways.programs.sharing import Sharing

Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Violation:
    """`section` is its place in the menu."""

    code: str
    message: str
    fix: str | None
    section: int | None = None
    credential: str | None = None


def check_picks(menu: Mapping[str, Any], picks: Sequence[str], courses: Courses, titles: Titles) -> list[Violation]:
    """Against the menu alone; what a learner may take is another question."""
    sections = menu["sections"]
    offered = {item for section in sections for item in section["items"]}
    known = [one for one in dict.fromkeys(picks) if one in offered]
    return [
        *_picked(picks, offered, titles),
        *_alike(known, courses, titles),
        *chain.from_iterable(
            _section(section, place, own, courses, titles)
            for place, (section, own) in enumerate(zip(sections, _by_section(sections, known), strict=True))
        ),
    ]


def _picked(picks: Sequence[str], offered: set[str], titles: Titles) -> Iterator[Violation]:
    for one in dict.fromkeys(picks):
        if one not in offered:
            message = f"{titles.get(one, one)} is not on this menu"
            yield Violation("PICK_NOT_ON_MENU", message, "leave it out, or choose from the sections", credential=one)
        elif picks.count(one) > 1:
            message = f"{titles.get(one, one)} is picked more than once"
            yield Violation("PICK_REPEATED", message, "pick it once", credential=one)


def _alike(picks: list[str], courses: Courses, titles: Titles) -> Iterator[Violation]:
    """Two that count as the same are one, wherever they stand."""
    for place, one in enumerate(picks):
        for other in picks[:place]:
            if one in courses.same_as(other):
                message = f"{titles[one]} counts as the same as {titles[other]}"
                yield Violation("PICKS_EQUIVALENT", message, f"leave out one of them: {titles[one]}", credential=one)


def _by_section(sections: Sequence[Mapping[str, Any]], picks: Sequence[str]) -> list[list[str]]:
    """A pick that stands in several sections counts where it is needed."""
    sharing = Sharing([{one: (one,) for one in section["items"] if one in picks} for section in sections])
    needs = [need_of(section) for section in sections]
    for place, need in enumerate(needs):
        sharing.fill(place, int(need.least) if need.unit is PickUnit.COUNT else 1)
    for place, need in enumerate(needs):
        sharing.fill(place, int(min(need.most, len(picks))) if need.unit is PickUnit.COUNT else len(picks))
    left = [one for one in picks if one not in sharing.owner]
    found = [sharing.items(place) for place in range(len(sections))]
    for one in left:
        home = next(place for place, section in enumerate(sections) if one in section["items"])
        found[home].append(one)
    return found


def _section(
    section: Mapping[str, Any], place: int, picks: list[str], courses: Courses, titles: Titles
) -> Iterator[Violation]:
    need = need_of(section)
    if need.unit is PickUnit.CREDITS and len(units := credit_units(picks, courses)) > 1:
        message = f"{section['title']}: credits of different units ({', '.join(sorted(units))}) do not add up"
        yield Violation("UNITS_MIXED", message, "choose credentials of one unit", place)
        return
    got = total(picks, need.unit, courses)
    word = need.unit.lower() if need.unit is not PickUnit.COUNT else "credential(s)"
    if need.reached(got) == NOT_MET:
        others = [titles[one] for one in section["items"] if one not in picks and one in titles]
        more = f"choose {need.least - got[1]:g} {word} more, from: {'; '.join(others)}"
        yield Violation("SECTION_TOO_FEW", _says(section, need, got, word), more if others else "nothing is left", place)
    elif need.reached(got) != MET:
        message = f"{section['title']}: not every pick says how many {word} it brings, so it may not be enough"
        yield Violation("SECTION_UNKNOWN", message, "ask the provider, or choose what says so", place)
    if got[0] > need.most:
        fix = f"leave out {got[0] - need.most:g} {word}"
        yield Violation("SECTION_TOO_MANY", _says(section, need, got, word), fix, place)


def _says(section: Mapping[str, Any], need: Need, got: tuple[float, float], word: str) -> str:
    wanted = f"at least {need.least:g}" if got[0] < need.least else f"at most {need.most:g}"
    return f"{section['title']}: takes {wanted} {word}, and {got[0]:g} are picked"
