"""Listings of different institutions that may be the same: found, told with reasons, and decided by a person."""
