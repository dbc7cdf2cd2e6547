"""Reads how and when a listing is taught: the delivery, and scheduled offerings."""

from typing import Any

from catalog.formats.ctdl import mapping
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.identity import find_ctid
from catalog.formats.ctdl.measures import read_fees, read_lengths
from catalog.formats.ctdl.reading import Node, Refused, english_text, language_map, targets
from catalog.formats.ctdl.taking import Taker
from catalog.model.reading.delivery import stated

_MODES = {told: mode for mode, (_, told) in mapping.MODES.items() if told}
_DELIVERED = {target: mode for mode, (target, told) in mapping.MODES.items() if told is None}
BLENDED = "BLENDED"


def read_offering(node: Node, graph: Graph) -> dict[str, Any]:
    """The value of an offering. Raises Refused for one without a CTID."""
    run = Taker(node, graph)
    lengths = read_lengths(run)
    found = {
        "ref": find_ctid(node),
        "label": run.line("ceterms:name"),
        "mode": read_mode(run),
        "weeks": lengths.pop("weeks", None),
        "fees": read_fees(run),
    }
    run.end()
    for name in lengths:
        graph.skip(f"ceterms:estimatedDuration ({name}) of an offering")
    return stated(found)


def read_mode(taker: Taker) -> str | None:
    """The mode. A listing that is given in several ways has none that is its own, unless it says how they are mixed."""
    found: list[str] = []
    words: dict[str, str] = {}
    for kind, told in (("learningDeliveryType", "learningDeliveryDescription"), ("deliveryType", "deliveryTypeDescription")):
        found += targets(taker.take(f"ceterms:{kind}"))
        words |= language_map(taker.take(f"ceterms:{told}"))
    if english_text(words) in _MODES:
        return _MODES[english_text(words)]
    if words:
        taker.graph.skip(f"{taker.path}ceterms:deliveryTypeDescription")
    modes = list(dict.fromkeys(_DELIVERED[one] for one in found if one in _DELIVERED))
    if BLENDED in modes:
        return BLENDED
    if len(modes) > 1:
        taker.refuse("ceterms:deliveryType", Refused(f"names {len(modes)} ways of teaching; a listing has one"))
        return None
    return modes[0] if modes else None
