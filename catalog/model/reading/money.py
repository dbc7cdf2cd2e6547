"""Amounts of money inside a phrase: "$3,500.00", "CAD 3500", "500-700 USD", "2 x $500"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from catalog.model.reading.unreadable import Unreadable

_BEFORE = r"(?P<before{n}>ca\$|cad ?\$?|cdn ?\$?|c\$|us\$|usd ?\$?|\$|eur|\u20ac|gbp|\u00a3)? ?"
_CENTS = r"(?:\.[0-9]{{1,2}}(?:00)?)?"  # databases write 84.0000; 3.500 may be German for 3,500 and stays unread
_NUMBER = rf"(?P<number{{n}}>(?:[0-9]{{{{1,3}}}}(?:,[0-9]{{{{3}}}})+|[0-9]{{{{1,2}}}}(?: [0-9]{{{{3}}}})+|[0-9]+){_CENTS})"
_NATION = r"canadian(?! (?:students?|learners?|residents?|citizens?))"
_AFTER = rf"(?: ?(?P<after{{n}}>\$|\u20ac|\u00a3|(?:cad|cdn|usd|us|eur|gbp|{_NATION})(?: dollars?)?\b|dollars?\b))?"
_TIMES_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_TIMES = r"(?:x|\u00d7|(?:equal )?(?:payments?|instal?lments?) of)"
_CURRENCIES = {
    "CAD": ("ca", "c", "cad", "cdn", "canadian"),
    "USD": ("us", "usd"),
    "EUR": ("eur", "\u20ac"),
    "GBP": ("gbp", "\u00a3"),
}
_CURRENCY_OF = {sign: currency for currency, signs in _CURRENCIES.items() for sign in signs}
MOST = Decimal(10) ** 9


def _money(number: int) -> str:
    return (_BEFORE + _NUMBER + _AFTER).format(n=number)


_MONEY = re.compile(
    rf"(?<![a-z0-9.,$])(?:(?P<times>[0-9]{{1,2}}|{'|'.join(_TIMES_WORDS)}) ?{_TIMES} ?)?(?:{_money(1)})"
    rf"(?: ?(?:-|\u2013|\u2014|to) ?(?:{_money(2)}))?(?: ?[x\u00d7] ?(?P<times_after>[0-9]{{1,2}})(?![\w.,]))?"
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, or a range of them; `currency` is None where only a plain `$`, or nothing, was written.

    Of several payments `least` is the sum, and `times` says how many they are.
    """

    least: Decimal
    most: Decimal | None = None
    currency: str | None = None
    times: int = 1


def read_money(text: str) -> tuple[Money, str]:
    """The first amount of the text, which is in lower case, and the words around it. Raises Unreadable."""
    found = _MONEY.search(text)
    if found is None:
        raise Unreadable("names no amount")
    counts = [_TIMES_WORDS.get(one) or int(one) for one in (found["times"], found["times_after"]) if one]
    times = counts[0] if counts else 1
    least, most = _value(found["number1"]), _value(found["number2"]) if found["number2"] else None
    if len(counts) > 1 or times == 0 or (counts and most is not None):
        raise Unreadable("multiplies in a way that can be misread")
    if most is not None and most < least:
        raise Unreadable(f"goes from {least} down to {most}")
    if least * times >= MOST or (most or 0) >= MOST:
        raise Unreadable("is more than any course costs")
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    return Money(least * times, most, _currency(found), times), rest


def _currency(found: re.Match[str]) -> str | None:
    """What the signs before and after the amounts say; a plain `$` says nothing."""
    signs = [found[name] for name in ("before1", "after1", "before2", "after2") if found[name]]
    bare = {re.sub(r"dollars?|[ $]", "", one) for one in signs} - {""}
    named = {_CURRENCY_OF[one] for one in bare}
    if len(named) > 1:
        raise Unreadable("names two currencies")
    return next(iter(named), None)


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", ""))
