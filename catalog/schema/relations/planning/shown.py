"""Plans as the API shows them: steps with their reasons, what they come to, and what is not known."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.model.render.rule import rule_of
from catalog.model.rule import Condition, HasSkill, Holds, TextRule, walk
from catalog.model.rule_text import render_text
from catalog.model.vocabulary import RequirementsStated
from catalog.pathways.course import HARD
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import UNKNOWN
from catalog.pathways.graph.graph import named
from catalog.pathways.money.net import net_price
from catalog.pathways.plans.candidates import NO_END, NO_LENGTH
from catalog.pathways.plans.links import MOST_STEPS, LinkedStep, write_link
from catalog.pathways.plans.problem import Candidate, Solution
from catalog.schema.relations.envelopes import bounds_of, range_of, title_of
from catalog.schema.relations.planning.gathering import Gathered
from catalog.schema.relations.pricing import money

MOST_UNKNOWNS = 500


def show_plan(solution: Solution, gathered: Gathered) -> dict[str, Any]:
    steps = solution.steps
    documents = [gathered.documents[one.credential] for one in steps]
    nets = _nets(steps, gathered)
    hours = [bounds_of(one["totalHours"] or one["instructionalHours"] or one["statedHours"]) for one in documents]
    ends = max((one.ends for one in steps), default=None)
    is_open = any(text in one.unknowns for one in steps for text in (NO_LENGTH, NO_END))
    return {
        "steps": [_step(place, steps, nets, gathered) for place in range(len(steps))],
        "total": _total([one.cost for one in steps]),
        "netTotal": nets[-1] if nets else money(Decimal(0)),
        "hours": range_of((_sum([low for low, _ in hours]), _sum([high for _, high in hours]))) if steps else None,
        "finishesOn": None if ends is None or is_open else _day(ends, steps),
        "unknowns": list(dict.fromkeys(_unknowns(steps, gathered)))[:MOST_UNKNOWNS],
        "_ends": None if ends is None else date.fromordinal(ends),
        "link": f"/plans/{_link(steps)}" if 0 < len(steps) <= MOST_STEPS else None,
    }


def _link(steps: Sequence[Candidate]) -> str:
    return write_link(LinkedStep(one.credential, one.offering, one.starts, one.ends) for one in steps)


def _step(place: int, steps: Sequence[Candidate], nets: list[Any], gathered: Gathered) -> dict[str, Any]:
    one = steps[place]
    document = gathered.documents[one.credential]
    offering = next((own for own in document["offerings"] if own["id"] == one.offering), None)
    is_typical = "@" in one.key or offering is None or not offering["startsOn"]
    return {
        "position": place + 1,
        "credential": document,
        "offering": offering,
        "startsOn": _starts(one, steps) if is_typical or offering is None else offering["startsOn"],
        "endsOn": _ends(one, None if is_typical else offering),
        "price": None if one.cost is None else money(Decimal(str(one.cost))),
        "netPrice": _difference(nets, place),
        "because": _because(one, gathered),
        "typical": is_typical,
    }


def _starts(one: Candidate, steps: Sequence[Candidate]) -> dict[str, Any]:
    """Behind something of which nobody knows how long it takes, only not before a day."""
    is_open = any(NO_LENGTH in other.unknowns for other in steps if other.ends < one.starts)
    return _typical(one.starts, "not before" if is_open else "about")


def _ends(one: Candidate, offering: dict[str, Any] | None) -> dict[str, Any] | None:
    if NO_LENGTH in one.unknowns or NO_END in one.unknowns:
        return None
    return (offering["endsOn"] if offering else None) or _typical(one.ends)


def _typical(day: int, word: str = "about") -> dict[str, Any]:
    """A day that follows from lengths, not from a provider's dates."""
    shown = date.fromordinal(day).isoformat()
    return {"earliest": shown, "latest": None, "precision": "UNKNOWN", "text": f"{word} {shown}", "recurs": None}


def _day(day: int, steps: Sequence[Candidate]) -> dict[str, Any]:
    if any("@" in one.key for one in steps):
        return _typical(day)
    shown = date.fromordinal(day).isoformat()
    return {"earliest": shown, "latest": shown, "precision": "DAY", "text": None, "recurs": None}


