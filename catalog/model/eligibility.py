"""Who may take what, as filters ask it: worked out above, in catalog.pathways."""

from typing import Protocol

from catalog.model.filter import Answer


class Eligibility(Protocol):
    """What somebody may take now, by credential id. Made for one request, and equal only to itself."""

    def answer(self, credential: str) -> Answer: ...

    def fitting(self, *, wanted: bool, include_unknown: bool) -> frozenset[str]:
        """Every credential whose answer is that, or unknown."""
        ...
