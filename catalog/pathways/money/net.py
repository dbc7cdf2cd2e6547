"""The net price of offerings bought together: the list price, what is surely paid for, and what may be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from catalog.model.vocabulary import CapPeriod
from catalog.pathways.evaluation.outcomes import Value
from catalog.pathways.money.fees import Bill, Due
from catalog.pathways.money.programs import Help

CENT = Decimal("0.01")
NOTHING = Decimal(0)
NO_CAP = Decimal("1e12")
MOST_TOGETHER = 5
"""So many programs are tried in every order; of more, those that can give most come first."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """An offering's bill, and the programs that may be spent on it (by their ids)."""

    bill: Bill
    programs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Funding:
    """`amount` None: nobody can say how much."""

    program: str
    amount: Decimal | None
    reason: str
    value: Value


@dataclass(frozen=True, slots=True)
class Net:
    """Amounts in Canadian dollars; None where a part of them is not known."""

    list: Decimal | None
    applied: tuple[Funding, ...]
    possible: tuple[Funding, ...]
    to_pay: Decimal | None
    up_front: Decimal | None
    unknowns: tuple[str, ...]


def net_price(purchases: Sequence[Purchase], helps: Mapping[str, Help]) -> Net:
    """`helps` are the programs that this learner may have; what each may be spent on, the purchases say."""
    basket, applied = _best(purchases, helps)
    listed = _known_sum([one.bill.total for one in purchases])
    paid = sum((one.amount for one in applied if one.amount is not None), NOTHING)
    early = basket.up_front()
    warnings = [text for one in applied for text in helps[one.program].warnings]
    unknowns = [*(text for one in purchases for text in one.bill.unknowns), *warnings]
    if early is None and listed is not None:
        unknowns.append("when the fees are due is not stated")
    possible = () if listed == NOTHING else tuple(_possible(helps, applied, purchases))
    to_pay = None if listed is None else listed - paid
    return Net(listed, tuple(applied), possible, to_pay, early, tuple(dict.fromkeys(unknowns)))


def _best(purchases: Sequence[Purchase], helps: Mapping[str, Help]) -> tuple["_Basket", list[Funding]]:
    """The programs that together pay most: of those that exclude each other, and where several pay for the same."""
    sure = [key for key, one in _in_turn(helps) if one.is_sure and any(key in own.programs for own in purchases)]
    orders = permutations(sure) if len(sure) <= MOST_TOGETHER else [tuple(sure)]
    best: tuple[_Basket, list[Funding]] = (_Basket(purchases), [])
    most = NOTHING
    for order in orders:
        basket, applied = _Basket(purchases), list[Funding]()
        for key in order:
            one, shares = helps[key], basket.shares(key, helps[key])
            if any(shares) and not _is_excluded(one, [helps[other.program] for other in applied]):
                basket.spend(shares, one, _rivals(key, helps, sure))
                applied.append(Funding(key, sum(shares, NOTHING), _why(one, sum(shares, NOTHING)), one.value))
        total = sum((one.amount for one in applied if one.amount is not None), NOTHING)
        if total > most:
            best, most = (basket, applied), total
    return best


def _rivals(key: str, helps: Mapping[str, Help], sure: Sequence[str]) -> dict[str, int]:
    """For each kind of fee how many others pay for it: it is better to pay first for what nobody else does."""
    return {kind: sum(kind in helps[other].covers for other in sure if other != key) for kind in helps[key].covers}


def payable(key: str, one: Help, purchase: Purchase) -> Decimal:
    """What a program could pay of one purchase; a cap on all that is bought is another matter."""
    (amount,) = _Basket([purchase]).shares(key, one)
    return amount


def _known_sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, NOTHING) if amounts and len(known) == len(amounts) else None


def _in_turn(helps: Mapping[str, Help]) -> list[tuple[str, Help]]:
    """Those that can give most come first."""
    return sorted(helps.items(), key=lambda pair: (-(NO_CAP if pair[1].left is None else pair[1].left), pair[0]))


