"""Dated plans: which offerings to take, in which order, to reach a goal best; proven, or how far from it at most."""
