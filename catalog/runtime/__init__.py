"""Executes GraphQL breadth-first over batch functions. Takes a schema as a value; knows nothing of what it is about."""
