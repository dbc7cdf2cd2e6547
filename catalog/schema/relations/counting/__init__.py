"""The root fields `coverage` and `gaps`."""
