"""Scalars that refuse what is not exact: no NaN, no exponent, no time without its offset."""

import re
from datetime import date, datetime
from decimal import Decimal as PythonDecimal
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode

DECIMAL = re.compile(r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$")
DURATION = re.compile(
    r"^P(?=[0-9]|T[0-9])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$"
)


class TextScalar(graphene.Scalar):
    """A scalar that travels as text."""

    class Meta:
        abstract = True

    @classmethod
    def parse_literal(cls, node: Any, _variables: Any = None) -> Any:
        if not isinstance(node, StringValueNode):
            raise GraphQLError(f"{cls._meta.name} is written as text.", node)
        return cls.parse_value(node.value)

    @staticmethod
    def serialize(value: Any) -> Any:
        return value if isinstance(value, str) else value.isoformat()


class Decimal(TextScalar):
    """An exact decimal number as text, such as "749.00"."""

    @staticmethod
    def serialize(value: Any) -> str:
        return str(value)

    @staticmethod
    def parse_value(value: Any) -> PythonDecimal:
        if not isinstance(value, str) or not DECIMAL.fullmatch(value):
            raise GraphQLError('Decimal is text such as "749.00".')
        return PythonDecimal(value)


class Date(TextScalar):
    """A day, written YYYY-MM-DD."""

    @staticmethod
    def parse_value(value: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise GraphQLError("Date is written YYYY-MM-DD.")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise GraphQLError(f"{value} is not a day of the calendar.") from None


class DateTime(TextScalar):
    """An instant with its offset from UTC, such as 2020-07-31T23:59:00-07:00."""

    @staticmethod
    def parse_value(value: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise GraphQLError("DateTime is written like 2020-07-31T23:59:00-07:00.") from None
        if moment.tzinfo is None:
            raise GraphQLError("DateTime needs its offset from UTC.")
        return moment


class Duration(TextScalar):
    """An ISO 8601 duration, such as "P2Y"."""

    @staticmethod
    def parse_value(value: Any) -> str:
        if not isinstance(value, str) or not DURATION.fullmatch(value):
            raise GraphQLError('Duration is ISO 8601, such as "P2Y".')
        return value