def _nets(steps: Sequence[Candidate], gathered: Gathered) -> list[Any]:
    """What is left to pay of the first step, of the first two, and so on: caps hold for all of them together."""
    purse = gathered.purse
    if purse is None:
        return [_total([one.cost for one in steps[: place + 1]]) for place in range(len(steps))]
    profile = gathered.problem.evaluator.profile
    bought = [purse.purchase(one.credential, _run(one, gathered), profile) for one in steps]
    return [money(net_price(bought[: place + 1], purse.helps).to_pay) for place in range(len(bought))]


def _run(one: Candidate, gathered: Gathered) -> dict[str, Any]:
    document = gathered.documents[one.credential]
    offering = next((own for own in document["offerings"] if own["id"] == one.offering), None)
    return offering or document["usual"] or {"fees": []}


def _difference(nets: list[Any], place: int) -> Any:
    if nets[place] is None or place == 0:
        return nets[place]
    return None if nets[place - 1] is None else money(Decimal(nets[place]["amount"]) - Decimal(nets[place - 1]["amount"]))


def _total(costs: list[float | None]) -> Any:
    known = [Decimal(str(one)) for one in costs if one is not None]
    return money(sum(known, Decimal(0))) if len(known) == len(costs) else None


def _sum(amounts: list[Any]) -> Any:
    return None if None in amounts else sum(amounts)


def _because(one: Candidate, gathered: Gathered) -> str:
    """The part of the goal that it is for, else what asks for it."""
    if one.credential in gathered.why:
        return gathered.why[one.credential]
    courses = gathered.problem.courses
    for other, document in gathered.documents.items():
        course = courses.course(other)
        if course is not None and named(course) & {*courses.same_as(one.credential)}:
            return f"needed for {title_of(document)}"
    return "a part of what the goal is put together from"


def unnamed_of(steps: Sequence[Candidate], gathered: Gathered) -> list[str]:
    """What the goal's source, or that of what is put together in this plan, leaves unnamed."""
    taken = {one.credential for one in steps}
    found = list(gathered.unnamed)
    for credential, texts in gathered.unnamed_in.items():
        parts = [part for program in gathered.problem.made_of.get(credential, ()) for part in program.parts]
        if credential not in taken and any(item in taken for part in parts for item in part.items):
            found += texts
    return found


def _unknowns(steps: Sequence[Candidate], gathered: Gathered) -> Iterator[str]:
    yield from (f"not named by its source: {text}" for text in unnamed_of(steps, gathered))
    if gathered.award is not None and all(one.credential != gathered.award["id"] for one in steps):
        last = max((one.ends for one in steps), default=gathered.problem.limits.not_before)
        yield from (f"{title_of(gathered.award)}: {text}" for text in _asked(last, gathered.award, gathered))
    profile = gathered.problem.evaluator.profile
    for held in profile.held or ():
        if held.expected_on and not held.completed_on and held.credential in gathered.documents:
            yield f"{title_of(gathered.documents[held.credential])}: counted on, expected by {held.expected_on}"
    for one in steps:
        document = gathered.documents[one.credential]
        title = title_of(document)
        yield from (f"{title}: {text}" for text in one.unknowns)
        yield from (f"{title}: {text}" for text in _asked(one.starts, document, gathered))


def _asked(starts: int, document: dict[str, Any], gathered: Gathered) -> Iterator[str]:
    """What it asks for that nobody knows to be met."""

    def names(reference: Any) -> str:
        known = gathered.documents.get(str(reference))
        return title_of(known) if known else "a credential or skill"

    stated = RequirementsStated(document["requirementsStated"])
    if stated is RequirementsStated.NOT_STATED:
        yield "what it asks for is not stated"
    elif stated is RequirementsStated.PARTLY:
        yield "it asks for more than is stated"
    day = date.fromordinal(starts)
    evaluator = gathered.problem.evaluator
    for asked in document["requirements"]:
        for _, node in walk(rule_of(asked["rule"])) if asked["kind"] in HARD else ():
            if (
                isinstance(node, Condition | TextRule | Holds | HasSkill)
                and evaluator.value(node, Span(day, day)) == UNKNOWN
            ):
                yield f"asks for: {render_text(node, names)}"
