"""Words: how texts are folded and cut, what a query asks for, and where it is found in a shown text."""
