"""Meilisearch as the engine: it says which rows hold which words, and keeps the facts of each row for whoever asks.

Four indexes: `rows` (one document for each delivery), `labels` (what can be suggested), `words` (the vocabulary) and
`meta` (how far the others have followed the change log).
"""
