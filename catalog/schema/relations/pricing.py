"""What one learner pays: fees and funding of offerings, and of several bought together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.model.funding import load_designated
from catalog.model.status import CURRENT
from catalog.pathways.evaluation.outcomes import outcome_of
from catalog.pathways.money.fees import bill
from catalog.pathways.money.net import CENT, Funding, Net, Purchase, net_price
from catalog.pathways.money.programs import Help, help_of
from catalog.pathways.profile import Profile
from catalog.schema.context import RequestContext
from catalog.schema.fields import pick_language
from catalog.schema.profiles import read_standing

CANADIAN = "CAD"
NO_FEES: list[dict[str, Any]] = [{"fees": []}]


@dataclass(frozen=True, slots=True)
class Purse:
    """What programs can give one learner, and where each may be spent."""

    helps: dict[str, Help]
    designated: dict[str, set[str]]
    programs: dict[str, Any]

    def purchase(self, credential: str, run: dict[str, Any], profile: Profile | None) -> Purchase:
        return Purchase(bill(run, profile), frozenset(self.designated.get(credential, ())))


def open_purse(credentials: Iterable[str], context: RequestContext, profile: Any) -> Purse:
    """One statement for the designations of all these credentials, and one for the programs."""
    evaluator = read_standing(profile, context).evaluator
    designated = load_designated(context.connection, credentials)
    programs = context.documents(sorted({one for own in designated.values() for one in own}))
    helps = {
        key: found
        for key, program in programs.items()
        if (found := help_of(program, evaluator, pick_language(program["name"], None) or program["slug"])) is not None
    }
    return Purse(helps, designated, programs)


def of_offerings(parents: Sequence[Any], context: RequestContext, profile: Any) -> list[Any]:
    purse = open_purse({parent["credential"] for parent in parents}, context, profile)
    learner = read_standing(profile, context).evaluator.profile
    nets = [net_price([purse.purchase(one["credential"], one, learner)], purse.helps) for one in parents]
    return [_shown(net, purse, learner) for net in nets]


def of_credentials(parents: Sequence[Any], context: RequestContext, profile: Any) -> list[Any]:
    """Where neither a current offering nor `usual` states a fee, only what may help is known."""
    purse = open_purse([parent["id"] for parent in parents], context, profile)
    learner = read_standing(profile, context).evaluator.profile
    found = []
    for parent, runs in zip(parents, current_runs(parents, context), strict=True):
        nets = [net_price([purse.purchase(parent["id"], run, learner)], purse.helps) for run in runs or NO_FEES]
        found.append(_shown(min(nets, key=_dearness), purse, learner))
    return found


def current_runs(parents: Sequence[Any], context: RequestContext) -> list[list[dict[str, Any]]]:
    """The offerings that can still be taken, with their fees; where none states any, what usually holds."""
    statuses = context.statuses([offering for parent in parents for offering in parent["offerings"]])
    found = []
    for parent in parents:
        runs = [one for one in parent["offerings"] if one["fees"] and statuses[one["id"]] in CURRENT]
        usual = [parent["usual"]] if parent["usual"] and parent["usual"]["fees"] else []
        found.append(runs or usual)
    return found


def cheapest_runs(parents: Sequence[Any], context: RequestContext) -> list[dict[str, Any] | None]:
    """For each credential the run whose fees for anybody come to least; None where no run's fees are all known."""
    found: list[dict[str, Any] | None] = []
    for runs in current_runs(parents, context):
        known = [(total, place) for place, one in enumerate(runs) if (total := bill(one, None).total) is not None]
        found.append(runs[min(known)[1]] if known else None)
    return found


def _dearness(net: Net) -> tuple[bool, Decimal]:
    """What is not known comes last."""
    return net.to_pay is None, net.to_pay or Decimal(0)


def money(amount: Decimal | None) -> dict[str, str] | None:
    return None if amount is None else {"amount": str(amount.quantize(CENT)), "currency": CANADIAN}


def _shown(net: Net, purse: Purse, learner: Profile) -> dict[str, Any]:
    unknowns = list(net.unknowns)
    if learner.cash_now is not None and net.up_front is not None and net.up_front > learner.cash_now:
        unknowns.append(f"due up front: {net.up_front - learner.cash_now:.2f} more than you have now (cashNow)")
    return {
        "list": money(net.list),
        "applied": [_funding(one, purse) for one in net.applied],
        "possible": [_funding(one, purse) for one in net.possible],
        "toPay": money(net.to_pay),
        "upFront": money(net.up_front),
        "unknowns": unknowns,
    }


def _funding(one: Funding, purse: Purse) -> dict[str, Any]:
    program = purse.programs[one.program]
    return {"program": program, "amount": money(one.amount), "reason": one.reason, "outcome": outcome_of(one.value)}