@dataclass
class _Basket:
    """What is bought, and of each fee what nobody has paid yet."""

    purchases: Sequence[Purchase]
    left: list[list[Decimal]] = field(init=False)
    directly: list[list[Decimal]] = field(init=False)
    """Of each fee, what a program pays to the provider, or in advance."""

    def __post_init__(self) -> None:
        self.left = [[fee.amount or NOTHING for fee in one.bill.fees] for one in self.purchases]
        self.directly = [[NOTHING for _ in one.bill.fees] for one in self.purchases]

    def shares(self, key: str, one: Help) -> list[Decimal]:
        """What a program pays of each purchase: as much as its cap allows, for each or for all together."""
        found = [self._payable(place, one) if key in own.programs else NOTHING for place, own in enumerate(self.purchases)]
        if one.left is None:
            return found
        if one.program["capPer"] == CapPeriod.OFFERING:
            return [min(share, one.left) for share in found]
        remaining = one.left
        for place, share in enumerate(found):
            found[place] = min(share, remaining)
            remaining -= found[place]
        return found

    def _payable(self, place: int, one: Help) -> Decimal:
        """What is covered, less what the learner pays all the same."""
        fees = zip(self.purchases[place].bill.fees, self.left[place], strict=True)
        covered = sum((left for fee, left in fees if fee.kind in one.covers), NOTHING)
        own = one.program["learnerContribution"] or {}
        amount = Decimal(own["amount"]["amount"]) if own.get("amount") else NOTHING
        share = (covered * Decimal(str(own["share"]))).quantize(CENT) if own.get("share") else NOTHING
        return max(covered - max(amount, share), NOTHING)

    def spend(self, shares: Sequence[Decimal], one: Help, rivals: Mapping[str, int]) -> None:
        """First for what fewest others pay; then on what is due last, so that nobody is told too little is due up front."""
        for place, own in enumerate(shares):
            share = own
            fees = self.purchases[place].bill.fees
            for number in _in_turn_of(fees, rivals):
                if fees[number].kind in one.covers:
                    part = min(self.left[place][number], share)
                    self.left[place][number] -= part
                    share -= part
                    if not one.pays_later:
                        self.directly[place][number] += part

    def up_front(self) -> Decimal | None:
        """What is due by registration and not paid directly by somebody else; None where it is not stated when."""
        if not self.purchases or any(one.bill.early is None for one in self.purchases):
            return None
        due = sum((one.bill.early or NOTHING for one in self.purchases), NOTHING)
        paid = sum(
            (part for one, own in zip(self.purchases, self.directly, strict=True)
             for fee, part in zip(one.bill.fees, own, strict=True) if fee.is_early),
            NOTHING,
        )  # fmt: skip
        return max(due - paid, NOTHING)


def _in_turn_of(fees: Sequence[Due], rivals: Mapping[str, int]) -> list[int]:
    return sorted(range(len(fees)), key=lambda at: (rivals.get(fees[at].kind, 0), bool(fees[at].is_early)))


def _is_excluded(one: Help, others: Sequence[Help]) -> bool:
    """Whether it is not paid beside one of these, or one of these not beside it."""
    against = {excluded["program"] for excluded in one.program["excludes"]}
    return any(
        other.program["id"] in against
        or one.program["id"] in {excluded["program"] for excluded in other.program["excludes"]}
        for other in others
    )


def _why(one: Help, taken: Decimal) -> str:
    return f"all that is left of it: {taken:.2f}" if taken == one.left else f"pays {taken:.2f} of what it covers"


def _possible(helps: Mapping[str, Help], applied: Sequence[Funding], purchases: Sequence[Purchase]) -> Iterator[Funding]:
    """With the amount that it would come to if it came alone, where that can be said."""
    used = {one.program for one in applied}
    is_known = all(one.bill.total is not None for one in purchases)
    for key, one in _in_turn(helps):
        if key not in used and any(key in own.programs for own in purchases):
            amount = sum(_Basket(purchases).shares(key, one), NOTHING)
            reason = "; ".join(one.reasons) or "nothing is left to pay, or it is not paid beside another program"
            yield Funding(key, amount if is_known and amount else None, reason, one.value)
