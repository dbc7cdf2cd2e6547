"""Feeds and files on their way in."""
