"""Feeds: where sources publish by themselves, pulled when they are due."""
