"""Databases: engines, transactions, column types and migrations; the only place besides model/bulk that knows dialects."""
