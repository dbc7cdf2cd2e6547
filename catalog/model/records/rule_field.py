"""A rule as a field of a record: read strictly, written back as JSON."""

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from catalog.model import rule
from catalog.model.rule_parsing import QUALIFIERS, parse_rule

_CONDITIONS = "; ".join(f"{kind} ({', '.join(allowed)})" for kind, allowed in QUALIFIERS.items())
_GRAMMAR = (
    'exactly one of {"all": [rules]}, {"any": [rules]}, {"atLeast": n, "of": [rules]}, '
    '{"credits": n, "unit": "CREDIT", "from": [references]}, {"hours": n, "from": [references]}, '
    '{"holds": reference, "within": "P2Y", "minGrade": ".."}, {"skill": "scheme:code", "level": ".."}, {"text": ".."}, '
    f'{{"condition": KIND, ...}} where KIND takes what stands behind it: {_CONDITIONS}'
)
_SCHEMA = WithJsonSchema(
    {
        "type": "object",
        "description": _GRAMMAR,
        "minProperties": 1,
    }
)
RuleField = Annotated[Any, PlainValidator(parse_rule), PlainSerializer(rule.to_json), _SCHEMA]
