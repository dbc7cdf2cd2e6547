"""Turns records into what is published: identity, merge, apply, history, checks."""
