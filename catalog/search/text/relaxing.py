"""How much of a query must be found where few results hold all of it."""

FEW_CLAUSES = 3


def least_found(required: int) -> int:
    """All but one of up to three required clauses, half of more."""
    return max(1, required - 1) if required <= FEW_CLAUSES else -(-required // 2)
