"""schema.org JSON-LD: what web search and course directories read."""
