"""Tables that others made for themselves: CSV whose columns are named as they please."""
