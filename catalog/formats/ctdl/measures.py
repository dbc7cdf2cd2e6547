"""Reads what a listing or an offering takes and gives in numbers: lengths, credit, fees."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl import mapping
from catalog.formats.ctdl.costs import read_cost
from catalog.formats.ctdl.lengths import read_length
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.reading import Refused, english_text, language_map, names_of, several, targets
from catalog.formats.ctdl.taking import Taker

MOST = 1e7
_COUNTED = {
    (told + how).strip(): (unit, per)
    for unit, told in [*mapping.CREDITS.items(), (None, "")]
    for per, how in mapping.COUNTED.items()
}


def read_lengths(taker: Taker) -> dict[str, Any]:
    """Ranges by field; of two about one field the first is taken, and the other told."""
    name = "ceterms:estimatedDuration"
    found: dict[str, Any] = {}
    for field, bounds in taker.each(
        name, lambda one: read_length(taker.graph.node(one), lambda error: taker.refuse(name, error)), 20
    ):
        if field in found and found[field] != bounds:
            taker.refuse(name, Refused(f"says {field} twice; the first is taken"))
        found.setdefault(field, bounds)
    return found


def read_fees(taker: Taker) -> list[dict[str, Any]]:
    """Its own costs, then those of the cost manifests that it names."""
    graph, name = taker.graph, "ceterms:estimatedCost"

    def fee(value: Any) -> dict[str, Any]:
        return read_cost(Taker(graph.node(value), graph, f"{name}."))

    found = taker.each(name, fee, 50)
    for manifest in taker.each("ceterms:commonCosts", graph.node, 10):
        found += Taker(manifest, graph).each(name, fee, 50)
    return found[:50]


def read_credit(taker: Taker) -> dict[str, Any]:
    """A value with its unit and what it counts, where the words are ours; units of others are kept as text."""
    values = several(taker.take("ceterms:creditValue"))
    node: Mapping[str, Any] = values[0] if values and isinstance(values[0], Mapping) else {}
    told = english_text(language_map(node.get("schema:description")))
    unit, per = _COUNTED.get(told, (None, None))
    text = taker.line("ceterms:creditUnitTypeDescription")
    old_value, old_type = (
        taker.take("ceterms:creditHourValue", "ceterms:creditUnitValue"),
        taker.line("ceterms:creditHourType"),
    )
    units = node.get("ceterms:creditUnitType") or taker.take("ceterms:creditUnitType")
    named = names_of(units) or [one.rpartition(":")[2] for one in targets(units)]
    foreign = told if told and told not in _COUNTED else None
    non_credit = taker.take("ceterms:isNonCredit")
    status = ("NON_CREDIT" if non_credit else "CREDIT") if isinstance(non_credit, bool) else None
    value = _number(taker, node.get("schema:value", old_value))
    said = "; ".join(one for one in (text, old_type, *named, foreign) if one)[:300]
    return stated({"value": value, "unit": unit, "per": per, "status": status, "text": said})


def _number(taker: Taker, value: Any) -> float | None:
    if value is None:
        return None
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if 0 <= number <= MOST:
        return number
    taker.refuse("ceterms:creditValue", Refused(f"is no number of credits: {str(value)[:40]!r}", "VALUE_UNREADABLE"))
    return None
