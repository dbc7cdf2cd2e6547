"""Where one learner stands with every credential: what may be taken now, worked out as it is asked for."""

from dataclasses import dataclass, field

from catalog.model.filter import Answer
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.outcomes import MET, NOT_MET, UNKNOWN, Value
from catalog.pathways.graph.graph import Graph


@dataclass(eq=False)
class Standing:
    """Answers CredentialFilter.eligibleNow. A credential that the graph does not know is UNKNOWN."""

    graph: Graph
    evaluator: Evaluator
    _values: dict[str, Value] = field(default_factory=dict)

    def value(self, credential: str) -> Value:
        known = self._values.get(credential)
        if known is None:
            course = self.graph.courses.get(credential)
            known = self._values[credential] = UNKNOWN if course is None else self.evaluator.of_course(course)
        return known

    def answer(self, credential: str) -> Answer:
        return _ANSWERS[self.value(credential)]

    def fitting(self, *, wanted: bool, include_unknown: bool) -> frozenset[str]:
        kept = {MET if wanted else NOT_MET, *([UNKNOWN] if include_unknown else [])}
        return frozenset(one for one in self.graph.courses if self.value(one) in kept)


_ANSWERS: dict[Value, Answer] = {MET: True, NOT_MET: False, UNKNOWN: None}
