"""Interchange formats: one folder each, strangers to each other."""
