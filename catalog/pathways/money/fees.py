"""Which fees of an offering apply to a learner, and what is known of them. Reads rendered offerings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.model.price import CANADIAN, COUNTED
from catalog.model.vocabulary import FeeDue, FeeKind, Residency
from catalog.pathways.profile import Profile

AT_HOME = frozenset({"CITIZEN", "PERMANENT_RESIDENT", "PROTECTED_PERSON"})
EARLY = frozenset({FeeDue.APPLICATION, FeeDue.REGISTRATION})


@dataclass(frozen=True, slots=True)
class Due:
    """One fee that the learner must pay; `amount` in Canadian dollars, None where it is not a known total."""

    kind: FeeKind
    amount: Decimal | None
    is_early: bool | None
    """Whether it is due by registration; None: not stated when."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What an offering costs one learner. `unknowns` name what the fees, or the profile, do not say."""

    fees: tuple[Due, ...]
    deposit: Decimal | None
    """Due with registration, and a part of tuition."""
    unknowns: tuple[str, ...]

    @property
    def total(self) -> Decimal | None:
        amounts = [one.amount for one in self.fees]
        return None if not amounts or None in amounts else sum((one for one in amounts if one is not None), Decimal(0))

    @property
    def early(self) -> Decimal | None:
        """What is due by registration, before any funding."""
        if not self.fees or any(one.is_early is None or one.amount is None for one in self.fees):
            return None
        known = sum((one.amount for one in self.fees if one.is_early and one.amount is not None), Decimal(0))
        is_deposit_apart = self.deposit is not None and not any(
            one.is_early for one in self.fees if one.kind is FeeKind.TUITION
        )
        return known + self.deposit if self.deposit is not None and is_deposit_apart else known


def bill(offering: Mapping[str, Any], profile: Profile | None) -> Bill:
    """Without a profile, or where it does not tell, a domestic learner's fees, which is said."""
    applying = [fee for fee in offering["fees"] if not fee["optional"] and _applies(fee, profile)]
    counted = [fee for fee in applying if FeeKind(fee["kind"]) in COUNTED]
    deposits = [fee for fee in applying if fee["kind"] == FeeKind.DEPOSIT]
    deposit = _amount(deposits[0]) if len(deposits) == 1 else None
    missing = _only_for_others(offering, counted)
    dues = tuple(Due(FeeKind(fee["kind"]), _left_to_pay(fee), _is_early(fee)) for fee in counted)
    dues += tuple(Due(kind, None, None) for kind in missing)
    unknowns = [f"{_word(kind)} is stated only for others: what you would pay is not" for kind in missing]
    return Bill(dues, deposit, tuple(dict.fromkeys([*unknowns, *_unknowns(offering, applying, counted, profile)])))


def _only_for_others(offering: Mapping[str, Any], counted: list[Any]) -> list[FeeKind]:
    """Kinds of fees that must be paid, of which none is stated for this learner: silence is not nothing."""
    asked = [FeeKind(fee["kind"]) for fee in offering["fees"] if not fee["optional"] and FeeKind(fee["kind"]) in COUNTED]
    return [kind for kind in dict.fromkeys(asked) if all(fee["kind"] != kind for fee in counted)]


def _applies(fee: Mapping[str, Any], profile: Profile | None) -> bool:
    match fee["residency"]:
        case Residency.INTERNATIONAL:
            return _is_international(profile) is True
        case Residency.DOMESTIC:
            return _is_international(profile) is not True
        case Residency.BC:
            return _is_international(profile) is not True and (profile is None or profile.bc_resident is not False)
        case Residency.OUT_OF_PROVINCE:
            return _is_international(profile) is not True and profile is not None and profile.bc_resident is False
        case _:
            return True


def _is_international(profile: Profile | None) -> bool | None:
    if profile is None or profile.citizenship is None:
        return None
    return profile.citizenship not in AT_HOME


def _amount(fee: Mapping[str, Any]) -> Decimal | None:
    total = fee["_total"]
    return Decimal(total["amount"]) if total and total["currency"] == CANADIAN else None


def _left_to_pay(fee: Mapping[str, Any]) -> Decimal | None:
    """Less what somebody pays for everybody; what is paid for some alone is named among the unknowns."""
    amount = _amount(fee)
    shares = [1.0 if cover["share"] is None else cover["share"] for cover in fee["covers"] if cover["audience"] == "ALL"]
    if amount is None:
        return Decimal(0) if 1.0 in shares else None
    covered = min(sum(map(Decimal, map(str, shares)), Decimal(0)), Decimal(1))
    return (amount * (1 - covered)).quantize(Decimal("0.01"))


def _is_early(fee: Mapping[str, Any]) -> bool | None:
    return None if fee["due"] is None else FeeDue(fee["due"]) in EARLY


def _unknowns(
    offering: Mapping[str, Any], applying: list[Any], counted: list[Any], profile: Profile | None
) -> Iterator[str]:
    if not counted and not _only_for_others(offering, counted):
        yield "no fee is stated"
    for fee in counted:
        if _left_to_pay(fee) is None:
            yield f"{_name(fee)}: no amount in Canadian dollars that holds for the whole is stated"
        for cover in fee["covers"]:
            if cover["audience"] != "ALL":
                yield f"{_name(fee)}: {_share(cover)} for {_audience(cover)}, if that is you"
    for fee in applying:
        if FeeKind(fee["kind"]) not in COUNTED and fee["kind"] != FeeKind.DEPOSIT:
            yield f"{_name(fee)} comes on top: {_stated(fee)}"
    told = {fee["residency"] for fee in offering["fees"]}
    if told & {Residency.DOMESTIC, Residency.INTERNATIONAL} and _is_international(profile) is None:
        yield "citizenship is not told: fees for domestic learners are counted"
    if told & {Residency.BC, Residency.OUT_OF_PROVINCE} and (profile is None or profile.bc_resident is None):
        yield "whether you live in BC is not told: fees for residents are counted"


def _word(kind: str) -> str:
    return str(kind).replace("_", " ").lower()


def _name(fee: Mapping[str, Any]) -> str:
    kind = _word(fee["kind"])
    return f"{kind} ({fee['text']})" if fee["text"] else kind


def _share(cover: Mapping[str, Any]) -> str:
    return "covered" if cover["share"] in (None, 1.0) else f"{cover['share']:.0%} covered"


def _audience(cover: Mapping[str, Any]) -> str:
    who = str(cover["audience"]).replace("_", " ").lower()
    return f"{who} ({cover['text']})" if cover["text"] else who


def _stated(fee: Mapping[str, Any]) -> str:
    amount = fee["amount"]
    return f"{amount['amount']} {amount['currency']}" if amount else "no amount is stated"
