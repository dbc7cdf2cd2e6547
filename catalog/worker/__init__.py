"""Background work: one leader at a time."""
