"""Rules and what is asked of a learner."""

from typing import Any

import graphene

from catalog.schema import enums, scalars
from catalog.schema.fields import DocumentType, Plain, Relation, one, several
from catalog.schema.relations import eligibility, requirements


class Rule(graphene.Interface):
    """One algebra for requirements, pathways, menus and funding; evaluated with three values."""

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> str:  # noqa: ARG003 - graphene's signature
        return str(instance["__typename"])


class AllOf(DocumentType):
    """Every rule must hold."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    rules = Plain(graphene.List(graphene.NonNull(Rule)), required=True)


class AnyOf(DocumentType):
    """One rule must hold."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    rules = Plain(graphene.List(graphene.NonNull(Rule)), required=True)


class AtLeast(DocumentType):
    """So many of the rules must hold."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    count = Plain(graphene.Int, required=True)
    rules = Plain(graphene.List(graphene.NonNull(Rule)), required=True)


class CreditSum(DocumentType):
    """So much credit, or so many hours, among these credentials."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    minimum = Plain(graphene.Float, required=True)
    unit = Plain(graphene.String, required=True)
    credentials = Relation(
        graphene.List(graphene.NonNull("catalog.schema.credential.Credential")),
        many=several("credentials"),
        required=True,
    )


class Holds(DocumentType):
    """The learner holds a credential."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    credential = Relation("catalog.schema.credential.Credential", many=one("credential"), required=True)
    within = Plain(scalars.Duration)
    min_grade = Plain(graphene.String)


class HasSkill(DocumentType):
    """The learner has a skill."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    skill = Relation("catalog.schema.coded.Skill", many=one("skill"), required=True)
    level = Plain(graphene.String)


class Condition(DocumentType):
    """A fact about the learner."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))
    kind = Plain(enums.ConditionKind, required=True)
    minimum = Plain(graphene.Float)
    value = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True)


class TextRule(DocumentType):
    """Words that only a person can decide on."""

    class Meta:
        interfaces = (Rule,)

    text = Relation(graphene.String, many=requirements.rule_text, required=True, language=graphene.Argument(graphene.String))


class Requirement(DocumentType):
    """What is asked of a learner, and when."""

    kind = Plain(enums.RequirementKind, required=True)
    at = Plain(enums.RequirementMoment)
    text = Relation(
        graphene.String, many=requirements.requirement_text, required=True, language=graphene.Argument(graphene.String)
    )
    rule = Plain(Rule, required=True)
    nodes = Relation(graphene.List(graphene.NonNull(lambda: RuleNode)), many=requirements.requirement_nodes, required=True)
    original = Plain(graphene.String)


class RuleNode(DocumentType):
    """One node of a rule, in preorder."""

    id = Plain(graphene.Int, required=True)
    parent_id = Plain(graphene.Int)
    rule = Plain(Rule, required=True)
    outcome = Plain(enums.Outcome)


class Verdict(DocumentType):
    """What a profile meets and misses."""

    outcome = Plain(enums.Outcome, required=True)
    stated = Plain(
        enums.RequirementsStated,
        required=True,
        description="How much the listing says: NOT_STATED and PARTLY are never better than UNKNOWN.",
    )
    nodes = Plain(
        graphene.List(graphene.NonNull(lambda: RuleNode)),
        required=True,
        description="What must be met, each node with its outcome; several requirements hang on one root. What is recommended is not among them.",
    )
    steps_away = Relation(
        graphene.Int,
        many=eligibility.steps_away,
        description="After how many rounds of other credentials it may be taken, where all that is open is taken at once and facts count as given; null where none leads there.",
    )
    missing = Relation(
        graphene.List(graphene.NonNull(lambda: MissingSet)),
        many=eligibility.missing,
        required=True,
        description="The smallest sets that would meet everything, cheapest first.",
        first=graphene.Argument(graphene.Int, default_value=5),
    )
    complete = Relation(
        graphene.Boolean,
        many=eligibility.complete,
        required=True,
        description="Whether there is no other way: false where the listing does not say all that it asks, or there are over 100.",
    )


class MissingSet(DocumentType):
    """One way to meet what is missing."""

    credentials = Plain(graphene.List(graphene.NonNull("catalog.schema.credential.Credential")), required=True)
    skills = Plain(graphene.List(graphene.NonNull("catalog.schema.coded.Skill")), required=True)
    conditions = Plain(graphene.List(graphene.NonNull(enums.ConditionKind)), required=True)
    texts = Plain(graphene.List(graphene.NonNull(graphene.String)), required=True, description="What a person decides on.")
    cost = Plain("catalog.schema.shapes.Money", description="Least prices of its credentials; null where one is not known.")
