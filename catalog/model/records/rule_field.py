"""A rule as a field of a record: read strictly, written back as JSON."""

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from catalog.model import rule
from catalog.model.rule_parsing import parse_rule

_SCHEMA = WithJsonSchema(
    {
        "type": "object",
        "description": "one of all, any, atLeast + of, credits + unit + from, hours + from, holds, skill, text, condition",
        "minProperties": 1,
    }
)
RuleField = Annotated[Any, PlainValidator(parse_rule), PlainSerializer(rule.to_json), _SCHEMA]
