"""What a profile meets and misses of what a credential asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from catalog.errors import ArgumentInvalid
from catalog.model.documents import find_ids_by_slug
from catalog.model.identity import is_id
from catalog.model.render.rule import flatten, rule_of
from catalog.model.rule import Rule, TextRule, credentials_in
from catalog.model.vocabulary import RecordType, RequirementKind, RequirementMoment, RequirementsStated
from catalog.pathways.course import HARD
from catalog.pathways.evaluation.evaluator import Evaluator
from catalog.pathways.evaluation.missing import Atoms, Credential, Fact, Missing, Skill, find_missing
from catalog.pathways.evaluation.moments import Span, moments
from catalog.pathways.evaluation.outcomes import MET, UNKNOWN, Value, all_of, outcome_of
from catalog.pathways.graph.distance import steps_away as find_steps
from catalog.schema.context import RequestContext
from catalog.schema.paging import LARGEST_SIZE
from catalog.schema.profiles import read_standing
from catalog.schema.relations import live, requirements

CANADIAN = "CAD"
MOST_MISSING = 50


@dataclass
class Judged:
    """A credential's hard requirements as the viewer sees them, each with when it must be met, judged for one learner."""

    document: dict[str, Any]
    rules: list[dict[str, Any]]
    asked: list[tuple[Rule, Span]]
    evaluator: Evaluator
    prices: dict[str, Decimal | None] = field(default_factory=dict)

    @property
    def stated(self) -> RequirementsStated:
        return RequirementsStated(self.document["requirementsStated"])

    @cached_property
    def values(self) -> list[Value]:
        return [self.evaluator.value(rule, span) for rule, span in self.asked]

    @property
    def value(self) -> Value:
        """Silence is UNKNOWN, and half a list is never better."""
        return min(all_of(self.values), MET if self.is_whole else UNKNOWN)

    @property
    def is_whole(self) -> bool:
        """As Course.is_whole, of what is shown."""
        is_listed = self.stated is RequirementsStated.LISTED and bool(self.document["requirements"])
        return self.stated is RequirementsStated.NONE or is_listed

    def nodes(self) -> list[dict[str, Any]]:
        """The tree in preorder; several requirements hang on one root."""
        if not self.rules:
            return []
        outcomes = [value for rule, span in self.asked for value in self.evaluator.preorder(rule, span)]
        if len(self.rules) == 1:
            root = self.rules[0]
        else:
            root, outcomes = {"__typename": "AllOf", "rules": self.rules}, [all_of(self.values), *outcomes]
        return [node | {"outcome": outcome_of(one)} for node, one in zip(flatten(root), outcomes, strict=True)]

    def missing(self, context: RequestContext) -> Missing:
        return find_missing(self.asked, self.evaluator, self.weigh, context.check)

    def weigh(self, atoms: Atoms) -> tuple[float, ...]:
        """Cheapest first; what has no price, and facts, which may be out of reach, after what has one."""
        known = [self.prices.get(one.id) for one in atoms if isinstance(one, Credential)]
        unpriced = sum(price is None for price in known) + sum(isinstance(one, Skill) for one in atoms)
        facts = sum(isinstance(one, Fact) for one in atoms)
        return (facts, unpriced, float(sum(price for price in known if price is not None)), len(atoms))


def of_credentials(parents: Sequence[Any], context: RequestContext, profile: Any) -> list[dict[str, Any]]:
    """No query for a single credential: the graph is in memory, and what rules name is read for all at once."""
    evaluator = read_standing(profile, context).evaluator
    shown = requirements.of_credentials(parents, context)
    return [_verdict(Judged(*_asked(parent, own, context, evaluator))) for parent, own in zip(parents, shown, strict=True)]


def eligibility(parents: Sequence[Any], context: RequestContext, credentials: list[str], profile: Any) -> list[Any]:
    """Ids or slugs; a null for what there is not, so that answers stand beside what was asked."""
    if len(credentials) > LARGEST_SIZE:
        message = f"credentials has {len(credentials)} ids; at most {LARGEST_SIZE} are answered"
        raise ArgumentInvalid(message, code="PAGE_INVALID", argument="credentials")
    slugs = [one.lower() for one in credentials if not is_id(one) and "\0" not in one]
    by_slug = find_ids_by_slug(context.connection, RecordType.CREDENTIAL, slugs) if slugs else {}
    ids = [one if is_id(one) else by_slug.get(one.lower(), "") for one in credentials]
    found = context.documents(dict.fromkeys(filter(None, ids)))
    documents = [one for one in found.values() if one["__typename"] == "Credential"]
    verdicts = dict(zip((one["id"] for one in documents), of_credentials(documents, context, profile), strict=True))
    return [[verdicts.get(one) for one in ids]] * len(parents)


