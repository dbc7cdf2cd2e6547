"""Whether a value that may be known only within bounds lies inside wanted bounds."""

from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, and_, false, not_, or_, true

Columns: TypeAlias = tuple[Column[Any], Column[Any]]
"""The least and the greatest that the value can be; null where not stated."""


def inside(wanted: tuple[Any, Any], known: Columns, *, keep_unknown: bool) -> ColumnElement[bool]:
    """As catalog.model.filter.within: true when all that the value can be lies inside, false when none of it does."""
    least, greatest = wanted
    if least is None and greatest is None:
        return true()
    low, high = known
    if not keep_unknown:
        return and_(
            true() if least is None else and_(low.is_not(None), low >= least),
            true() if greatest is None else and_(high.is_not(None), high <= greatest),
        )
    below = false() if least is None else and_(high.is_not(None), high < least)
    above = false() if greatest is None else and_(low.is_not(None), low > greatest)
    return not_(or_(below, above))
