"""Whether a funding program is open to a learner, and how much of it is left. Reads rendered programs.

Nothing is taken to be open that no source says is open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from catalog.model.render.rule import rule_of
from catalog.model.rule import Condition, TextRule, walk
from catalog.model.rule_text import render_text
from catalog.model.status import CONFIRMATION_DAYS
from catalog.model.vocabulary import CapPeriod, FundingDecision, PaysTo, WindowStatus
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.moments import Span
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, Value

SURE = frozenset({FundingDecision.ENTITLED, FundingDecision.FIRST_COME})


@dataclass(frozen=True, slots=True)
class Help:
    """A program for one learner. `reasons` say why it is only possible; without any it is surely theirs.

    `left` is what they may still receive (None: no cap is stated), `warnings` what they must see to before.
    """

    program: Mapping[str, Any]
    value: Value
    left: Decimal | None
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        return not self.reasons

    @property
    def covers(self) -> frozenset[str]:
        return frozenset(self.program["covers"])

    @property
    def pays_later(self) -> bool:
        """The learner pays first and is paid back; so it is taken to be where nothing is stated."""
        return self.program["paysTo"] not in (PaysTo.PROVIDER, PaysTo.ADVANCE)


def help_of(program: Mapping[str, Any], evaluator: Evaluator, title: str) -> Help | None:
    """None where the learner surely cannot have it. `title` is its name, for messages."""
    profile = evaluator.profile
    others = None if profile.funding_used is None else {k: v for k, v in profile.funding_used.items() if k != program["id"]}
    own = Evaluator(evaluator.courses, replace(profile, funding_used=others), evaluator.readable)
    value = own.value(rule_of(program["rule"]), Span(profile.on, profile.on)) if program["rule"] else UNKNOWN
    if value == NOT_MET:
        return None
    left, unsure = _left(program, evaluator)
    if left is not None and left <= 0:
        return None
    hangs_on = _unknown_facts(program, own) if value == UNKNOWN else ()
    reasons = tuple(one for one in (*_reasons(program, value, hangs_on, profile.on), unsure) if one)
    return Help(program, value, left, reasons, tuple(_warnings(program, profile.benefits, title)))


def _unknown_facts(program: Mapping[str, Any], evaluator: Evaluator) -> Iterator[str]:
    """What its rule asks for that nobody has told, in words."""
    now = Span(evaluator.profile.on, evaluator.profile.on)
    for _, node in walk(rule_of(program["rule"])) if program["rule"] else ():
        if isinstance(node, Condition | TextRule) and evaluator.value(node, now) == UNKNOWN:
            yield render_text(node, str)


def _reasons(program: Mapping[str, Any], value: Value, hangs_on: Iterable[str], on: date) -> Iterator[str]:
    if value != MET:
        facts = "; ".join(dict.fromkeys(hangs_on)) or "what is not known"
        yield f"whether you may have it hangs on: {facts}" if program["rule"] else "who may have it is not stated"
    if why := closed(program["windows"], on):
        yield why
    if program["decision"] not in SURE:
        yield "somebody decides who gets it" if program["decision"] else "how it is decided is not stated"
    if not program["designations"]:
        yield "where it may be spent is not stated"
    if not program["covers"]:
        yield "what it pays for is not stated"


def closed(windows: list[Mapping[str, Any]], on: date) -> str | None:
    """Why no source says that it takes applications on that day; None where one does."""
    said = sorted((one for one in windows if not _is_over(one, on)), key=lambda one: one["asOf"] or "")
    answers = [_window(one, on) for one in said or windows]
    return answers[-1] if answers else "no source says that it is open"


def _is_over(window: Mapping[str, Any], on: date) -> bool:
    """What was said of another time says nothing of this day; of several that do, what was said last holds."""
    closes, opens = (window[key] and date.fromisoformat(window[key]) for key in ("closesOn", "opensOn"))
    return bool((closes and closes < on) or (opens and on < opens))


def _window(window: Mapping[str, Any], on: date) -> str | None:
    opens, closes, as_of = (window[key] and date.fromisoformat(window[key]) for key in ("opensOn", "closesOn", "asOf"))
    if closes and closes < on:
        return f"its window closed on {closes}"
    if opens and on < opens:
        return f"its window opens on {opens}"
    status = window["status"]
    if status not in (None, WindowStatus.OPEN):
        since = f" (as of {as_of})" if as_of else ""
        return f"its source says: {str(status).replace('_', ' ').lower()}{since}"
    if opens and closes:
        return None
    if status is None or as_of is None or as_of > on:
        return "no source says on which day it was open"
    if not closes and on - as_of > timedelta(days=CONFIRMATION_DAYS):
        return f"its source last said so on {as_of}"
    return None


def _left(program: Mapping[str, Any], evaluator: Evaluator) -> tuple[Decimal | None, str | None]:
    """What may still be received, and why that is not sure. Caps of a year count what was received as of this year."""
    if program["cap"] is None:
        return None, None
    cap = Decimal(program["cap"]["amount"])
    if program["capPer"] in (CapPeriod.INTAKE, CapPeriod.OFFERING):
        return cap, None
    if evaluator.profile.funding_used is None:
        return cap, "how much of it you have received is not told (fundingUsed)"
    return cap - evaluator.profile.funding_used.get(program["id"], Decimal(0)), None


def _warnings(program: Mapping[str, Any], benefits: frozenset[str] | None, title: str) -> Iterator[str]:
    """Who receives a benefit may lose it by studying without approval."""
    for one in program["approvalFirst"]:
        if benefits is None or one["benefit"].upper() in {name.upper() for name in benefits}:
            condition = "if you receive" if benefits is None else "you receive"
            who = one["authority"] or "whoever pays it"
            yield f"{title}: {condition} {one['benefit']}: get the approval of {who} before you apply"
