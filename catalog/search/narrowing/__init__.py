"""Filters, facets, sorts and pages over the columns of the rows that hold the words: the same for every engine."""
