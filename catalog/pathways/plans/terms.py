"""Bounds of nodes: numbers or sums over columns, put together into what holds where all, any or so many of them do."""

from dataclasses import dataclass
from typing import TypeAlias

from catalog.pathways.plans.solver import Mip

Sum: TypeAlias = dict[int, float]
Bound: TypeAlias = float | Sum
"""What a node is at most."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Rules only ever ask for more, so an upper bound is enough; what counts is whole, lest halves add up."""

    mip: Mip

    def all_of(self, bounds: list[Bound]) -> Bound:
        open_ones = [one for one in bounds if one != 1.0]
        if len(open_ones) <= 1:
            return open_ones[0] if open_ones else 1.0
        if 0.0 in open_ones:
            return 0.0
        column = self.mip.column(whole=False)
        for one in open_ones:
            self.at_most({column: 1.0}, one)
        return {column: 1.0}

    def any_of(self, bounds: list[Bound]) -> Bound:
        if 1.0 in bounds:
            return 1.0
        total: Sum = {}
        for one in bounds:
            for column, value in one.items() if isinstance(one, dict) else ():
                total[column] = total.get(column, 0.0) + value
        return total or 0.0

    def counted(self, count: int, bounds: list[Bound]) -> Bound:
        return self.reaches(float(count), [(1.0, self._at_most_once(one)) for one in bounds])

    def _at_most_once(self, bound: Bound) -> Bound:
        """A sum over several ways may be more than one; as one of several things it counts once."""
        if not isinstance(bound, dict) or len(bound) == 1:
            return bound
        column = self.mip.column(whole=False)
        self.at_most({column: 1.0}, bound)
        return {column: 1.0}

    def reaches(self, minimum: float, counted: list[tuple[float, Bound]]) -> Bound:
        """A whole column that is at most 1 where the amounts reach the minimum."""
        certain = sum(amount for amount, bound in counted if bound == 1.0)
        if certain >= minimum:
            return 1.0
        column = self.mip.column()
        terms: Sum = {column: minimum - certain}
        for amount, bound in counted:
            for own, value in self._at_most_once(bound).items() if isinstance(bound, dict) else ():  # type: ignore[union-attr]
                terms[own] = terms.get(own, 0.0) - amount * value
        self.mip.row(terms, at_most=0.0)
        return {column: 1.0}

    def at_most(self, terms: Sum, bound: Bound) -> None:
        """Adds the row: these terms are no more than the bound."""
        if isinstance(bound, dict):
            whole = dict(terms)
            for column, value in bound.items():
                whole[column] = whole.get(column, 0.0) - value
            self.mip.row(whole, at_most=0.0)
        elif bound < 1.0:
            self.mip.row(terms, at_most=bound)

    def one_of(self, counted: list[tuple[float, Bound]]) -> list[tuple[float, Bound]]:
        """What counts as each other counts once."""
        columns = [self.mip.column(whole=False) for _ in counted]
        for column, (_, bound) in zip(columns, counted, strict=True):
            self.at_most({column: 1.0}, bound)
        self.mip.row(dict.fromkeys(columns, 1.0), at_most=1.0)
        return [(amount, {column: 1.0}) for column, (amount, _) in zip(columns, counted, strict=True)]
