"""Clients that front-ends use, against the real server."""
