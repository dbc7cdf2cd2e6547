"""Search: a port of few verbs, an embedded engine behind it, and what keeps its index level with the change log."""
