"""Whether picks from a menu make a program, for anybody and for one learner."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.documents import find_ids_by_slug
from catalog.model.identity import is_id
from catalog.model.vocabulary import OfferingStatus, RecordType
from catalog.model.windows import is_open
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.outcomes import NOT_MET
from catalog.pathways.money.net import net_price
from catalog.pathways.profile import Held, Profile
from catalog.pathways.programs.menus import Violation, check_picks
from catalog.schema.context import RequestContext
from catalog.schema.profiles import read_standing, today
from catalog.schema.relations import live
from catalog.schema.relations.envelopes import bounds_of, range_of, title_of
from catalog.schema.relations.pricing import CANADIAN, Purse, cheapest_runs, money, open_purse

MOST_PICKS = 100
LONGEST_SHOWN = 80
PAST = frozenset({OfferingStatus.STARTED, OfferingStatus.CLOSED, OfferingStatus.ENDED, OfferingStatus.CANCELLED})
NEXT_RUN = "choose another, or wait for its next run"


def check_menus(parents: Sequence[Any], context: RequestContext, picks: list[str], profile: Any = None) -> list[Any]:
    if len(picks) > MOST_PICKS:
        message = f"picks has {len(picks)} ids; at most {MOST_PICKS} are checked"
        raise ArgumentInvalid(message, code="PAGE_INVALID", argument="picks")
    ids = _ids(picks, context)
    items = (one for menu in parents for section in menu["sections"] for one in section["items"])
    documents = context.documents([*filter(is_id, ids), *items])
    picked = [documents[one] for one in ids if one in documents and documents[one]["__typename"] == "Credential"]
    context.statuses([offering for one in picked for offering in one["offerings"]])  # for all menus at once
    purse = None if profile is None else open_purse([one["id"] for one in picked], context, profile)
    return [_check(menu, ids, documents, context, profile, purse) for menu in parents]


def _ids(picks: list[str], context: RequestContext) -> list[str]:
    """Slugs lead to ids; what leads nowhere stays as it is, and is on no menu."""
    slugs = [one.lower() for one in picks if not is_id(one) and "\0" not in one]
    by_slug = find_ids_by_slug(context.connection, RecordType.CREDENTIAL, slugs) if slugs else {}
    return [by_slug.get(one.lower(), one[:LONGEST_SHOWN]) for one in picks]


def _check(
    menu: Mapping[str, Any],
    picks: list[str],
    documents: Mapping[str, Any],
    context: RequestContext,
    profile: Any,
    purse: Purse | None,
) -> dict[str, Any]:
    titles = {one: title_of(own) for one, own in documents.items() if own["__typename"] == "Credential"}
    found = check_picks(menu, picks, context.graph, titles)
    offered = {one for section in menu["sections"] for one in section["items"]}
    chosen = [documents[one] for one in dict.fromkeys(picks) if one in titles and one in offered]
    found += _window(menu, today(context)) + _not_offered(chosen, context)
    net = None
    if purse is not None:
        found += _not_eligible(chosen, context, profile)
        net = _net(chosen, context, purse, read_standing(profile, context).evaluator.profile)
    prices = live.credential_price(chosen, context)
    least = [Decimal(one["min"]["amount"]) if one and one["min"]["currency"] == CANADIAN else None for one in prices]
    hours = [bounds_of(one["totalHours"] or one["instructionalHours"] or one["statedHours"]) for one in chosen]
    return {
        "valid": not found,
        "violations": [_shown_violation(one, menu, documents) for one in found],
        "total": money(_sum(least)) if chosen else None,
        "netTotal": money(net),
        "hours": range_of((_sum([low for low, _ in hours]), _sum([high for _, high in hours]))) if chosen else None,
    }


def _sum(amounts: list[Any]) -> Any:
    return None if None in amounts else sum(amounts, type(amounts[0])(0)) if amounts else None


def _window(menu: Mapping[str, Any], on: date) -> list[Violation]:
    window = menu["window"]
    if not window or is_open(window, on):
        return []
    message = f"this menu may be chosen from between {window['opensOn'] or '...'} and {window['closesOn'] or '...'}"
    return [Violation("MENU_CLOSED", message, "come back when it is open, or choose another menu")]


def _not_offered(chosen: list[Any], context: RequestContext) -> list[Violation]:
    """What has offerings, all of them past. What says nothing of offerings may well be offered."""
    statuses = live.credential_status(chosen, context)
    return [
        Violation(
            "PICK_NOT_OFFERED",
            f"{title_of(one)} is {status.lower()}",
            NEXT_RUN,
            credential=one["id"],
        )
        for one, status in zip(chosen, statuses, strict=True)
        if status in PAST
    ]


def _not_eligible(chosen: list[Any], context: RequestContext, profile: Any) -> list[Violation]:
    """With everything else that is picked in hand."""
    evaluator = read_standing(profile, context).evaluator
    found = []
    for one in chosen:
        context.check()
        others = tuple(Held(other["id"], evaluator.profile.on) for other in chosen if other is not one)
        richer = replace(evaluator.profile, held=(*(evaluator.profile.held or ()), *others))
        course = context.graph.courses.get(one["id"])
        if course and Evaluator(context.graph, richer, evaluator.readable).of_course(course) == NOT_MET:
            message = f"you do not meet what {title_of(one)} asks for, also with the other picks"
            fix = "see its eligibility.missing, or choose another"
            found.append(Violation("REQUIREMENT_NOT_MET", message, fix, credential=one["id"]))
    return found


def _net(chosen: list[Any], context: RequestContext, purse: Purse, learner: Profile) -> Decimal | None:
    """Of the cheapest run of each, bought together: caps hold for all of them."""
    runs = [(one["id"], run) for one, run in zip(chosen, cheapest_runs(chosen, context), strict=True) if run is not None]
    if not chosen or len(runs) < len(chosen):
        return None
    bought = [purse.purchase(one, run, learner) for one, run in runs]
    return net_price(bought, purse.helps).to_pay


def _shown_violation(one: Violation, menu: Mapping[str, Any], documents: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "section": None if one.section is None else menu["sections"][one.section],
        "credential": documents.get(one.credential or ""),
        "code": one.code,
        "message": one.message,
        "fix": one.fix,
    }
