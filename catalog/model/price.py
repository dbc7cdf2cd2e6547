"""What an offering costs a domestic learner, as far as the fees say; unknown is None, free is 0."""

from decimal import Decimal
from functools import lru_cache

from catalog.model.records.credential import CredentialRecord
from catalog.model.records.fee import Fee
from catalog.model.records.offering import OfferingShape
from catalog.model.shapes import Money, Range
from catalog.model.vocabulary import CreditBasis, FeeKind, FeePer, Residency

COUNTED = frozenset({FeeKind.TUITION, FeeKind.MANDATORY, FeeKind.APPLICATION, FeeKind.MATERIALS})
CANADIAN = "CAD"
DOMESTIC = frozenset({Residency.DOMESTIC, Residency.ALL, None})


def offering_price(offering: OfferingShape, credential: CredentialRecord) -> Money | None:
    """The sum of what every domestic learner must pay, or None when any part of it is not a known total."""
    fees = _counted(offering)
    totals = [fee_total(fee, offering, credential) for fee in fees]
    currencies = {total.currency for total in totals if total}
    if not totals or None in totals or len(currencies) > 1:
        return None
    amount = sum((total.value() for total in totals if total), Decimal(0))
    return _money(str(amount), currencies.pop())


def _counted(offering: OfferingShape) -> list[Fee]:
    return [fee for fee in offering.fees or () if fee.kind in COUNTED and not fee.optional and fee.residency in DOMESTIC]


def price_bounds(offering: OfferingShape, credential: CredentialRecord) -> tuple[Decimal | None, Decimal | None]:
    """What it costs a domestic learner at least and at most in Canadian dollars; None where the fees do not say.

    A known fee is a lower bound even where another one is not known: what costs 700 and "books" is not below 100.
    """
    fees = _counted(offering)
    stated = [fee for fee in fees if fee.amount or fee.amount_max]
    if any(money.currency != CANADIAN for fee in stated for money in (fee.amount, fee.amount_max) if money):
        return None, None
    if price := offering_price(offering, credential):
        return price.value(), price.value()
    least = sum((fee.amount.value() * _times(fee, offering, credential) for fee in fees if fee.amount), Decimal(0))
    most = [_most(fee, offering, credential) for fee in fees]
    greatest = sum((one for one in most if one is not None), Decimal(0)) if most and None not in most else None
    return least or None, greatest


def _times(fee: Fee, offering: OfferingShape, credential: CredentialRecord) -> Decimal:
    """How often it is paid; at least once where that is not stated."""
    return _multiplier(fee.per, offering, credential) or Decimal(1)


def _most(fee: Fee, offering: OfferingShape, credential: CredentialRecord) -> Decimal | None:
    highest = fee.amount_max or fee.amount
    times = _multiplier(fee.per, offering, credential)
    return None if highest is None or times is None else highest.value() * times


def fee_total(fee: Fee, offering: OfferingShape, credential: CredentialRecord) -> Money | None:
    """What it comes to for the whole of the offering; None where that is not stated."""
    if fee.amount is None or (fee.amount_max is not None and fee.amount_max != fee.amount):
        return None
    times = _multiplier(fee.per, offering, credential)
    if times is None:
        return None
    amount = (fee.amount.value() * times).quantize(Decimal("0.01"))
    return _money(str(amount), fee.amount.currency)


@lru_cache(maxsize=10_000)
def _money(amount: str, currency: str) -> Money:
    """Many fees come to the same; a Money is never changed."""
    return Money.model_construct(amount=amount, currency=currency)


def _multiplier(per: FeePer | None, offering: OfferingShape, credential: CredentialRecord) -> Decimal | None:
    match per:
        case None | FeePer.TOTAL:
            return Decimal(1)
        case FeePer.COURSE:
            return Decimal(len(credential.components)) if credential.components else None
        case FeePer.CREDIT:
            credit = credential.credit
            whole = credit is not None and credit.per is not CreditBasis.COURSE
            return Decimal(str(credit.value)) if credit and whole and credit.value is not None else None
        case FeePer.WEEK:
            return _exactly(offering.weeks or credential.weeks)
        case FeePer.TERM:
            return None


def _exactly(value: Range | None) -> Decimal | None:
    return Decimal(str(value.min)) if value and value.min is not None and value.min == value.max else None


def no_cost_to_learner(offering: OfferingShape) -> bool | None:
    """True when every fee that must be paid is 0 or covered for ALL; covered for some, or no fee stated, is unknown."""
    fees = [fee for fee in offering.fees or () if not fee.optional]
    if not fees:
        return None
    answers = [_costs_nothing(fee) for fee in fees]
    if any(answer is False for answer in answers):
        return False
    return True if all(answers) else None


def _costs_nothing(fee: Fee) -> bool | None:
    covers = fee.covered_for or []
    if any(cover.audience == "ALL" and cover.share in (None, 1.0) for cover in covers):
        return True
    amounts = [amount.value() for amount in (fee.amount, fee.amount_max) if amount]
    if not any(amounts):
        return True if fee.amount else None
    return None if covers or not all(amounts) else False