def _asked(
    document: dict[str, Any], shown: list[dict[str, Any]], context: RequestContext, evaluator: Evaluator
) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[Rule, Span]], Evaluator]:
    course = context.graph.courses.get(document["id"])
    when = moments(evaluator.profile.on, course.runs if course else ())
    hard = [one for one in shown if one["kind"] in HARD]
    spans = [when.of(RequirementKind(one["kind"]), one["at"] and RequirementMoment(one["at"])) for one in hard]
    rules = [one["rule"] for one in hard]
    return document, rules, [(rule_of(rule), span) for rule, span in zip(rules, spans, strict=True)], evaluator


def _verdict(judged: Judged) -> dict[str, Any]:
    return {
        "outcome": outcome_of(judged.value),
        "nodes": judged.nodes(),
        "stated": judged.stated,
        "_judged": judged,
        "_missing": None,
    }


def steps_away(parents: Sequence[Any], context: RequestContext) -> list[int | None]:
    return [
        find_steps(
            context.graph,
            parent["_judged"].document["id"],
            parent["_judged"].evaluator.profile.holdings,
            context.viewer.readable(),
        )
        for parent in parents
    ]


def missing(parents: Sequence[Any], context: RequestContext, first: int = 5) -> list[list[dict[str, Any]]]:
    """The sets with what they name; prices of all that might be named are looked up once."""
    if not 0 <= first <= MOST_MISSING:
        raise ArgumentInvalid(f"first must be from 0 to {MOST_MISSING}", code="PAGE_INVALID", argument="first")
    _find_missing(parents, context)
    sets = [parent["_missing"].sets[:first] if parent["_judged"].value != MET else () for parent in parents]
    ids = {atom.id for own in sets for atoms in own for atom in atoms if not isinstance(atom, Fact)}
    documents = context.documents(ids)
    return [
        [_set(atoms, documents, parent["_judged"]) for atoms in own if atoms]
        for own, parent in zip(sets, parents, strict=True)
    ]


def complete(parents: Sequence[Any], context: RequestContext) -> list[bool]:
    """Whether all that is missing is listed: where a listing does not say all that it asks, nobody knows."""
    _find_missing(parents, context)
    return [parent["_missing"].is_complete and parent["_judged"].is_whole for parent in parents]


def _find_missing(parents: Sequence[Any], context: RequestContext) -> None:
    """At most once for each verdict."""
    waiting = [parent for parent in parents if parent["_missing"] is None]
    named = {one: None for parent in waiting for rule, _ in parent["_judged"].asked for one in credentials_in(rule)}
    prices = _prices(list(named), context) if named else {}
    for parent in waiting:
        parent["_judged"].prices = prices
        parent["_missing"] = parent["_judged"].missing(context)


def _prices(credentials: list[str], context: RequestContext) -> dict[str, Decimal | None]:
    """The least that each costs in Canadian dollars."""
    documents = list(context.documents(credentials).values())
    ranges = live.credential_price(documents, context)
    least = [one["min"] if one and one["min"]["currency"] == CANADIAN else None for one in ranges]
    return {
        document["id"]: Decimal(money["amount"]) if money else None for document, money in zip(documents, least, strict=True)
    }


def _set(atoms: Atoms, documents: dict[str, Any], judged: Judged) -> dict[str, Any]:
    credentials = sorted((one.id for one in atoms if isinstance(one, Credential)), key=lambda one: _slug(documents, one))
    skills = sorted((one.id for one in atoms if isinstance(one, Skill)), key=lambda one: _slug(documents, one))
    facts = [one.rule for one in atoms if isinstance(one, Fact)]
    prices = [judged.prices.get(one) for one in credentials]
    known = [one for one in prices if one is not None]
    is_known = bool(prices) and len(known) == len(prices) and not skills
    return {
        "credentials": [documents[one] for one in credentials if one in documents],
        "skills": [documents[one] for one in skills if one in documents],
        "conditions": sorted({one.kind for one in facts if not isinstance(one, TextRule)}),
        "texts": sorted(one.text for one in facts if isinstance(one, TextRule)),
        "cost": {"amount": str(sum(known, Decimal(0)).quantize(Decimal("0.01"))), "currency": CANADIAN}
        if is_known
        else None,
    }


def _slug(documents: dict[str, Any], one: str) -> str:
    return str(documents[one]["slug"]) if one in documents else one
