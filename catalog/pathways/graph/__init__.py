"""All hard requirements in memory: what a held credential opens, and what leads to another."""
