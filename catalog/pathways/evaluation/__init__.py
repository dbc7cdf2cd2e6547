"""Evaluates rules with three values for one learner at one time, and finds what is missing."""
