"""Notes searches that did not find what was looked for, where the installation counts them."""

import numpy as np

from catalog.coverage.unmet import Unmet, UnmetKind, topic_of
from catalog.model.vocabulary import OfferingStatus
from catalog.schema.context import RequestContext
from catalog.search.finder import Request, Results
from catalog.search.narrowing.statuses import NUMBER, statuses

ELIGIBLE = "eligible_now"


def note_unmet(context: RequestContext, request: Request, results: Results) -> None:
    """Of the first such search of a request: its topic and the one region it asked for. Nothing of the profile or of near."""
    if context.unmet is None or context.unmet:
        return
    topic = topic_of(request.text)
    kind = _kind(request, results) if topic else None
    if topic is None or kind is None:
        return
    regions = request.query.wanted.regions or frozenset()
    context.unmet.append(Unmet(kind, *topic, next(iter(regions)) if len(regions) == 1 else None))


def _kind(request: Request, results: Results) -> UnmetKind | None:
    found = results.found
    if not found.total or results.is_widened:
        if request.query.wanted.eligible_now and ELIGIBLE in found.own and _without_eligibility(results):
            return UnmetKind.NOTHING_ELIGIBLE
        return UnmetKind.NOTHING if not found.total else None
    if request.query.wanted.status is None and not np.any(statuses(found.results) == NUMBER[OfferingStatus.OPEN]):
        return UnmetKind.NOTHING_OPEN
    return None


def _without_eligibility(results: Results) -> bool:
    """Whether something would be left if only eligibility were not asked for."""
    found = results.found
    others = [mask for name, mask in found.own.items() if name != ELIGIBLE]
    return bool(np.any(np.logical_and.reduce(others))) if others else bool(len(found.view.rows))
