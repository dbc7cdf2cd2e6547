"""Hostile requests, and the server under them."""
